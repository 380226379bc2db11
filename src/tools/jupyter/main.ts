/** `node main.js lab|reproduce|strip [arguments]`: what `npm run lab`, `reproduce` and `fix` call. */
import { InputError } from "../../base/errors.js";
import { openLab } from "./lab.js";
import { reproduce } from "./reproduce.js";
import { stripNotebooks } from "./strip.js";

const COMMANDS: Readonly<Record<string, (given: readonly string[]) => Promise<number>>> = {
  lab: openLab,
  reproduce,
  strip: stripNotebooks,
};

try {
  const [name = "", ...given] = process.argv.slice(2);
  const command = COMMANDS[name];
  process.exitCode = await command(given);
} catch (error) {
  // As the command line: 2 and one line for what the user can change, 1 and all that is known for our own
  // failure.
  const isInput = error instanceof InputError;
  const text = isInput || !(error instanceof Error) ? String(error) : (error.stack ?? error.message);
  process.stderr.write(`schedlab: ${text.replace(/^InputError: /, "")}\n`);
  process.exitCode = isInput ? 2 : 1;
}
