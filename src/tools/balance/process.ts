/** Reads processes and their threads from /proc. */
import { readdirSync, readFileSync } from "node:fs";

export interface ProcessStat {
  /** Start time in clock ticks after boot; it identifies a process together with the pid. */
  readonly start: number;
  /** CPU time in ticks, including children that have ended and were waited for. */
  readonly ticks: number;
  readonly isKernelThread: boolean;
}

export interface Thread {
  readonly tid: number;
  readonly start: number;
  /** The list of CPUs that it may run on. */
  readonly cpus: string;
}

/** Reads /proc/PID/stat, also of a thread (PID/task/TID); undefined where there is no such process. */
export function readProcess(pid: number | string): ProcessStat | undefined {
  const text = readText(`/proc/${pid}/stat`);
  // The name is in brackets and may contain brackets and spaces.
  const words = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  if (words === undefined || words.length < 20) return undefined;
  const column = (number: number): number => Number(words[number - 3]);
  return {
    start: column(22),
    ticks: column(14) + column(15) + column(16) + column(17),
    isKernelThread: Math.floor(column(9) / PF_KTHREAD) % 2 === 1,
  };
}

const PF_KTHREAD = 0x0020_0000;

/** Whether the process with this pid is still the one that started at `start`. */
export function isSameProcess({ pid, start }: { readonly pid: number; readonly start: number }): boolean {
  return readProcess(pid)?.start === start;
}

/** Returns the threads of a process, scanned until two scans agree; empty where it has ended. */
export function readThreads(pid: number): Thread[] {
  for (let scans = 0; ; scans++) {
    const before = threadNumbers(pid);
    const threads = before.flatMap((tid) => {
      const start = readProcess(`${pid}/task/${tid}`)?.start;
      const cpus = /^Cpus_allowed_list:\s*(\S+)$/m.exec(
        readText(`/proc/${pid}/task/${tid}/status`) ?? "",
      )?.[1];
      return start === undefined || cpus === undefined ? [] : [{ tid, start, cpus }];
    });
    if (threadNumbers(pid).join() === before.join() || scans === MOST_SCANS) return threads;
  }
}

/** A limit, because two scans of a process that constantly starts threads never agree. */
const MOST_SCANS = 20;

/** Returns the bytes of memory that a process has in RAM, including shared memory; 0 where it has ended. */
export function residentBytes(pid: number): number {
  return 1024 * Number(/^VmRSS:\s*(\d+) kB$/m.exec(readText(`/proc/${pid}/status`) ?? "")?.[1] ?? 0);
}

function threadNumbers(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    return [];
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
