/** How much CPU the tasks on machines request. */
import { InputError } from "../base/errors.js";
import { MACHINE_EVENT, type Workload } from "../workload/workload.js";
import type { Run } from "./simulate.js";

/**
 * Returns for each step the CPU that the placed tasks request, over the capacity of the machines that are up:
 * mean over the step; a task counts from its placement to its end in the simulation, also while it waits for
 * another machine after an eviction. NaN where no machine is up. Throws InputError for a workload that is not
 * the run's.
 */
export function requestShares(
  { tasks, steps }: Pick<Run, "tasks" | "steps">,
  { executions, machines, machineEvents, stepSeconds }: Workload,
): Float64Array {
  const count = steps.time.length;
  if (tasks.placed.length !== executions.start.length) {
    throw new InputError(
      `the run has ${tasks.placed.length} executions, the workload ${executions.start.length}: give the ` +
        "workload that was simulated",
    );
  }
  // A request that begins within a step counts in part in it, and in full from the next step on.
  const changes = new Float64Array(count + 2);
  const change = (time: number, by: number): void => {
    const step = Math.floor(time / stepSeconds);
    const part = step + 1 - time / stepSeconds;
    changes[step] += by * part;
    changes[step + 1] += by * (1 - part);
  };
  tasks.placed.forEach((placed, execution) => {
    if (Number.isNaN(placed)) return;
    const request = executions.cpuRequest[execution];
    change(placed, request);
    const ended = tasks.ended[execution];
    if (ended < count * stepSeconds) change(ended, -request);
  });
  const capacity = capacities({ machines, machineEvents, stepSeconds }, count);
  let requested = 0;
  return capacity.map((cpu, step) => (requested += changes[step]) / cpu || (cpu > 0 ? 0 : NaN));
}

/** Returns the CPU of the machines that are up in each step: events count from the step that they fall in. */
function capacities(
  { machines, machineEvents, stepSeconds }: Pick<Workload, "machines" | "machineEvents" | "stepSeconds">,
  steps: number,
): Float64Array {
  const { time, machine, kind, cpu } = machineEvents;
  const now = machines.cpu.map((capacity, m) => (machines.up[m] === 1 ? capacity : 0));
  let total = now.reduce((sum, capacity) => sum + capacity, 0);
  let next = 0;
  return Float64Array.from({ length: steps }, (_, step) => {
    for (; next < time.length && time[next] < (step + 1) * stepSeconds; next++) {
      const after = kind[next] === MACHINE_EVENT.remove ? 0 : cpu[next];
      total += after - now[machine[next]];
      now[machine[next]] = after;
    }
    return total;
  });
}
