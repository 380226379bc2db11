/** Several policies on one workload, side by side. */
import { resolveParameters } from "../parameters.js";
import { resolvePolicy, type PolicyChoice } from "../policies/index.js";
import type { Workload } from "../trace/workload.js";
import type { SimulationOptions } from "../simulate/settings.js";
import { simulate, type Run } from "../simulate/simulate.js";

export interface ComparisonOptions extends Omit<SimulationOptions, "policyParameters"> {
  /** Parameters of policies, by policy name. */
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/**
 * Simulates the workload under each policy, a built-in's name or a policy of one's own, and returns the runs in the
 * same order. All share the seed: placements and workload meet the same luck under every policy.
 * Throws InputError for an unknown name or parameter.
 */
export function compare(
  workload: Workload,
  policies: readonly PolicyChoice[],
  { parameters = {}, ...options }: ComparisonOptions = {},
): Run[] {
  // All are checked before the first is run: a slip in the last name should not cost the others' time.
  const ready = policies.map((choice) => {
    const policy = resolvePolicy(choice);
    const policyParameters = resolveParameters(
      `policy ${policy.name}`,
      policy.parameters,
      parameters[policy.name],
    );
    return { policy, policyParameters };
  });
  return ready.map(({ policy, policyParameters }) =>
    simulate(workload, policy, { ...options, policyParameters }),
  );
}
