/** One hash for a module and everything that it imports, for the cache key of a run that uses the module. */
import { createHash } from "node:crypto";
import { readFile, realpath } from "node:fs/promises";
import { dirname, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** A specifier that begins with `./` or `../`, after `from` or `import`. */
const RELATIVE_IMPORT = /\b(?:from|import)\s*\(?\s*(["'])(\.{1,2}\/[^"'\n]*)\1/g;

/**
 * Returns the SHA-256, in hexadecimal digits, of a module and of all files that it imports or re-exports by
 * relative path, directly or indirectly. It does not depend on where the folder is. It does not cover
 * packages, computed paths, and files that are read but not imported. An import in a comment counts too, if
 * the file exists.
 */
export async function hashModule(path: string): Promise<string> {
  const entry = await realpath(path);
  const texts = new Map<string, string>();
  const left = [entry];
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    if (texts.has(file)) continue;
    const text = await readFile(file, "utf8");
    texts.set(file, text);
    left.push(...(await importsOf(file, text)));
  }
  const parts = Array.from(texts, ([file, text]) => [toPosix(relative(dirname(entry), file)), text]);
  parts.sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

async function importsOf(file: string, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const [, , specifier] of text.matchAll(RELATIVE_IMPORT)) {
    const target = fileURLToPath(withoutQuery(new URL(specifier, pathToFileURL(file))));
    // A missing file was reported when the module was loaded, unless only a comment names it.
    const real = await realpath(target).catch(() => undefined);
    if (real !== undefined) found.push(real);
  }
  return found;
}

function withoutQuery(url: URL): URL {
  url.search = "";
  url.hash = "";
  return url;
}

/** Makes the hash the same on every system. */
function toPosix(path: string): string {
  return path.replaceAll("\\", "/");
}
