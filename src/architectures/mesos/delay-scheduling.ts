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

/**
 * Returns the expected share of a job's N tasks that are launched near their data, if each offer is a random
 * agent with one free slot and the job skips up to D of them (Algorithm 2 of the paper). The formula of
 * `skipsForLocality` has D new skips for each task; in the algorithm the count begins again only after a
 * local task, so that a task without its data is often followed by others. After D skips the next offer is
 * used, so that there are D + 1 offers.
 */
export function localShare(skips: number, tasks: number, agents: number, copies: number): number {
  // Expected local tasks of the last k tasks: where the count has begun again, and where it is used up.
  let fresh = 0;
  let usedUp = 0;
  for (let left = 1; left <= tasks; left++) {
    const noData = (1 - copies / agents) ** left;
    const noneInTime = noData ** (skips + 1);
    const before = usedUp;
    usedUp = (1 - noData) * (1 + fresh) + noData * before;
    fresh = (1 - noneInTime) * (1 + fresh) + noneInTime * before;
  }
  return fresh / tasks;
}

/** Returns the time that D offers take: a slot becomes free every T/(L M). */
export function waitForSkips(skips: number, duration: number, slots: number, agents: number): number {
  return (skips * duration) / (slots * agents);
}
