import { isBound, type Manifest } from "../../simulate/manifest.js";
import type { DependencyCounts } from "../../workload/task-order.js";
import type { Workload } from "../../workload/workload.js";

/** Returns one line about the workload behind the metrics, printed under every table. */
export function basisOf({
  source,
  machines,
  executions,
  steps,
  stepSeconds,
  lcRule,
  provenance,
}: Workload): string {
  const hours = Math.round((steps * stepSeconds) / 360) / 10;
  return (
    `${source}: ${machines.id.length} machines, ${executions.start.length} executions, ${steps} steps ` +
    `(${hours} h); ` +
    `usage ${provenance.usage}; LC is ${lcRule}\n`
  );
}

/** Returns one line that names the bounds among the policies; "" where there are none. */
export function nameBounds(runs: readonly { readonly manifest: Manifest }[]): string {
  const names = new Set(runs.filter(isBound).map(({ manifest }) => manifest.policy.name));
  return names.size > 0
    ? `bounds, which see the future and could not be deployed: ${[...names].join(", ")}\n`
    : "";
}

/**
 * Returns one line on the order of tasks where the runs enforce it, with the dependencies that the trace
 * itself breaks, in all replicates together; "" elsewhere.
 */
export function describeOrder(runs: readonly { readonly manifest: Manifest }[]): string {
  const { policy, simulation } = runs[0].manifest;
  if (simulation.order === undefined) return "";
  const replicates = runs.filter(({ manifest }) => manifest.policy.name === policy.name);
  const sumOf = (key: keyof DependencyCounts): number =>
    replicates.reduce((sum, { manifest }) => sum + manifest.workload.dependencies![key], 0);
  const [count, broken] = [sumOf("count"), sumOf("broken")];
  if (count === 0) return "order enforced, but the trace says nothing of the order of its tasks\n";
  return (
    "order enforced: a task waits until all tasks that it comes after have ended; the trace itself breaks " +
    `${broken} of ${count} dependencies (${Math.round((100 * broken) / count)} %)\n`
  );
}
