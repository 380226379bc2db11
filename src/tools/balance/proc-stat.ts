/** Parses the CPU lines of /proc/stat. */
import type { CpuTicks, StatSample } from "../../systems/giantvm/decide/decider.js";

/**
 * Returns the CPUs of a /proc/stat sorted by number. Never throws. Leaves out a CPU that occurs twice, and a
 * CPU whose line is incomplete, lacks a column up to steal, has anything but whole numbers, or is the last
 * line without a line feed. Ignores other lines, and columns after steal (guest time, which `user` already
 * includes).
 */
export function parseProcStat(text: string, seconds: number): StatSample {
  const cpus = new Map<number, CpuTicks | undefined>();
  // The text after the last line feed is empty or an incomplete line.
  for (const line of text.split("\n").slice(0, -1)) {
    const name = /^cpu(\d{1,6})(?= |$)/.exec(line);
    if (name === null) continue;
    const cpu = Number(name[1]);
    cpus.set(cpu, cpus.has(cpu) ? undefined : parseTicks(cpu, line.slice(name[0].length)));
  }
  const sound = [...cpus.values()].filter((ticks): ticks is CpuTicks => ticks !== undefined);
  return { seconds, cpus: sound.sort((a, b) => a.cpu - b.cpu) };
}

function parseTicks(cpu: number, columns: string): CpuTicks | undefined {
  const words = columns.trim().split(/ +/);
  if (words.length < COLUMNS || !words.every((word) => /^\d+$/.test(word))) return undefined;
  const [user, nice, system, idle, iowait, irq, softirq, steal] = words.map(Number);
  const ticks = { cpu, user, nice, system, idle, iowait, irq, softirq, steal };
  return Object.values(ticks).every(Number.isSafeInteger) ? ticks : undefined;
}

/** The number of columns up to steal, which Linux has since 2.6.11. */
const COLUMNS = 8;
