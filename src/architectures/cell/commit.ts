/**
 * Optimistic concurrency (Schwarzkopf et al., Omega, EuroSys 2013, section 3.4): claims made in a private
 * view are committed to the cell, unless they conflict with what others have committed since the view was
 * opened.
 */
import { claim, hasFree, release } from "./cell.js";
import { beginTask, type CellRun } from "./state.js";

/**
 * Commits `run.claims`, starts the tasks of the committed claims and removes the other claims. Returns the
 * number of refused claims.
 */
export function commit(run: CellRun, scheduler: number, job: number): number {
  const { cell, claims, jobs, parts } = run;
  const cpu = jobs.cpu[job];
  const memory = jobs.memory[job];
  const wanted = claims.count;
  if (parts.conflict === "sequence-numbers" && !run.faults) forgetOwnClaims(run);
  let committed = 0;
  for (let i = 0; i < wanted; i++) {
    const machine = claims.machine[i];
    if (conflicts(run, i, cpu, memory)) {
      if (parts.transaction === "incremental") continue;
      for (let j = 0; j < committed; j++) release(cell, scheduler, claims.machine[j], cpu, memory);
      clearTimes(run, committed);
      claims.count = 0;
      return 1 + committed;
    }
    claim(cell, scheduler, machine, cpu, memory);
    claims.times[machine]++;
    claims.machine[committed++] = machine;
  }
  clearTimes(run, committed);
  for (let i = 0; i < committed; i++) beginTask(run, job, claims.machine[i]);
  claims.count = committed;
  return wanted - committed;
}

function conflicts(
  { cell, claims, parts, faults }: CellRun,
  i: number,
  cpu: number,
  memory: number,
): boolean {
  const machine = claims.machine[i];
  if (parts.conflict === "resource-fit") return !hasFree(cell, machine, cpu, memory);
  // The program counts the job's own claims in both numbers, so that a claim of another scheduler can
  // compensate for a refused claim of this job in the comparison. A machine is then claimed twice.
  const own = faults ? 0 : claims.times[machine];
  return claims.sequence[i] !== cell.sequence[machine] - own;
}

/** Sets `claims.sequence` to the numbers that the machines had when the view was opened. */
function forgetOwnClaims({ claims }: CellRun): void {
  for (let i = 0; i < claims.count; i++) claims.sequence[i] -= claims.times[claims.machine[i]]++;
  for (let i = 0; i < claims.count; i++) claims.times[claims.machine[i]] = 0;
}

function clearTimes({ claims }: CellRun, committed: number): void {
  for (let i = 0; i < committed; i++) claims.times[claims.machine[i]] = 0;
}
