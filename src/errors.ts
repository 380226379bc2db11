/**
 * An error whose cause is what the user gave (a file, an option, a policy's move), not this program.
 * The message names the place and the remedy in one line. The command line exits with 2 for it, with 1 for
 * any other error.
 */
export class InputError extends Error {
  override readonly name = "InputError";
}
