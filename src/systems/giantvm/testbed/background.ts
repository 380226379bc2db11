import type { Random } from "../../../base/random.js";

export interface Background {
  /** Whether a burst runs in the tick that begins at `now`. Calls must have non-decreasing times. */
  readonly isOn: (now: number) => boolean;
}

/**
 * Returns other work of a host, which alternates between on and off periods of exponential length. It is on
 * for `burst` seconds on average, and for the share `share` of all time. Its first state is drawn from the
 * stationary distribution.
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
