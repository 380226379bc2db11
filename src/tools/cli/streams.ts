/** Where a command writes: results to `stdout`, errors and progress to `stderr`. `process` is one. */
export interface Streams {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
}
