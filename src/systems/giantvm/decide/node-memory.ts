/**
 * The history of a node's steal share: a smoothed value with its age, and a vote over the last observations.
 */

export interface NodeMemory {
  /** The smoothed steal share; NaN where the node was never observed or not recently. */
  readonly share: () => number;
  /** Whether the smoothed share was above `hot` in `hotSamples` of the last `samples` observations. */
  readonly isHot: () => boolean;
  /** Adds an observation; NaN where nothing ran on the node. */
  readonly observe: (share: number) => void;
}

export interface NodeMemoryOptions {
  readonly hot: number;
  readonly hotSamples: number;
  readonly samples: number;
  readonly halfLife: number;
  readonly maxAge: number;
}

/**
 * Returns an empty history of one node. Ages, half-life and votes count samples, including those without a
 * reading.
 */
export function createNodeMemory({
  hot,
  hotSamples,
  samples,
  halfLife,
  maxAge,
}: NodeMemoryOptions): NodeMemory {
  let smooth = NaN;
  let age = 0;
  const votes: boolean[] = [];

  function observe(share: number): void {
    age++;
    if (Number.isNaN(share)) {
      if (age > maxAge) smooth = NaN;
    } else {
      // After missed samples, the new sample gets the weight of all of them.
      smooth = Number.isNaN(smooth) ? share : share + (smooth - share) * 2 ** (-age / halfLife);
      age = 0;
    }
    votes.push(age === 0 && smooth > hot);
    if (votes.length > samples) votes.shift();
  }

  return { share: () => smooth, isHot: () => votes.filter(Boolean).length >= hotSamples, observe };
}
