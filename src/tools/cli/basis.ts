import { isBound, type Manifest } from "../../simulate/manifest.js";
import type { Workload } from "../../workload/workload.js";

/** One line that says what figures rest on: printed under every table. */
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

/** One line that names the runs that are bounds; nothing where none is. */
export function nameBounds(runs: readonly { readonly manifest: Manifest }[]): string {
  const names = new Set(runs.filter(isBound).map(({ manifest }) => manifest.policy.name));
  return names.size > 0
    ? `bounds, which see the future and could not be deployed: ${[...names].join(", ")}\n`
    : "";
}
