/**
 * The streams of a command: results go to `stdout`, errors and progress to `stderr`. `process` has this type.
 */
export interface Streams {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
}
