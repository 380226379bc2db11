import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createTaskNumbers,
  findSame,
  indexOf,
  jobOf,
  numberTasks,
  taskTable,
} from "../../../src/workload/build/tasks.js";

interface Task {
  readonly job: bigint;
  readonly index: number;
}

/** Few tasks, so that they come again; job ids that differ in one of their words only, or not. */
const task = fc.record({
  job: fc.constantFrom(1n, 2n, 3n, 1n + (1n << 32n), (1n << 63n) - 1n),
  index: fc.integer({ min: 0, max: 3 }),
});

/** Window after window with nearly the same tasks in the same order, as usage comes. */
const windows = fc
  .tuple(fc.uniqueArray(task, { selector: keyOf }), fc.array(fc.array(fc.nat(5), { maxLength: 25 })))
  .map(([tasks, chances]) => chances.flatMap((left) => tasks.filter((_, i) => left[i] !== 0)));

function keyOf({ job, index }: Task): string {
  return `${job}/${index}`;
}

const jobsOf = (rows: readonly Task[]) => BigInt64Array.from(rows, ({ job }) => job);
const indicesOf = (rows: readonly Task[]) => Int32Array.from(rows, ({ index }) => index);

describe("numberTasks", () => {
  it("numbers tasks in order of first sight, whatever the order of rows, call after call", () => {
    const rows = fc.array(fc.oneof(fc.array(task), windows), { maxLength: 4 });
    let again = 0;
    fc.assert(
      fc.property(rows, (calls) => {
        const tasks = createTaskNumbers();
        const expected = new Map<string, number>();
        for (const call of calls) {
          const numbers = call.map((row) => {
            const key = keyOf(row);
            if (expected.has(key)) again++;
            else expected.set(key, expected.size);
            return expected.get(key);
          });
          expect([...numberTasks(tasks, jobsOf(call), indicesOf(call))]).toEqual(numbers);
        }
        expect(tasks.count).toBe(expected.size);
        const { job, index } = taskTable(tasks);
        expect(Array.from(job, (id, i) => keyOf({ job: id, index: index[i] }))).toEqual([...expected.keys()]);
      }),
      { numRuns: 500 },
    );
    expect(again).toBeGreaterThan(1000);
  });

  it("numbers the first rows alone where it is told how many", () => {
    const rows = [1n, 2n, 1n, 3n].map((job) => ({ job, index: 0 }));
    const tasks = createTaskNumbers();
    expect([...numberTasks(tasks, jobsOf(rows), indicesOf(rows), 3)]).toEqual([0, 1, 0]);
    expect(tasks.count).toBe(2);
  });
});

describe("findSame", () => {
  it("finds a task of one index in another", () => {
    const [one, other] = [createTaskNumbers(), createTaskNumbers()];
    numberTasks(one, BigInt64Array.of(7n, 8n, 9n), Int32Array.of(0, 1, 2));
    numberTasks(other, BigInt64Array.of(9n, 7n, 8n), Int32Array.of(2, 1, 1));
    const found = [0, 1, 2].map((number) => findSame(other.known, one.known, number));
    expect(found).toEqual([-1, 2, 0]);
    expect([jobOf(one, 1), indexOf(one, 1)]).toEqual([jobOf(other, 2), indexOf(other, 2)]);
  });
});
