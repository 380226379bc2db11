import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Returns the path of a worker thread's compiled file beside the module `from`, also where that runs from its source. */
export function compiledFile(name: string, from: string): string {
  const beside = fileURLToPath(new URL(name, from));
  return existsSync(beside)
    ? beside
    : fileURLToPath(new URL(name, from.replace(/\/src\/(?!.*\/src\/)/, "/dist/")));
}
