/** Where each execution was, and when. */
import { table, type ColumnTable } from "arquero";
import { MIGRATION_OUTCOME } from "./migrations.js";
import type { Run } from "./simulate.js";

/** A time that one execution spent on one machine. Times are in s; `to` is at most the end of the run. */
export interface Stay {
  readonly execution: number;
  readonly machine: number;
  readonly from: number;
  readonly to: number;
  /** The machine from which the execution came by migration, and to which it went; -1 for none. */
  readonly came: number;
  readonly went: number;
}

/**
 * Returns a table with one row per execution and machine that it was on: `execution` (row of
 * `workload.executions`), `machine`, `from` and `to` in s, and the machines from which it `came` and to which
 * it `went` by migration (-1: none). A migration counts when it is complete: only then the simulation frees
 * the room at the source. In step s an execution is on the machine of its first stay that overlaps
 * the step. Executions that lost their machine in a machine event (`run.tasks.evictions`) are left out: a run
 * does not record where they were in between.
 */
export function staysTable(run: Pick<Run, "tasks" | "migrations" | "manifest">): ColumnTable {
  const stays = staysOf(run);
  const names = ["execution", "machine", "from", "to", "came", "went"] as const;
  return table(Object.fromEntries(names.map((name) => [name, stays.map((stay) => stay[name])])));
}

/** Returns the rows of `staysTable`, in order of execution and time. */
export function staysOf({
  tasks,
  migrations,
  manifest: { workload, simulation },
}: Pick<Run, "tasks" | "migrations" | "manifest">): Stay[] {
  const end = simulation.steps * workload.stepSeconds;
  const moves = completedMoves(migrations);
  const stays: Stay[] = [];
  for (let execution = 0; execution < tasks.placed.length; execution++) {
    if (Number.isNaN(tasks.placed[execution]) || tasks.evictions[execution] > 0) continue;
    const ended = tasks.ended[execution];
    const last = Number.isNaN(ended) ? end : Math.min(end, ended);
    let [from, came] = [tasks.placed[execution], -1];
    for (const row of moves.get(execution) ?? []) {
      const to = migrations.start[row] + migrations.seconds[row];
      const machine = migrations.from[row];
      stays.push({ execution, machine, from, to, came, went: migrations.to[row] });
      [from, came] = [to, machine];
    }
    stays.push({ execution, machine: tasks.machine[execution], from, to: last, came, went: -1 });
  }
  return stays;
}

/** Returns the rows of the completed migrations of each execution, in order of time. */
function completedMoves({ execution, outcome }: Run["migrations"]): Map<number, number[]> {
  const moves = new Map<number, number[]>();
  outcome.forEach((code, row) => {
    if (MIGRATION_OUTCOME[code] !== "completed") return;
    const known = moves.get(execution[row]);
    if (known === undefined) moves.set(execution[row], [row]);
    else known.push(row);
  });
  return moves;
}
