/**
 * Random first fit (Omega's simulator): draw a machine of the pool; where the task fits, claim it and leave
 * the machine in; else put the machine behind the pool for this decision. The order of the pool stays from
 * decision to decision.
 */
import { drawBelow } from "../draws.js";
import { claim, keep, type View } from "./cell.js";
import type { CellRun, Claims, SchedulerState } from "./state.js";

/**
 * Chooses machines for the unplaced tasks of a job and leaves them in `run.claims`. They are claimed at once:
 * in the cell, or, where there is a view, in the view alone.
 */
export function place(run: CellRun, scheduler: number, job: number, view: View | undefined): void {
  const { cell, claims, jobs } = run;
  const { pool, draws, record } = run.schedulers[scheduler];
  const cpu = jobs.cpu[job];
  const memory = jobs.memory[job];
  claims.count = 0;
  let left = run.record.unplaced[job];
  let candidates = pool.length;
  while (left > 0 && candidates > 0) {
    const at = drawBelow(draws, candidates);
    const machine = pool[at];
    const own = view !== undefined && view.stamp[machine] === view.epoch;
    const usedCpu = own ? view.cpu[machine] : cell.cpu[machine];
    const usedMemory = own ? view.memory[machine] : cell.memory[machine];
    if (cell.cpuCapacity[machine] - usedCpu >= cpu && cell.memoryCapacity[machine] - usedMemory >= memory) {
      note(claims, machine, own ? view.sequence[machine] : cell.sequence[machine]);
      if (view === undefined) claim(cell, scheduler, machine, cpu, memory);
      else claimInView(run, view, machine, cpu, memory);
      left--;
    } else {
      record.failedFits++;
      pool[at] = pool[--candidates];
      pool[candidates] = machine;
    }
  }
}

function claimInView({ cell }: CellRun, view: View, machine: number, cpu: number, memory: number): void {
  keep(view, cell, machine);
  view.cpu[machine] += cpu;
  view.memory[machine] += memory;
  view.sequence[machine]++;
}

function note(claims: Claims, machine: number, sequence: number): void {
  if (claims.count === claims.machine.length) {
    const longer = (column: Int32Array): Int32Array => {
      const twice = new Int32Array(2 * column.length);
      twice.set(column);
      return twice;
    };
    claims.machine = longer(claims.machine);
    claims.sequence = longer(claims.sequence);
  }
  claims.machine[claims.count] = machine;
  claims.sequence[claims.count++] = sequence;
}

/** Books the time that a scheduler thought about a job. */
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
