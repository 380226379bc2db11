import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKeeper, tasksWithExecutions } from "../../../src/traces/google2011/keep.js";
import { COLUMNS_OF } from "../../../src/traces/google2011/rows.js";
import { joinExecutions, executionColumns } from "../../../src/workload/build/executions.js";
import { wordsOf } from "../../../src/base/columns/words.js";
import { createTaskNumbers, numberTask } from "../../../src/workload/build/tasks.js";
import {
  countUnknown,
  createWants,
  unknownUsage,
  wantedUsage,
  wantsTask,
} from "../../../src/traces/google2011/wanted-usage.js";

/** An execution of task j, index 0, of each job j, on a machine, -1 where the events name none. */
type Executions = readonly { readonly job: number; readonly machine: number }[];

const MACHINES = [1, 2, 3];

function wantedOf(executions: Executions, machines: readonly number[], isWhole: boolean) {
  const tasks = createTaskNumbers();
  // Known from events that are no execution.
  numberTask(tasks, 99, 0, 0);
  const rows = joinExecutions(
    executionColumns(0),
    executions.map(({ job, machine }) => ({
      ...{ submit: 0, start: 0, end: 1, outcome: 0, priority: 0, schedulingClass: 0, cpu: 0, memory: 0 },
      task: numberTask(tasks, job, 0, 0),
      machine: BigInt(machine),
    })),
  );
  const choice = {
    rows: Int32Array.from(machines, (id) => MACHINES.indexOf(id)),
    isWhole,
    fraction: isWhole ? 1 : machines.length / MACHINES.length,
  };
  const keeper = createKeeper({ id: BigInt64Array.from(MACHINES, BigInt) }, choice, tasks, 1);
  return wantedUsage(rows, tasksWithExecutions(rows, tasks.count), tasks, keeper);
}

const someRuns = fc.array(fc.record({ job: fc.nat(9), machine: fc.constantFrom(-1, ...MACHINES) }));
const someRows = fc.array(
  fc.record({ job: fc.oneof(fc.nat(12), fc.constant(99)), machine: fc.constantFrom(-1, 1, 2, 3, 4) }),
);

describe("wanted usage", () => {
  it("is every row where every machine is kept, and rows of tasks without executions are counted", () => {
    fc.assert(
      fc.property(someRuns, someRows, (executions, rows) => {
        const wants = createWants(wantedOf(executions, MACHINES, true));
        expect(wants.isEverything).toBe(true);
        for (const { job, machine } of rows) {
          const isWanted = wantsTask(wants, job, 0, 0) ?? wants.byMachine(BigInt(job), 0, BigInt(machine));
          expect(isWanted).toBe(true);
        }
        const withRuns = new Set(executions.map(({ job }) => job));
        const columns = {
          job: BigInt64Array.from(rows, ({ job }) => BigInt(job)),
          index: new Int32Array(rows.length),
        };
        expect(countUnknown(wants, columns, rows.length)).toBe(
          rows.filter(({ job }) => !withRuns.has(job)).length,
        );
      }),
    );
  });

  it("is that of tasks with an execution on a machine kept, and of others by their machine", () => {
    fc.assert(
      fc.property(someRuns, someRows, (executions, rows) => {
        const placed = executions.filter(({ machine }) => machine > 0);
        const wants = createWants(wantedOf(placed, [2], false));
        expect(wants.isEverything).toBe(false);
        for (const { job, machine } of rows.filter((row) => row.machine > 0)) {
          const own = placed.filter((execution) => execution.job === job);
          const expected = own.length > 0 ? own.some((execution) => execution.machine === 2) : machine === 2;
          const isWanted = wantsTask(wants, job, 0, 0) ?? wants.byMachine(BigInt(job), 0, BigInt(machine));
          expect(isWanted).toBe(expected);
        }
      }),
    );
  });

  it("leaves the rows of tasks without executions of a batch, in order, every column", () => {
    fc.assert(
      fc.property(someRuns, someRows, (executions, rows) => {
        const known = wantedOf(executions, MACHINES, true);
        const withRuns = new Set(executions.map(({ job }) => job));
        const columns = COLUMNS_OF.task_usage(rows.length);
        rows.forEach(({ job, machine }, row) => {
          columns.job[row] = BigInt(job);
          columns.machine[row] = BigInt(machine);
          columns.start[row] = row;
          columns.end[row] = row + 0.5;
          columns.cpu[row] = row / 8;
          columns.memory[row] = -row;
        });
        const left = unknownUsage({ columns, from: 3, to: 7 }, known);
        const places = rows.flatMap(({ job }, row) => (withRuns.has(job) ? [] : [row]));
        expect([left.from, left.to]).toEqual([3, 7]);
        expect(Object.keys(left.columns)).toEqual(Object.keys(columns));
        for (const name of Object.keys(columns) as (keyof typeof columns)[]) {
          expect(Array.from<bigint | number>(left.columns[name])).toEqual(
            places.map((row) => columns[name][row]),
          );
        }
      }),
    );
  });

  it("tells jobs apart by both words of their id", () => {
    const wants = createWants(wantedOf([{ job: 5, machine: 1 }], MACHINES, true));
    const job = BigInt64Array.of(5n, 5n + (1n << 32n));
    expect(wordsOf(job)).toEqual(Int32Array.of(5, 0, 5, 1));
    expect(countUnknown(wants, { job, index: new Int32Array(2) }, 2)).toBe(1);
  });
});
