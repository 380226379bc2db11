/** Rows of a file that were left out with `onError: "skip"`. */
export interface Skipped {
  readonly skippedRows: number;
  /** Row, place and fault of the first few rows, worded as in an error message. */
  readonly firstSkipped: readonly string[];
}

export interface SkippedRows {
  /** Counts a row, and calls `explain` for the first few rows. */
  readonly add: (explain: () => string) => void;
  readonly finish: () => Skipped;
}

/** The number of skipped rows of a file that are described. */
const SHOWN = 5;

/** Returns a counter of the skipped rows of one file. */
export function createSkippedRows(): SkippedRows {
  let skippedRows = 0;
  const firstSkipped: string[] = [];
  return {
    add: (explain) => {
      if (skippedRows++ < SHOWN) firstSkipped.push(explain());
    },
    finish: () => ({ skippedRows, firstSkipped }),
  };
}
