/** Chains and graphs that fork and join, with optima worked out by hand. */
import { describe, expect, it } from "vitest";
import { boundsOf } from "../../../src/systems/dag/bounds.js";
import { dagFrom, dagFromStages, type TaskRow } from "../../../src/systems/dag/dag-from.js";
import type { Dag } from "../../../src/systems/dag/dag.js";
import { optimalMakespan } from "../../../src/systems/dag/optimum.js";
import { packDag } from "../../../src/systems/dag/pack-dag.js";
import { ORDERS } from "../../../src/systems/dag/registry.js";

/** A chain of tasks that each take a whole machine, or the share `cpu`. */
const chain = (name: string, durations: readonly number[], cpu = 1): TaskRow[] =>
  durations.map((duration, i) => ({
    id: `${name}${i}`,
    duration,
    cpu,
    after: i === 0 ? [] : [`${name}${i - 1}`],
  }));

const fork = (width: number, inner: number, cpu: number): Dag =>
  dagFromStages([
    { id: "fork", duration: 1, cpu: 1 },
    { id: "work", tasks: width, duration: inner, cpu, after: ["fork"] },
    { id: "join", duration: 2, cpu: 1, after: ["work"] },
  ]);

const CASES: [string, Dag, number, number][] = [
  ["one chain: the sum", dagFrom(chain("a", [3, 1, 4, 1, 5])), 1, 14],
  ["one chain on many machines: still the sum", dagFrom(chain("a", [3, 1, 4, 1, 5])), 4, 14],
  ["two chains of whole machines on one: the sum", dagFrom([...chain("a", [2, 3]), ...chain("b", [4, 1])]), 1, 10],
  ["two chains on two: the longer one", dagFrom([...chain("a", [2, 3]), ...chain("b", [4, 2])]), 2, 6],
  ["two chains of halves on one: the longer one", dagFrom([...chain("a", [2, 3], 0.5), ...chain("b", [4, 2], 0.5)]), 1, 6],
  // 12 units of work on two machines, cut without rest: 3 + 1 + 2 beside 2 + 2 + 2.
  ["three chains on two: the work", dagFrom([...chain("a", [3, 1]), ...chain("b", [2, 2]), ...chain("c", [2, 2])]), 2, 6],
  // .6 and .6 exclude each other: 3 x (2 + 1).
  ["three chains that exclude each other", dagFrom(["a", "b", "c"].flatMap((c) => chain(c, [2, 1], 0.6))), 1, 9],
  ["a fork of four halves on one: two waves", fork(4, 3, 0.5), 1, 1 + 6 + 2],
  ["a fork of four halves on two: one wave", fork(4, 3, 0.5), 2, 1 + 3 + 2],
  ["a fork of five wholes on two: three waves", fork(5, 3, 1), 2, 1 + 9 + 2],
  ["a fork of three at .4 on one: two waves", fork(3, 4, 0.4), 1, 1 + 8 + 2],
]; // prettier-ignore

describe.each(CASES)("%s", (_, dag, machines, optimum) => {
  it("is found by the exact search, and no bound is above it", () => {
    expect(optimalMakespan(dag, machines)).toBe(optimum);
    expect(boundsOf(dag, machines).best).toBeLessThanOrEqual(optimum);
  });

  it("is reached by Graphene, and no order is below it", () => {
    expect(packDag(dag, machines, "graphene").makespan).toBe(optimum);
    for (const { name } of ORDERS)
      expect(packDag(dag, machines, name).makespan).toBeGreaterThanOrEqual(optimum);
  });
});

it("the exact search refuses large graphs", () => {
  expect(() => optimalMakespan(dagFrom(chain("a", new Array<number>(11).fill(1))), 1)).toThrow(
    /the graph has 11 tasks: the exact search takes at most 10; use boundsOf/,
  );
});
