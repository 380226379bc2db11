import { POLICIES } from "../../policies/index.js";
import type { Manifest } from "../../simulate/manifest.js";
import { formatCell } from "./text-table.js";

interface SummarizedRun {
  readonly figures: Readonly<Record<string, number>>;
  readonly manifest: Manifest;
}

const QUANTITY = {
  load: { name: "load", peak: "peakLoad" },
  steal: { name: "steal time", peak: "peakSteal" },
} as const;

/**
 * Lines that say which policies never saw a machine above their mark, and how high the highest was: such a
 * policy moves nothing, and its row is that of no migration. Nothing where all did. A policy's repetitions
 * count together.
 */
export function describeUnreachedMarks(runs: readonly SummarizedRun[]): string {
  const policies = new Map<string, string[]>();
  for (const name of new Set(runs.map(({ manifest }) => manifest.policy.name))) {
    const complaint = complain(runs.filter(({ manifest }) => manifest.policy.name === name));
    if (complaint !== undefined) policies.set(complaint, [...(policies.get(complaint) ?? []), name]);
  }
  return Array.from(policies, ([complaint, names]) => `${names.join(", ")}: ${complaint}\n`).join("");
}

/** What there is to say of one policy's runs. */
function complain(runs: readonly SummarizedRun[]): string | undefined {
  const { name: policy, parameters } = runs[0].manifest.policy;
  const mark = POLICIES.find(({ name }) => name === policy)?.mark;
  if (mark === undefined) return undefined;
  const value = typeof mark.above === "number" ? mark.above : parameters[mark.above];
  const { name, peak } = QUANTITY[mark.of];
  const highest = Math.max(...runs.map(({ figures }) => figures[peak]));
  // NaN, where the policy was never asked, is not below the mark.
  if (!(highest <= value)) return undefined;
  const line = typeof mark.above === "number" ? formatCell(value) : `${mark.above} (${formatCell(value)})`;
  return `no machine's ${name} was ever above ${line}; the highest was ${formatCell(highest)}`;
}
