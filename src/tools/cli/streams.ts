/** An output of a command; `columns` is the width of a terminal. */
export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/**
 * The streams of a command: results go to `stdout`, errors and progress to `stderr`. `process` has this type.
 */
export interface Streams {
  readonly stdout: Output;
  readonly stderr: Output;
}

/** Returns how many characters fit on a line: those of the terminal, 80 for a file or a pipe. */
export function widthOf({ isTTY, columns }: Output): number {
  return isTTY === true && columns !== undefined && columns > 0 ? columns : 80;
}
