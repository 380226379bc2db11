import type { Workload } from "../workload.js";

/** Use of each machine in each step, machine by machine: entry `machine * steps + step`, in reference machines. */
export interface MachineLoad {
  readonly steps: number;
  readonly cpu: Float32Array;
  readonly memory: Float32Array;
}

/**
 * Returns what the trace's own placement uses on each machine and step, NaN where it places no run at all.
 * Runs without a machine are left out, and a run's memory counts in full in each step that it touches.
 */
export function machineLoad({ machines, steps, runs, usage }: Workload): MachineLoad {
  const cpu = new Float32Array(machines.id.length * steps);
  const memory = new Float32Array(machines.id.length * steps);
  // Of a trace that names no machines, nothing is known of their load: 0 would be a figure.
  if (!runs.machine.some((machine) => machine >= 0))
    return { steps, cpu: cpu.fill(NaN), memory: memory.fill(NaN) };
  for (let run = 0; run < runs.job.length; run++) {
    if (runs.machine[run] < 0) continue;
    const shift = runs.machine[run] * steps + usage.firstStep[run] - usage.offsets[run];
    const to = Math.min(usage.offsets[run + 1], usage.offsets[run] + steps - usage.firstStep[run]);
    for (let sample = usage.offsets[run]; sample < to; sample++) {
      cpu[shift + sample] += usage.cpu[sample];
      memory[shift + sample] += usage.memory[sample];
    }
  }
  return { steps, cpu, memory };
}
