import { randomExponential, randomLogNormal } from "d3-random";
import { drawUniform, type RandomState } from "../../base/random.js";

/** The times during which one machine is down, in order, in seconds from step 0. */
export type Outages = readonly { readonly from: number; readonly to: number }[];

/**
 * Mean time between failures of a machine (machine_events of the 2011 trace: one removal per 279.7 s in the
 * cell).
 */
const MEAN_UP_SECONDS = 40 * 86_400;
/**
 * Duration of an outage: median 998 s, 75 and 95 % quantiles 7,138 and 94,524 s; a lognormal distribution
 * with this sigma is close to both.
 */
const DOWN_MEDIAN_SECONDS = 998;
const DOWN_SIGMA = 2.8;

/** Returns the outages of each machine before the horizon. All machines are up at first. */
export function drawOutages(machines: number, horizon: number, random: RandomState): Outages[] {
  const source = (): number => drawUniform(random);
  const up = randomExponential.source(source)(1 / MEAN_UP_SECONDS);
  const down = randomLogNormal.source(source)(Math.log(DOWN_MEDIAN_SECONDS), DOWN_SIGMA);
  return Array.from({ length: machines }, () => {
    const outages: { from: number; to: number }[] = [];
    for (let time = up(); time < horizon; time += up()) {
      const to = time + Math.max(1, down());
      outages.push({ from: time, to });
      time = to;
    }
    return outages;
  });
}

/**
 * Returns the time of the machine's next failure after `time`; Infinity if there is none, 0 if the machine is
 * down at `time`.
 */
export function nextFailure(outages: Outages, time: number): number {
  for (const { from, to } of outages) {
    if (from > time) return from;
    if (to > time) return 0;
  }
  return Infinity;
}
