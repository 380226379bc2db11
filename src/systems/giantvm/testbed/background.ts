import type { Random } from "../../../base/random.js";

export interface Background {
  /** Whether the burst runs in the tick that begins at `now`; times must not go back. */
  readonly isOn: (now: number) => boolean;
}

/**
 * Returns other work of a host, on and off by turns of exponential length: on for `burst` seconds on average
 * and for the share `share` of all time. It begins as it would be found at a random moment.
 */
export function createBackground(share: number, burst: number, random: Random): Background {
  const mean = { on: burst, off: (burst * (1 - share)) / share };
  let on = random() < share;
  const draw = (): number => -(on ? mean.on : mean.off) * Math.log(1 - random());
  let until = share > 0 ? draw() : Infinity;
  return {
    isOn(now) {
      while (until <= now) {
        on = !on;
        until += draw();
      }
      return on;
    },
  };
}
