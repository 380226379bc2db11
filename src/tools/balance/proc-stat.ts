/** Reads /proc/stat: the lines of its CPUs. */
import type { CpuTicks, StatSample } from "../../systems/giantvm/decide/decider.js";

/**
 * Returns the CPUs of a /proc/stat in order of number. Never throws: a line that is cut short, lacks a column
 * up to steal, or holds anything but whole numbers leaves its CPU out, as does a CPU that is there twice, and
 * a last line without its line feed. Lines of other things, and columns after steal (guest time, which user
 * holds already), are passed over.
 */
export function parseProcStat(text: string, seconds: number): StatSample {
  const cpus = new Map<number, CpuTicks | undefined>();
  // What follows the last line feed is empty, or cut short.
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

/** Columns of a CPU up to steal, which Linux has had since 2.6.11. */
const COLUMNS = 8;
