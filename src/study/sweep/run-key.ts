/** The identity of a run, under which its result is stored. */
import { createHash } from "node:crypto";
import type { InputFile } from "../../workload/inputs.js";
import { parseTrace } from "../../traces/trace-spec.js";
import { resolveOptions } from "../../traces/synthetic/options.js";
import { parseSyntheticOptions } from "../../traces/synthetic/spec.js";
import { VERSION } from "../../base/version.js";
import type { Scenario, WorkloadChoice } from "../scenarios.js";

/**
 * Returns the key of a run, 64 hexadecimal digits: the SHA-256 of everything that determines its result, as
 * canonical JSON. This includes the version of schedlab and its code; the workload (all options of a
 * generated one; else the format, the contents of its files and how it is opened); the policy and its
 * parameters; the simulation's settings; and the metrics where they were chosen. User-defined modules count
 * by their contents. The location of files does not matter, nor whether a setting or an option of a generated
 * trace is written out or left at its default.
 *
 * @param inputs The files of the trace; none for a generated trace.
 * @param code The result of `hashCode`.
 */
export function runKey(
  scenario: Scenario,
  inputs: readonly InputFile[],
  code: string,
  version: string = VERSION,
): string {
  const { workload, architecture, policy, simulation, metrics, scheduleMetrics } = scenario;
  const { module, ...named } = policy;
  const identity = {
    schedlab: version,
    code,
    workload: identifyWorkload(workload, inputs),
    architecture,
    policy: { ...named, module: module?.sha256 },
    simulation,
    metrics: metrics?.map((metric) => ({ name: metric.name, module: metric.module?.sha256 })),
    scheduleMetrics,
  };
  return createHash("sha256").update(canonicalJson(identity)).digest("hex");
}

/**
 * Returns a hash of a workload, 16 hexadecimal digits. It is equal for two choices that describe the same
 * workload, however they are written and wherever its files are.
 */
export function workloadHash(workload: WorkloadChoice, inputs: readonly InputFile[]): string {
  const identity = canonicalJson(identifyWorkload(workload, inputs));
  return createHash("sha256").update(identity).digest("hex").slice(0, 16);
}

function identifyWorkload({ trace, open, window }: WorkloadChoice, inputs: readonly InputFile[]): object {
  const parsed = parseTrace(trace);
  if (parsed.format === "synthetic") {
    const options = resolveOptions(parseSyntheticOptions(parsed.options, open));
    return { format: parsed.format, options, window };
  }
  const { seed = 1, ...rest } = open;
  return { format: parsed.format, inputs, open: { ...rest, seed }, window };
}

/** Returns the value as JSON without spaces, with keys sorted by code units and without undefined values. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
