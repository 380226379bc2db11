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
 * Returns lines that name the policies that never saw a machine above their mark, with the highest value
 * seen. Such a policy moves nothing, so its row is the same as without migration. Returns "" where all
 * policies did. The replicates of a policy count together.
 */
export function describeUnreachedMarks(runs: readonly SummarizedRun[]): string {
  const policies = new Map<string, string[]>();
  for (const name of new Set(runs.map(({ manifest }) => manifest.policy.name))) {
    const complaint = complain(runs.filter(({ manifest }) => manifest.policy.name === name));
    if (complaint !== undefined) policies.set(complaint, [...(policies.get(complaint) ?? []), name]);
  }
  return Array.from(policies, ([complaint, names]) => `${names.join(", ")}: ${complaint}\n`).join("");
}

/** Returns the message for one policy's runs; undefined where a machine was above the mark. */
function complain(runs: readonly SummarizedRun[]): string | undefined {
  const { name: policy, parameters } = runs[0].manifest.policy;
  const mark = POLICIES.find(({ name }) => name === policy)?.mark;
  if (mark === undefined) return undefined;
  const value = typeof mark.above === "number" ? mark.above : parameters[mark.above];
  const { name, peak } = QUANTITY[mark.of];
  const highest = Math.max(...runs.map(({ figures }) => figures[peak]));
  // The value is NaN where the policy was never asked; then there is no message.
  if (!(highest <= value)) return undefined;
  const line = typeof mark.above === "number" ? formatCell(value) : `${mark.above} (${formatCell(value)})`;
  return `no machine's ${name} was ever above ${line}; the highest was ${formatCell(highest)}`;
}
