/** `node main.js lab|reproduce|strip [arguments]`, called by `npm run lab`, `reproduce` and `fix`. */
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
  if (!Object.hasOwn(COMMANDS, name)) {
    const known = Object.keys(COMMANDS).join(", ");
    throw new InputError(`unknown command: ${name}; known: ${known}, each with --help`);
  }
  process.exitCode = await COMMANDS[name](given);
} catch (error) {
  // As on the command line: exit code 2 and one line for bad input, 1 and the stack for a bug.
  const isInput = error instanceof InputError;
  const text = isInput || !(error instanceof Error) ? String(error) : (error.stack ?? error.message);
  process.stderr.write(`schedlab: ${text.replace(/^InputError: /, "")}\n`);
  process.exitCode = isInput ? 2 : 1;
}
