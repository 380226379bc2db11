/** What /proc says of a process and its threads. */
import { readdirSync, readFileSync } from "node:fs";

export interface ProcessStat {
  /** Clock ticks after boot at which it started: with the pid, its identity. */
  readonly start: number;
  /** CPU time of it and of its children that have ended and were waited for, in ticks. */
  readonly ticks: number;
  readonly isKernelThread: boolean;
}

export interface Thread {
  readonly tid: number;
  readonly start: number;
  /** CPUs that it may run on, as a list. */
  readonly cpus: string;
}

/** Returns what /proc/PID/stat (or of a thread) says; undefined where there is no such process. */
export function readProcess(pid: number | string): ProcessStat | undefined {
  const text = readText(`/proc/${pid}/stat`);
  // The name, in brackets, may hold brackets and spaces.
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

/** Whether the process with this number is still the one that started then. */
export function isSameProcess({ pid, start }: { readonly pid: number; readonly start: number }): boolean {
  return readProcess(pid)?.start === start;
}

/** Returns the threads of a process, scanned until two scans agree; none where it has ended. */
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

/** A process that starts threads all the time is never seen whole. */
const MOST_SCANS = 20;

/** Returns the bytes of memory that a process has in RAM, shared ones included; 0 where it has ended. */
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
