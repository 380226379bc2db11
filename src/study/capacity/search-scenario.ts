/** The carrying capacity of one scenario of an experiment. */
import { createManifest, type Manifest } from "../../simulate/manifest.js";
import { resolveSettings } from "../../simulate/settings.js";
import type { Workload } from "../../workload/workload.js";
import { placedWorkload, policyOf, sampleOf, type OwnParts } from "../run-scenario.js";
import type { Scenario } from "../scenarios.js";
import { replicateCapacity, type ReplicateCapacity } from "./replicate.js";
import { isReference } from "./references.js";

export interface CapacityTask {
  readonly kind: "capacity";
  /** Allowed violations, as shares of LC work. */
  readonly levels: readonly number[];
  /** Largest factor tried. */
  readonly max: number;
  /** Relative width of the last bracket. */
  readonly precision: number;
}

export interface CapacityAnswer {
  /** One for each level. */
  readonly capacities: readonly ReplicateCapacity[];
  readonly manifest: Manifest;
  readonly sample?: string;
}

/**
 * Searches the capacity under the scenario's policy, which may be a reference. Throws the same errors as
 * `replicateCapacity`.
 */
export async function searchScenario(
  opened: Workload,
  scenario: Scenario,
  { levels, max, precision }: CapacityTask,
  { own }: { readonly own?: OwnParts } = {},
): Promise<CapacityAnswer> {
  const { policy, simulation } = scenario;
  const { workload } = placedWorkload(opened, scenario);
  const { name, parameters } = policy;
  const contender = isReference(name) ? name : await policyOf(scenario, own);
  const search = { ...simulation, levels, max, precision, parameters };
  return {
    capacities: replicateCapacity(workload, contender, search),
    manifest: createManifest(workload, { name }, resolveSettings(workload, simulation), parameters),
    ...sampleOf(opened, scenario),
  };
}
