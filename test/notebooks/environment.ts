import { InputError } from "../../src/base/errors.js";
import { ensureEnvironment } from "../../src/tools/jupyter/environment.js";

const note = (text: string): void => void process.stderr.write(`${text}\n`);

/** Whether there is a Python environment: in CI it is a failure to have none. */
export async function hasEnvironment(): Promise<boolean> {
  try {
    await ensureEnvironment(note);
    return true;
  } catch (error) {
    if (process.env.CI !== undefined || !(error instanceof InputError)) throw error;
    note(`skipped: notebooks are not run here: ${error.message}`);
    return false;
  }
}
