import type { Workload } from "../workload.js";

/** Usage of each machine in each step, in reference machines, at position `machine * steps + step`. */
export interface MachineLoad {
  readonly steps: number;
  readonly cpu: Float32Array;
  readonly memory: Float32Array;
}

/**
 * Returns the usage of each machine in each step under the trace's own placement; all values are NaN where
 * the trace names no machine. Executions without a machine are left out. An execution's memory counts in full
 * in each step in which it is present.
 */
export function machineLoad({ machines, steps, executions, usage }: Workload): MachineLoad {
  const cpu = new Float32Array(machines.id.length * steps);
  const memory = new Float32Array(machines.id.length * steps);
  // The load is unknown where the trace names no machines; 0 would be wrong.
  if (!executions.machine.some((machine) => machine >= 0))
    return { steps, cpu: cpu.fill(NaN), memory: memory.fill(NaN) };
  for (let execution = 0; execution < executions.job.length; execution++) {
    if (executions.machine[execution] < 0) continue;
    const shift =
      executions.machine[execution] * steps + usage.firstStep[execution] - usage.offsets[execution];
    const to = Math.min(
      usage.offsets[execution + 1],
      usage.offsets[execution] + steps - usage.firstStep[execution],
    );
    for (let sample = usage.offsets[execution]; sample < to; sample++) {
      cpu[shift + sample] += usage.cpu[sample];
      memory[shift + sample] += usage.memory[sample];
    }
  }
  return { steps, cpu, memory };
}
