/**
 * Loads something that the user wrote, by the path of the module that exports it: `./drain.mjs`,
 * `./drain.mjs#drain`.
 */
import { stat } from "node:fs/promises";
import { basename, extname, isAbsolute, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describeValue, InputError, messageOf } from "../errors.js";
import { didYouMean } from "../nearest.js";
import { hashModule } from "./hash-module.js";

/** A condition that an export must meet. */
export interface Wanted {
  /** What is wanted, in words with the article: "a policy". */
  readonly what: string;
  readonly is: (value: unknown) => boolean;
}

/** An export and its name. */
export interface LoadedExport {
  readonly value: unknown;
  /** Absolute path of the module file. */
  readonly path: string;
  /** Name of the export; of a default export, the file's name without its extension. */
  readonly name: string;
}

const EXTENSION = /\.[cm]?[jt]s$/;

/**
 * Whether a text names a module: a path that is absolute, begins with `./` or `../`, or ends like a module
 * file.
 */
export function namesModule(text: string): boolean {
  const { path } = split(text);
  return isAbsolute(path) || /^\.\.?[/\\]/.test(path) || EXTENSION.test(path);
}

/**
 * Loads the export that a text such as `./drain.mjs#drain` names. Relative paths start from the working
 * directory. Without `#`, it is the default export, or else the only export that meets `wanted`. Node caches
 * modules, so a second call does not load the module again. Throws InputError where there is no such file or
 * export, where the export does not meet `wanted`, and where the module throws while it loads.
 */
export async function loadExport(reference: string, wanted: Wanted): Promise<LoadedExport> {
  const { path, name } = split(reference);
  const file = await findFile(path);
  await checkUnchanged(path, file);
  const exports = await importModule(path, file);
  const chosen = name ?? soleName(reference, exports, wanted);
  if (!Object.hasOwn(exports, chosen)) {
    const known = Object.keys(exports);
    const has = known.join(", ") || "nothing";
    throw new InputError(
      `no such export of ${path}: ${chosen}${didYouMean(chosen, known)}; it exports: ${has}`,
    );
  }
  const value = exports[chosen];
  if (!wanted.is(value)) {
    throw new InputError(
      `the export ${chosen} of ${path} is not ${wanted.what}: it is ${describeValue(value)}`,
    );
  }
  return { value, path: file, name: chosen === "default" ? basename(file, extname(file)) : chosen };
}

/**
 * Returns the hash of the module that a text such as `./drain.mjs#drain` names (`hashModule`), without
 * loading it. Throws InputError where there is no such file.
 */
export async function hashReference(reference: string): Promise<string> {
  const { path } = split(reference);
  return hashModule(await findFile(path));
}

/** Splits a reference at its last `#`, unless this `#` is in the name of a folder. */
function split(reference: string): { readonly path: string; readonly name: string | undefined } {
  const parts = /^(.*)#([^#/\\]*)$/s.exec(reference);
  return parts === null ? { path: reference, name: undefined } : { path: parts[1], name: parts[2] };
}

async function findFile(path: string): Promise<string> {
  const file = resolve(path);
  const isFile = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) throw new InputError(`no such module: ${path}; looked for ${file}`);
  return file;
}

/**
 * Hashes of the modules when this process loaded them: Node caches a module, so a changed file would not be
 * read.
 */
const loadedHashes = new Map<string, string>();

async function checkUnchanged(path: string, file: string): Promise<void> {
  const hash = await hashModule(file);
  const before = loadedHashes.get(file) ?? hash;
  loadedHashes.set(file, before);
  if (before === hash) return;
  throw new InputError(
    `the module ${path}, or one that it imports, has changed since it was loaded; start again ` +
      "(in a notebook: restart the kernel)",
  );
}

async function importModule(path: string, file: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (cause) {
    throw new InputError(
      `the module ${path} cannot be loaded: ${messageOf(cause)}${remedyFor(cause, path)}`,
      {
        cause,
      },
    );
  }
}

function remedyFor(cause: unknown, path: string): string {
  const { code } = (cause ?? {}) as { code?: unknown };
  if (code === "ERR_MODULE_NOT_FOUND" && messageOf(cause).includes("'schedlab'"))
    return "; keep the module in schedlab's folder, or install schedlab in the module's";
  if (code === "ERR_UNKNOWN_FILE_EXTENSION") return `; this Node (${process.version}) imports .mjs and .js`;
  // No property of the error tells the line of a syntax error.
  return cause instanceof SyntaxError ? `; \`node ${path}\` shows where` : "";
}

/** Returns the name of the default export, or else of the only export that meets `wanted`. */
function soleName(
  reference: string,
  exports: Readonly<Record<string, unknown>>,
  { what, is }: Wanted,
): string {
  if (Object.hasOwn(exports, "default")) return "default";
  const names = Object.keys(exports);
  const fitting = names.filter((name) => is(exports[name]));
  if (fitting.length === 1) return fitting[0];
  if (fitting.length === 0) {
    throw new InputError(
      `${reference} does not export ${what}; it exports: ${names.join(", ") || "nothing"}`,
    );
  }
  const [first] = fitting;
  throw new InputError(
    `${reference} has several exports that may be ${what}: ${fitting.join(", ")}; ` +
      `name one: ${reference}#${first}`,
  );
}
