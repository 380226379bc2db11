import type { Workload } from "../workload.js";

/**
 * Use of each machine in each step, machine by machine: entry `machine * steps + step`, in reference
 * machines.
 */
export interface MachineLoad {
  readonly steps: number;
  readonly cpu: Float32Array;
  readonly memory: Float32Array;
}

/**
 * Returns what the trace's own placement uses on each machine and step, NaN where it places no execution at
 * all. Executions without a machine are left out, and an execution's memory counts in full in each step that
 * it touches.
 */
export function machineLoad({ machines, steps, executions, usage }: Workload): MachineLoad {
  const cpu = new Float32Array(machines.id.length * steps);
  const memory = new Float32Array(machines.id.length * steps);
  // Of a trace that names no machines, nothing is known of their load: 0 would be a figure.
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
