/** Several policies on one workload, side by side. */
import { createPolicy, findPolicy } from "../policies/index.js";
import type { Policy, RebalanceFunction } from "../policies/policy.js";
import { resolveParameters } from "../parameters.js";
import type { Workload } from "../trace/workload.js";
import type { SimulationOptions } from "../simulate/settings.js";
import { simulate, type Run } from "../simulate/simulate.js";

export interface ComparisonOptions extends Omit<SimulationOptions, "policyParameters"> {
  /** Parameters of built-in policies, by policy name. */
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/**
 * Simulates the workload under each policy, a built-in's name or a policy of one's own, and returns the runs in the
 * same order. All share the seed: placements and workload meet the same luck under every policy.
 * Throws InputError for an unknown name or parameter.
 */
export function compare(
  workload: Workload,
  policies: readonly (string | Policy | RebalanceFunction)[],
  { parameters = {}, ...options }: ComparisonOptions = {},
): Run[] {
  // All are checked before the first is run: a slip in the last name should not cost the others' time.
  const ready = policies.map((policy) => {
    if (typeof policy !== "string") return { policy, policyParameters: {} };
    const given = parameters[policy] ?? {};
    const values = resolveParameters(`policy ${policy}`, findPolicy(policy).parameters, given);
    return { policy: createPolicy(policy, given), policyParameters: values };
  });
  return ready.map(({ policy, policyParameters }) =>
    simulate(workload, policy, { ...options, policyParameters }),
  );
}
