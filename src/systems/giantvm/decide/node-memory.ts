/**
 * What is remembered of a node's steal share: smoothed, with a vote over the last observations, and how old
 * it is.
 */

export interface NodeMemory {
  /** Smoothed steal share, NaN where it is not known: never observed, or too long ago. */
  readonly share: () => number;
  /** Whether the smoothed share was above `hot` in `hotSamples` of the last `samples` observations. */
  readonly isHot: () => boolean;
  /** Takes in an observation; NaN where nothing ran on the node. */
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
 * Returns an empty memory of one node. Ages, half-life and votes count samples, those without a reading
 * included.
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
      // An average that missed some samples gives the new one the weight of all of them.
      smooth = Number.isNaN(smooth) ? share : share + (smooth - share) * 2 ** (-age / halfLife);
      age = 0;
    }
    votes.push(age === 0 && smooth > hot);
    if (votes.length > samples) votes.shift();
  }

  return { share: () => smooth, isHot: () => votes.filter(Boolean).length >= hotSamples, observe };
}
