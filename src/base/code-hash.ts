/** Hashes the code that determines what is read from a trace, and the result of a run. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compiledFile } from "./threads.js";

/** The folders whose code shows results or starts runs, and affects no result. All others may. */
const SHOWING = ["charts", "notebook", "tools"];

/**
 * Returns the SHA-256 of schedlab's own code that may decide the result of a run, in hexadecimal: the names
 * and contents of the modules in its folders. Packages and Node itself are not included.
 *
 * @param root The folder that contains these folders. Default: this package's compiled code, which worker
 * threads run; its sources where nothing is compiled.
 */
export async function hashCode(root: string = ownCode()): Promise<string> {
  const modules = await decidingModules(root);
  const contents = await Promise.all(modules.map(({ path }) => readFile(path)));
  const hash = createHash("sha256");
  for (const [index, { name }] of modules.entries()) {
    hash.update(`${name}\0${contents[index].length}\0`).update(contents[index]);
  }
  return hash.digest("hex");
}

/**
 * Returns a text that changes where a module was written again, much faster than `hashCode`; undefined where
 * that was after this process began, which may have loaded the module before. Parameter as for `hashCode`.
 */
export async function codeStamp(root: string = ownCode()): Promise<string | undefined> {
  const modules = await decidingModules(root);
  const began = Date.now() - process.uptime() * 1000;
  const stamps = await Promise.all(
    modules.map(async ({ name, path }) => {
      const { size, mtimeMs } = await stat(path);
      return { name, size, mtimeMs };
    }),
  );
  if (stamps.some(({ mtimeMs }) => mtimeMs > began)) return undefined;
  return createHash("sha256").update(JSON.stringify(stamps)).digest("hex");
}

function ownCode(): string {
  const compiled = fileURLToPath(new URL("..", pathToFileURL(compiledFile("code-hash.js", import.meta.url))));
  return existsSync(compiled) ? compiled : fileURLToPath(new URL("..", import.meta.url));
}

/** Returns the modules sorted by name. */
async function decidingModules(root: string): Promise<{ name: string; path: string }[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /(?<!\.d)\.[jt]s$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ name: relative(root, path).split(sep).join("/"), path }))
    .filter(({ name }) => isDeciding(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isDeciding(name: string): boolean {
  const [folder, ...rest] = name.split("/");
  return rest.length > 0 && !SHOWING.includes(folder);
}
