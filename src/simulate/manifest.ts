/** The origin of a result: everything needed to reproduce it. */
import type { MigrationModel } from "../cluster/migration/presets.js";
import type { PolicyModule } from "../policies/index.js";
import type { Policy } from "../policies/policy.js";
import { countDependencies, type DependencyCounts } from "../workload/task-order.js";
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
  /** Present where the order of tasks is enforced: how far the trace keeps it. */
  readonly dependencies?: DependencyCounts;
}

export interface Manifest {
  readonly schedlab: string;
  readonly workload: WorkloadManifest;
  readonly policy: {
    readonly name: string;
    readonly parameters: Readonly<Record<string, number>>;
    /** Present if the policy came from a module: the path as given, and the hash of the contents. */
    readonly module?: PolicyModule;
    /** Present if the policy saw the future: it is a bound, not a policy that could be deployed. */
    readonly foresight?: true;
  };
  readonly simulation: {
    readonly seed: number;
    readonly steps: number;
    readonly sharing: string;
    readonly migration: MigrationModel;
    /** Absent where tasks keep the times of the trace. */
    readonly order?: "enforced";
    readonly model: ModelValues;
  };
}

/** Whether the run's policy saw the future, so that it must not be ranked with other policies. */
export function isBound({ manifest }: { readonly manifest: Manifest }): boolean {
  return manifest.policy.foresight === true;
}

export function createManifest(
  workload: Workload,
  policy: Policy,
  { seed, steps, sharing, migration, order, model }: Settings,
  parameters: Readonly<Record<string, number>>,
  module?: PolicyModule,
): Manifest {
  return {
    schedlab: VERSION,
    workload: {
      ...describeSource(workload),
      ...(order && { dependencies: countDependencies(workload) }),
    },
    policy: {
      name: policy.name,
      parameters,
      ...(module === undefined ? {} : { module }),
      ...(policy.rebalanceForeseeing === undefined ? {} : { foresight: true }),
    },
    simulation: { seed, steps, sharing, migration, ...(order && { order }), model },
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
