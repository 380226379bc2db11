/** Placement in a cell by a rule of the lab's policies instead of random first fit. */
import type { TaskView } from "../../policies/policy.js";
import { claim, claimInView, type View } from "./cell.js";
import { note } from "./claims.js";
import { fits, look, type Placer } from "./placer.js";
import type { CellRun } from "./state.js";

/**
 * Chooses machines for a job's unplaced tasks one by one, until the rule returns none, or one without room.
 */
export function placeByRule(
  run: CellRun,
  { policy, random, sees }: Placer,
  scheduler: number,
  job: number,
  view: View | undefined,
): void {
  const { cell, jobs, claims } = run;
  const { first, end } = run.schedulers[scheduler];
  sees.machinesFrom = first;
  sees.machinesTo = end;
  for (let m = 0; m < sees.machines; m++) look(sees, cell, view, m);
  const task: TaskView = {
    id: jobs.taskOffsets[job],
    latencyCritical: /^service$/i.test(jobs.classes[jobs.jobClass[job]]),
    priority: jobs.jobClass[job],
    cpu: jobs.cpu[job],
    cpuRequest: jobs.cpu[job],
    memory: jobs.memory[job],
    machine: -1,
    traceMachine: -1,
    age: 0,
  };
  for (let left = run.record.unplaced[job]; left > 0; left--) {
    const id = jobs.taskOffsets[job + 1] - left;
    const machine = policy.place!({ ...task, id }, sees, random);
    if (machine < 0 || !fits(sees, task, machine)) return;
    const own = view !== undefined && view.stamp[machine] === view.epoch;
    note(claims, machine, own ? view.sequence[machine] : cell.sequence[machine]);
    if (view === undefined) claim(cell, scheduler, machine, task.cpu, task.memory);
    else claimInView(cell, view, machine, task.cpu, task.memory);
    look(sees, cell, view, machine);
    sees.taskCount[machine]++;
  }
}
