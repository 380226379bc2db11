import { isBound, type Manifest } from "../../simulate/manifest.js";
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
