import type { Workload } from "../trace/workload.js";

/** One line that says what figures rest on: printed under every table. */
export function basisOf({
  source,
  machines,
  runs,
  steps,
  stepSeconds,
  lcRule,
  provenance,
}: Workload): string {
  const hours = Math.round((steps * stepSeconds) / 360) / 10;
  return (
    `${source}: ${machines.id.length} machines, ${runs.start.length} runs, ${steps} steps (${hours} h); ` +
    `usage ${provenance.usage}; LC is ${lcRule}\n`
  );
}
