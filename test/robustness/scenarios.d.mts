/** See scenarios.mjs. */
import type fc from "fast-check";
import type { PolicyName } from "../../src/policies/index.js";
import type { Metric } from "../../src/simulate/metrics/metric.js";
import type { SimulationOptions } from "../../src/simulate/settings.js";
import type { Workload } from "../../src/workload/workload.js";

interface Scenario {
  readonly policy: PolicyName;
  readonly options: SimulationOptions;
}

export function scenarios(choices: {
  readonly policies: readonly string[];
  readonly sharings: readonly string[];
  readonly mechanisms: readonly string[];
}): fc.Arbitrary<Scenario>;

export function workloadOf(scenario: Scenario): Workload;

export function outOfRange(run: {
  readonly steps: Readonly<Record<string, Float64Array>>;
  readonly summary: Readonly<Record<string, number | string>>;
  readonly metrics: readonly Metric[];
}): string[];
