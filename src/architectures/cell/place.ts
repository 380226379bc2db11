/**
 * Random first fit (Omega's simulator): draw a machine from the pool. Where the task fits, claim the machine
 * and keep it in the pool; otherwise move it behind the pool until the end of this decision. The next
 * decision begins with the resulting order.
 */
import { drawBelow } from "../draws.js";
import { claim, claimInView, type View } from "./cell.js";
import { note } from "./claims.js";
import { placeByRule } from "./place-by-rule.js";
import type { CellRun, SchedulerState } from "./state.js";

/**
 * Chooses machines for the unplaced tasks of a job and writes them to `run.claims`. They are claimed
 * immediately: only in the view where there is one, otherwise in the cell.
 */
export function place(run: CellRun, scheduler: number, job: number, view: View | undefined): void {
  const { cell, claims, jobs } = run;
  const { pool, draws, record } = run.schedulers[scheduler];
  const cpu = jobs.cpu[job];
  const memory = jobs.memory[job];
  claims.count = 0;
  const isPrefill = scheduler === run.schedulers.length - 1;
  if (run.placer !== undefined && !isPrefill) {
    placeByRule(run, run.placer, scheduler, job, view);
    return;
  }
  let left = run.record.unplaced[job];
  let candidates = pool.length;
  while (left > 0 && candidates > 0) {
    const at = drawBelow(draws, candidates);
    const machine = pool[at];
    const own = view !== undefined && view.stamp[machine] === view.epoch;
    const usedCpu = own ? view.cpu[machine] : cell.cpu[machine];
    const usedMemory = own ? view.memory[machine] : cell.memory[machine];
    const freeCpu = cell.cpuCapacity[machine] - usedCpu;
    const freeMemory = cell.memoryCapacity[machine] - usedMemory;
    if (freeCpu >= cpu - cell.slack && freeMemory >= memory - cell.slack) {
      note(claims, machine, own ? view.sequence[machine] : cell.sequence[machine]);
      if (view === undefined) claim(cell, scheduler, machine, cpu, memory);
      else claimInView(cell, view, machine, cpu, memory);
      left--;
    } else {
      record.failedFits++;
      pool[at] = pool[--candidates];
      pool[candidates] = machine;
    }
  }
}

/**
 * Books the time that a scheduler thought about a job: as wasted (not `useful`) where the decision met a
 * conflict. Omega's simulator does not book the time of decisions that placed nothing.
 */
export function bookThinking(
  run: CellRun,
  { record }: SchedulerState,
  job: number,
  seconds: number,
  useful: boolean,
): void {
  const first = run.record.attempts[job] === 1;
  if (useful) {
    record.useful += seconds;
    if (first) record.firstUseful += seconds;
    run.record.useful[job] += seconds;
  } else {
    record.wasted += seconds;
    if (first) record.firstWasted += seconds;
    run.record.wasted[job] += seconds;
  }
}
