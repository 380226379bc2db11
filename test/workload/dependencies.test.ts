import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findCycle } from "../../src/base/cycles.js";
import { findFault } from "../../src/workload/check.js";
import { predecessorsOf, tabulateDependencies, type DependentTask } from "../../src/workload/dependencies.js";
import { keepSteps } from "../../src/workload/narrow.js";
import { tinyWorkload } from "../tiny-workload.js";

/** a and b of job 1 before c of job 1 and d of job 2; e stands alone; f names a task that is not there. */
const TASKS: DependentTask[] = [
  { key: "f", job: 4n, firstIndex: 0, instances: 1, after: ["gone"] },
  { key: "d", job: 2n, firstIndex: 0, instances: 1, after: ["b", "a", "b"] },
  { key: "e", job: 3n, firstIndex: 0, instances: 1, after: [] },
  { key: "c", job: 1n, firstIndex: 5, instances: 1, after: ["a"] },
  { key: "b", job: 1n, firstIndex: 3, instances: 2, after: [] },
  { key: "a", job: 1n, firstIndex: 0, instances: 3, after: [] },
];

describe("tabulateDependencies", () => {
  it("orders tasks by job and index, and leaves out those without any order", () => {
    const { columns, missing } = tabulateDependencies(TASKS);
    expect(missing).toBe(1);
    expect(columns).toEqual({
      job: BigInt64Array.of(1n, 1n, 1n, 2n),
      firstIndex: Int32Array.of(0, 3, 5, 0),
      instances: Int32Array.of(3, 2, 1, 1),
      offsets: Int32Array.of(0, 0, 0, 1, 3),
      after: Int32Array.of(0, 0, 1),
    });
    expect(tabulateDependencies(TASKS.slice().reverse()).columns).toEqual(columns);
    expect(tabulateDependencies([TASKS[0], TASKS[2]])).toEqual({ columns: undefined, missing: 1, loops: 0 });
  });

  it("leaves out orders that lead back to where they began, and counts them", () => {
    const task = (key: string, after: string[], firstIndex: number): DependentTask => ({
      key,
      job: 1n,
      firstIndex,
      instances: 1,
      after,
    });
    // a and b wait for each other, c for itself and for a: only the last can be kept.
    const { columns, missing, loops } = tabulateDependencies([
      task("a", ["b"], 0),
      task("b", ["a"], 1),
      task("c", ["c", "a"], 2),
    ]);
    expect([missing, loops]).toEqual([0, 3]);
    expect(predecessorsOf(columns)(1n, 2)).toEqual([{ job: 1n, firstIndex: 0, instances: 1 }]);
    expect([...predecessorsOf(columns)(1n, 0), ...predecessorsOf(columns)(1n, 1)]).toEqual([]);
  });

  it("keeps just the orders of which no path leads back, whatever the graph", () => {
    const graphs = fc.integer({ min: 1, max: 8 }).chain((size) => {
      const edge = fc.tuple(fc.nat(size - 1), fc.nat(size - 1));
      return fc.tuple(fc.constant(size), fc.uniqueArray(edge, { selector: String, maxLength: 20 }));
    });
    fc.assert(
      fc.property(graphs, ([size, edges]) => {
        // Reachability by Floyd and Warshall's closure.
        const reaches = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
        for (const [from, to] of edges) reaches[from][to] = true;
        for (let k = 0; k < size; k++)
          for (let i = 0; i < size; i++)
            for (let j = 0; j < size; j++) reaches[i][j] ||= reaches[i][k] && reaches[k][j];
        const kept = edges.filter(([from, to]) => from !== to && !reaches[to][from]);
        const tasks = Array.from({ length: size }, (_, i) => ({
          key: String(i),
          job: 1n,
          firstIndex: i,
          instances: 1,
          after: edges.filter(([from]) => from === i).map(([, to]) => String(to)),
        }));
        const { columns, loops } = tabulateDependencies(tasks);
        expect(loops).toBe(edges.length - kept.length);
        const cycle = findCycle(
          Array.from({ length: size }, (_, i) => edges.filter(([from]) => from === i).map(([, to]) => to)),
        );
        const inCycles = Array.from(reaches.keys()).filter((i) => reaches[i][i]);
        expect(cycle).toEqual(
          inCycles.filter((i) => i === inCycles[0] || (reaches[inCycles[0]][i] && reaches[i][inCycles[0]])),
        );
        const before = predecessorsOf(columns);
        for (let i = 0; i < size; i++) {
          const named = before(1n, i).map(({ firstIndex }) => firstIndex);
          expect(named).toEqual(
            kept
              .filter(([from]) => from === i)
              .map(([, to]) => to)
              .sort((a, b) => a - b),
          );
        }
      }),
    );
  });
});

describe("predecessorsOf", () => {
  it("names the groups of executions that end first", () => {
    const before = predecessorsOf(tabulateDependencies(TASKS).columns);
    const [a, b] = [
      { job: 1n, firstIndex: 0, instances: 3 },
      { job: 1n, firstIndex: 3, instances: 2 },
    ];
    expect(before(1n, 5)).toEqual([a]);
    expect(before(2n, 0)).toEqual([a, b]);
    expect([...before(1n, 4), ...before(1n, 6), ...before(3n, 0)]).toEqual([]);
    expect(predecessorsOf(undefined)(1n, 0)).toEqual([]);
  });
});

describe("findFault", () => {
  it("looks at dependencies, which narrowing keeps", () => {
    const { columns } = tabulateDependencies(TASKS);
    const workload = {
      ...tinyWorkload({ machines: [{}], tasks: [{ cpu: [0.5, 0.5] }], steps: 2 }),
      dependencies: columns,
    };
    expect(findFault(workload)).toBeUndefined();
    expect(keepSteps(workload, 1).dependencies).toBe(columns);
    const broken = (change: object): string | undefined =>
      findFault({ ...workload, dependencies: { ...columns!, ...change } });
    expect(broken({ after: Int32Array.of(0, 0, 9) })).toBe(
      "dependencies.after of row 2 is 9, outside 0 to 3",
    );
    expect(broken({ after: Int32Array.of(0) })).toBe("dependencies.offsets ends at 3, not 1");
    expect(broken({ instances: Int32Array.of(1) })).toBe("dependencies.instances has 1 rows, not 4");
    expect(broken({ offsets: Int32Array.of(0, 2, 1, 1, 3) })).toBe("dependencies.offsets decreases");
  });
});
