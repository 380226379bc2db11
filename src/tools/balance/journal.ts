/**
 * A journal on disk with the state before the first change, so that it can be restored after a crash, and
 * with the claims of an instance, so that no two instances move the same work. Each instance has one file in
 * a common folder.
 */
import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { InputError } from "../../base/errors.js";
import { explainFileError, makeFolder } from "../../base/files.js";
import { restoreProcess } from "./affinity.js";
import { restoreGroup } from "./group.js";
import { isSameProcess, readProcess } from "./process.js";
import type { Claim, SavedTarget, Target } from "./target.js";

interface JournalFile {
  /** The version of the file format. */
  readonly version: 1;
  /** The kernel's boot id: changes made before a reboot need no restoring. */
  readonly boot: string;
  readonly owner: { readonly pid: number; readonly start: number };
  readonly claims: readonly Claim[];
  /** Empty until the targets' state has been read; nothing is changed before that. */
  readonly saved: readonly SavedTarget[];
}

export interface Journal {
  /**
   * Restores the saved state and removes the file. Returns one line per target that could not be restored.
   */
  readonly restore: () => string[];
}

/**
 * Returns the folder of journals: /run/schedlab for root, else schedlab/balance below XDG_STATE_HOME or
 * ~/.local/state.
 */
export function defaultJournalFolder(): string {
  if (process.getuid?.() === 0) return "/run/schedlab";
  return join(process.env.XDG_STATE_HOME ?? join(homedir(), ".local/state"), "schedlab/balance");
}

/**
 * Claims the targets, restores changes of dead instances, then reads the targets' state and writes it to disk
 * (fsync) before anything is changed.
 *
 * @param onRestored Called for each target that a dead instance had left changed.
 * @throws InputError where another instance claims a target, the folder cannot be written, or a target could
 * not be restored.
 */
export function openJournal(
  folder: string,
  targets: readonly Target[],
  onRestored: (line: string) => void = () => undefined,
): Journal {
  const owner = { pid: process.pid, start: readProcess(process.pid)?.start ?? 0 };
  const path = join(folder, `balance-${owner.pid}-${randomBytes(4).toString("hex")}.json`);
  const claims = targets.map(({ claim }) => claim);
  const twice = claims.find((claim, i) => claims.slice(0, i).some((other) => overlaps(claim, other)));
  if (twice !== undefined)
    throw new InputError(
      `${describe(twice)} is given twice, or together with a group above or below it; leave one out`,
    );
  const empty: JournalFile = { version: 1, boot: bootId(), owner, claims, saved: [] };
  // Write the claim before reading others' claims: of two instances that start at once, at least one sees the
  // other.
  writeJournal(folder, path, empty);
  try {
    for (const [file, other] of othersIn(folder, path)) {
      const shared = other.claims.find((claim) => claims.some((own) => overlaps(own, claim)));
      if (shared !== undefined && isSameProcess(other.owner)) {
        throw new InputError(
          `${describe(shared)} is being balanced by process ${other.owner.pid} (${file}); stop that one ` +
            "first",
        );
      }
    }
    restoreLeftovers(folder, onRestored, path);
    const saved = targets.map((target) => target.save());
    writeJournal(folder, path, { ...empty, saved });
    return { restore: () => restoreFrom(path, saved, () => undefined) };
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}

/**
 * Restores what dead instances left changed, and removes their journals. Returns the number of dead
 * instances.
 * @throws InputError where the folder cannot be read or a target could not be restored; its journal then
 * remains.
 */
export function restoreLeftovers(folder: string, onRestored: (line: string) => void, own = ""): number {
  const dead = othersIn(folder, own).filter(([, { owner }]) => !isSameProcess(owner));
  const failures = dead.flatMap(([file, { boot, saved }]) =>
    restoreFrom(file, boot === bootId() ? saved : [], onRestored),
  );
  if (failures.length > 0)
    throw new InputError(`cannot restore what an earlier run changed: ${failures.join("; ")}`);
  return dead.length;
}

function restoreFrom(
  path: string,
  saved: readonly SavedTarget[],
  onRestored: (line: string) => void,
): string[] {
  const failures: string[] = [];
  for (const target of saved) {
    try {
      const wasThere = target.kind === "group" ? restoreGroup(target) : restoreProcess(target);
      onRestored(
        wasThere
          ? `restored ${describe(target)} to CPUs ${target.cpus || "(its parent's)"}`
          : `${describe(target)} is gone: nothing to restore`,
      );
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  if (failures.length === 0) rmSync(path, { force: true });
  return failures;
}

function describe(target: Claim | SavedTarget): string {
  return target.kind === "group" ? `group ${target.path}` : `process ${target.pid}`;
}

/** A group overlaps with the groups above and below it. */
function overlaps(one: Claim, other: Claim): boolean {
  if (one.kind === "process") return other.kind === "process" && one.pid === other.pid;
  if (other.kind === "process") return false;
  return `${one.path}/`.startsWith(`${other.path}/`) || `${other.path}/`.startsWith(`${one.path}/`);
}

function othersIn(folder: string, own: string): [string, JournalFile][] {
  let names: string[];
  try {
    names = readdirSync(folder).sort();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw explainFileError(error, folder, "read");
  }
  return names
    .filter((name) => /^balance-.*\.json$/.test(name) && join(folder, name) !== own)
    .map((name) => [join(folder, name), readJournal(join(folder, name))]);
}

function readJournal(path: string): JournalFile {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw explainFileError(error, path, "read");
  }
  try {
    const file = JSON.parse(text) as Partial<JournalFile> | null;
    if (file?.version === 1 && Array.isArray(file.claims) && Array.isArray(file.saved))
      return file as JournalFile;
  } catch {
    // The error below covers invalid JSON, too.
  }
  throw new InputError(
    `invalid journal ${path}: not written by this version; restore what it lists by hand, then remove it`,
  );
}

/** Writes the journal atomically and durably. */
function writeJournal(folder: string, path: string, content: JournalFile): void {
  const temporary = `${path}.tmp`;
  try {
    makeFolder(folder, 0o700);
    const file = openSync(temporary, "w", 0o600);
    try {
      writeSync(file, `${JSON.stringify(content, null, 2)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    const directory = openSync(folder, "r");
    try {
      fsyncSync(directory);
    } finally {
      closeSync(directory);
    }
  } catch (error) {
    const cause = explainFileError(error, path, "write");
    throw new InputError(
      "cannot write the journal, which is needed to restore after a crash: " +
        `${cause instanceof Error ? cause.message : String(cause)}; give another folder with ` +
        "--journal",
      { cause: error },
    );
  }
}

function bootId(): string {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
}
