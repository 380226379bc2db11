/** Lists of CPUs as Linux writes them: "0-3,8". */

/** The largest accepted CPU number; Linux's NR_CPUS is at most 8192. */
const MOST = 65_535;

/** Returns the CPUs of a list sorted by number, none for an empty list; undefined for an invalid list. */
export function parseCpuList(text: string): number[] | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return [];
  const cpus = new Set<number>();
  for (const part of trimmed.split(",")) {
    if (!/^\d{1,5}(-\d{1,5})?$/.test(part)) return undefined;
    const [first, last = first] = part.split("-").map(Number);
    if (last < first || last > MOST) return undefined;
    for (let cpu = first; cpu <= last; cpu++) cpus.add(cpu);
  }
  return [...cpus].sort((a, b) => a - b);
}

/** Returns CPUs as a list, with neighbors joined to ranges. */
export function formatCpuList(cpus: readonly number[]): string {
  const parts: string[] = [];
  const sorted = [...new Set(cpus)].sort((a, b) => a - b);
  for (let begin = 0; begin < sorted.length;) {
    let end = begin;
    while (sorted[end + 1] === sorted[end] + 1) end++;
    parts.push(end === begin ? String(sorted[begin]) : `${sorted[begin]}-${sorted[end]}`);
    begin = end + 1;
  }
  return parts.join(",");
}

/** Whether two lists contain the same CPUs, however they are written. False where one is invalid. */
export function isSameCpuList(one: string, other: string): boolean {
  const [a, b] = [parseCpuList(one), parseCpuList(other)];
  return a !== undefined && b !== undefined && formatCpuList(a) === formatCpuList(b);
}
