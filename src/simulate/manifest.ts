/** What a result rests on: enough to make it again. */
import type { MigrationModel } from "../cluster/migration/presets.js";
import type { PolicyModule } from "../policies/index.js";
import type { Policy } from "../policies/policy.js";
import type { Provenance, Workload } from "../workload/workload.js";
import { VERSION } from "../base/version.js";
import type { ModelValues } from "./model.js";
import type { Settings } from "./settings.js";

export interface WorkloadManifest extends Provenance {
  readonly source: string;
  readonly lcRule: string;
  readonly machines: number;
  readonly executions: number;
  readonly steps: number;
  readonly stepSeconds: number;
}

export interface Manifest {
  readonly schedlab: string;
  readonly workload: WorkloadManifest;
  readonly policy: {
    readonly name: string;
    readonly parameters: Readonly<Record<string, number>>;
    /** There where it came from a module: the path as it was given, and the hash of the contents. */
    readonly module?: PolicyModule;
    /** There where the policy saw the future: a bound, not one that could be deployed. */
    readonly foresight?: true;
  };
  readonly simulation: {
    readonly seed: number;
    readonly steps: number;
    readonly sharing: string;
    readonly migration: MigrationModel;
    readonly model: ModelValues;
  };
}

/** Whether the run's policy saw the future: no policy competes with it. */
export function isBound({ manifest }: { readonly manifest: Manifest }): boolean {
  return manifest.policy.foresight === true;
}

export function createManifest(
  workload: Workload,
  policy: Policy,
  { seed, steps, sharing, migration, model }: Settings,
  parameters: Readonly<Record<string, number>>,
  module?: PolicyModule,
): Manifest {
  return {
    schedlab: VERSION,
    workload: describeSource(workload),
    policy: {
      name: policy.name,
      parameters,
      ...(module === undefined ? {} : { module }),
      ...(policy.rebalanceForeseeing === undefined ? {} : { foresight: true }),
    },
    simulation: { seed, steps, sharing, migration, model },
  };
}

function describeSource({
  source,
  lcRule,
  machines,
  executions,
  steps,
  stepSeconds,
  provenance,
}: Workload): WorkloadManifest {
  return {
    source,
    lcRule,
    machines: machines.id.length,
    executions: executions.start.length,
    steps,
    stepSeconds,
    ...provenance,
  };
}
