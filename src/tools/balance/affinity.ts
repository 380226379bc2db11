/** Confines the threads of a process with taskset (util-linux), because Node cannot set CPU affinity. */
import { spawnSync } from "node:child_process";
import { InputError } from "../../base/errors.js";
import { isSameCpuList, parseCpuList } from "./cpu-list.js";
import { isSameProcess, readProcess, readThreads } from "./process.js";
import type { SavedProcess, SavedThread, Target } from "./target.js";

/**
 * Returns a process as a target. Throws InputError for a process that does not exist, the init process, this
 * process and kernel threads, and where taskset is missing.
 */
export function processTarget(pid: number): Target {
  const found = readProcess(pid);
  if (found === undefined) throw new InputError(`no process ${pid}; check --pid`);
  const refusal =
    pid === 1
      ? "it is the init process"
      : pid === process.pid
        ? "it is schedlab itself"
        : found.isKernelThread
          ? "it is a kernel thread"
          : undefined;
  if (refusal !== undefined)
    throw new InputError(`cannot move process ${pid}: ${refusal}; give the processes of best-effort work`);
  const { start } = found;
  const identity = { pid, start };
  return {
    id: `pid ${pid}`,
    claim: { kind: "process", pid, start },
    processes: () => (isSameProcess(identity) ? [pid] : []),
    cpus: () => {
      const threads = isSameProcess(identity) ? readThreads(pid) : [];
      if (threads.length === 0) return undefined;
      return [...new Set(threads.flatMap(({ cpus }) => parseCpuList(cpus) ?? []))];
    },
    save() {
      const threads = readThreads(pid);
      const main = threads.find(({ tid }) => tid === pid);
      if (main === undefined || main.start !== start)
        throw new InputError(`process ${pid} has ended; check --pid`);
      const saved: SavedProcess = { kind: "process", pid, start, cpus: main.cpus, threads };
      // Setting the present value changes nothing, but shows whether the kernel allows us to restore it.
      setAffinity(pid, main.cpus);
      return saved;
    },
    confine({ cpus }) {
      confineProcess(identity, cpus.join());
    },
  };
}

/**
 * Restores the CPUs of a process's threads. Does nothing where the process has ended or its number now
 * belongs to another process. Returns whether the process still exists.
 */
export function restoreProcess(saved: SavedProcess): boolean {
  if (!isSameProcess(saved)) return false;
  confineProcess(saved, saved.cpus, saved.threads);
  return true;
}

/** Restores the CPUs of threads; skips threads that have ended. */
export function restoreThreads(threads: readonly SavedThread[]): void {
  for (const { tid, start, cpus } of threads) {
    const now = readThreads(tid).find((thread) => thread.tid === tid);
    if (now !== undefined && now.start === start && !isSameCpuList(now.cpus, cpus)) setAffinity(tid, cpus);
  }
}

/**
 * Sets the CPUs of every thread, including threads that start meanwhile. Threads in `exceptions` get the CPUs
 * saved there.
 */
function confineProcess(
  identity: { readonly pid: number; readonly start: number },
  cpus: string,
  exceptions: readonly SavedThread[] = [],
): void {
  /** The CPUs that the kernel granted; a cpuset may remove some of the requested CPUs. */
  const granted = new Map<number, string>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const wrong = readThreads(identity.pid)
      .map(({ tid, start, cpus: now }) => {
        const own = exceptions.find((thread) => thread.tid === tid && thread.start === start);
        return { tid, now, wanted: own?.cpus ?? cpus };
      })
      .filter(({ tid, now, wanted }) => now !== granted.get(tid) && !isSameCpuList(now, wanted));
    if (wrong.length === 0) return;
    for (const { tid, wanted } of wrong) {
      if (!isSameProcess(identity)) return;
      setAffinity(tid, wanted);
    }
    const now = readThreads(identity.pid);
    for (const { tid } of wrong) granted.set(tid, now.find((thread) => thread.tid === tid)?.cpus ?? "");
  }
  throw new InputError(
    `cannot confine process ${identity.pid} to CPUs ${cpus}: it starts threads, or another program ` +
      "moves them, faster than taskset can set them; use a control group",
  );
}

const MOST_ROUNDS = 20;

/**
 * Sets a thread's CPUs. Throws InputError where taskset is missing or the kernel refuses, but not for a
 * thread that has ended.
 */
function setAffinity(tid: number, cpus: string): void {
  const { error, status, stderr } = spawnSync("taskset", ["-cp", cpus, String(tid)], { encoding: "utf8" });
  if (error !== undefined) {
    throw new InputError(
      `cannot run taskset (${error.message}): install util-linux, or use a control group instead of ` +
        "processes",
    );
  }
  if (status === 0 || readProcess(tid) === undefined) return;
  const cause = /not permitted|denied/i.test(stderr)
    ? "it belongs to another user; run as root or with CAP_SYS_NICE"
    : stderr.trim().split("\n")[0];
  throw new InputError(`cannot set the CPUs of thread ${tid} to ${cpus}: ${cause}`);
}
