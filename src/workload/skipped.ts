/** Rows of a file that were left out with `onError: "skip"`. */
export interface Skipped {
  readonly skippedRows: number;
  /** Of the first ones: the row, the place in it and what is wrong, as an error would have said. */
  readonly firstSkipped: readonly string[];
}

export interface SkippedRows {
  /** Counts a row; of the first ones it asks what is wrong. */
  readonly add: (explain: () => string) => void;
  readonly finish: () => Skipped;
}

/** How many of a file's skipped rows are named with their place. */
const SHOWN = 5;

/** Returns a count of the skipped rows of one file. */
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
