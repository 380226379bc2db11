/** Says how a page was made: by which command, when, and by which version. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { VERSION } from "../../../base/version.js";
import type { Language } from "../../../charts/figure.js";
import { escapeHtml } from "../../../notebook/escape-html.js";
import { NOTEBOOKS, PROJECT } from "../project.js";
import { PAGE_WORDS } from "./words.js";

const run = promisify(execFile);

export interface MadeBy {
  /** UTC, to the minute: "2025-11-29 03:46 UTC". */
  readonly date: string;
  readonly version: string;
  /** The commit, short, and whether files differ from it; absent where the folder is no checkout. */
  readonly commit?: string;
}

/** What of the options of `reproduce` changes a page. */
export interface PageOptions {
  readonly trace?: string;
  readonly machines?: number;
  readonly steps?: number;
  readonly seed?: number;
  readonly set?: Readonly<Record<string, string>>;
  readonly language?: string;
  readonly only?: readonly string[];
  readonly quick?: boolean;
  readonly notebooks?: string;
}

/** Returns the command that makes the same page again. */
export function commandOf(options: PageOptions): string {
  const { only, set = {}, trace, machines, steps, seed, language, quick, notebooks } = options;
  const elsewhere = notebooks !== undefined && resolve(notebooks) !== NOTEBOOKS ? notebooks : undefined;
  const values = { only: only?.join(","), trace, machines, steps, seed, language, notebooks: elsewhere };
  const settings = Object.entries(set).map(([name, value]) => ["set", `${name}=${value}`] as const);
  const given = [...Object.entries(values), ...settings].flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, quoted(String(value))],
  );
  if (quick) given.push("--quick");
  return ["npm run reproduce", ...(given.length === 0 ? [] : ["--", ...given])].join(" ");
}

/** Returns the word as a shell takes it. */
function quoted(word: string): string {
  return /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Returns the date and what the folder holds now: to be asked before the notebooks run, not after. */
export async function madeNow(now: Date = new Date()): Promise<MadeBy> {
  const date = `${now.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const commit = await commitOf(PROJECT);
  return { date, version: VERSION, ...(commit !== undefined && { commit }) };
}

async function commitOf(folder: string): Promise<string | undefined> {
  // Otherwise git would name the commit of a folder above this one.
  if (!existsSync(join(folder, ".git"))) return undefined;
  try {
    const head = await run("git", ["rev-parse", "--short", "HEAD"], { cwd: folder });
    const changes = await run("git", ["status", "--porcelain"], { cwd: folder });
    return head.stdout.trim() + (changes.stdout === "" ? "" : " + changes");
  } catch {
    // There is no git, or no commit yet.
    return undefined;
  }
}

export function madeByHtml(
  command: string,
  { date, version, commit }: MadeBy,
  language: Language = "en",
): string {
  const words = PAGE_WORDS[language];
  const from = commit === undefined ? "" : `, ${words.commit} ${escapeHtml(commit)}`;
  return (
    `<footer class="made"><p>${words.madeBy} <code>${escapeHtml(command)}</code><br>${date}, ` +
    `schedlab ${escapeHtml(version)}${from}</p></footer>`
  );
}
