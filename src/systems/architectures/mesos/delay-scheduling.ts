/**
 * Delay scheduling (Zaharia et al., EuroSys 2010): a job without a local task skips an offer, up to D times.
 * There are M agents with L slots each and R copies of each block of data; T is the mean duration of tasks.
 */

/**
 * Returns the probability (1 - R/M)^D that a job with one task left is offered no agent with its data in D
 * offers.
 */
export function nonLocal(agents: number, copies: number, skips: number): number {
  return (1 - copies / agents) ** skips;
}

/**
 * Returns how many offers a job of N tasks must be able to skip so that a share l of its tasks is local: D >=
 * -(M/R) ln((1 - l) N / (1 + (1 - l) N)).
 */
export function skipsForLocality(share: number, tasks: number, agents: number, copies: number): number {
  const far = (1 - share) * tasks;
  return -(agents / copies) * Math.log(far / (1 + far));
}

/** Returns the time that D offers take: a slot becomes free every T/(L M). */
export function waitForSkips(skips: number, duration: number, slots: number, agents: number): number {
  return (skips * duration) / (slots * agents);
}
