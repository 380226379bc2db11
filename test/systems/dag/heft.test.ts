import { describe, expect, it } from "vitest";
import { dagFrom } from "../../../src/systems/dag/dag-from.js";
import { heftSchedule } from "../../../src/systems/dag/heft.js";

/** Figure 2 and table of Topcuoglu, Hariri, Wu (2002): edges with their communication, costs on 3 processors. */
// prettier-ignore
const EDGES = [
  [1, 2, 18], [1, 3, 12], [1, 4, 9], [1, 5, 11], [1, 6, 14], [2, 8, 19], [2, 9, 16], [3, 7, 23],
  [4, 8, 27], [4, 9, 23], [5, 9, 13], [6, 8, 15], [7, 10, 17], [8, 10, 11], [9, 10, 13],
];
// prettier-ignore
const COSTS = [
  [14, 16, 9], [13, 19, 18], [11, 13, 19], [13, 8, 17], [12, 13, 10],
  [13, 16, 9], [7, 15, 11], [5, 11, 14], [18, 12, 20], [21, 7, 16],
];
const dag = dagFrom(
  COSTS.map((_, i) => ({
    id: i + 1,
    duration: 1,
    after: EDGES.filter(([, to]) => to === i + 1).map(([from]) => from),
  })),
);
const communication = EDGES.map(([from, to, time]) => ({ from: String(from), to: String(to), time }));

describe("heftSchedule", () => {
  it("equals the published example: ranks, processors, times and makespan", () => {
    const { rank, makespan, machine, start } = heftSchedule(dag, COSTS, communication);
    const ranks = [108, 77, 80, 80, 69, 63.333, 42.667, 35.667, 44.333, 14.667];
    ranks.forEach((value, t) => {
      expect(rank[t]).toBeCloseTo(value, 3);
    });
    expect(makespan).toBe(80);
    // Figure 4(a) of the paper.
    expect([...machine]).toEqual([2, 0, 2, 1, 2, 1, 2, 0, 1, 1]);
    expect([...start]).toEqual([0, 27, 9, 18, 28, 26, 38, 57, 56, 73]);
  });

  it("uses a gap", () => {
    // a on P1 until 4; c waits for a's data until 10; d (rank 2) fits in before.
    const small = dagFrom([
      { id: "a", duration: 1 },
      { id: "c", duration: 1, after: ["a"] },
      { id: "d", duration: 1 },
    ]);
    const { start } = heftSchedule(small, [[4], [5], [2]]);
    expect([...start]).toEqual([0, 4, 9]);
    const two = heftSchedule(
      small,
      [
        [4, 9],
        [9, 3],
        [5, 6],
      ],
      [{ from: "a", to: "c", time: 6 }],
    );
    // c: 4 + 9 = 13 on P1, 4 + 6 + 3 = 13 on P2: the first. d: on P2 from 0 to 6.
    expect([...two.machine]).toEqual([0, 0, 1]);
    expect([...two.start]).toEqual([0, 4, 0]);
  });

  it("refuses costs and communication that do not fit the graph", () => {
    expect(() => heftSchedule(dag, COSTS.slice(1))).toThrow(
      /costs has 9 rows: give one for each of the 10 tasks/,
    );
    expect(() => heftSchedule(dag, [...COSTS.slice(1), [1, 2]])).toThrow(/costs of task 10 has 2 times/);
    expect(() => heftSchedule(dag, [...COSTS.slice(1), [1, 2, NaN]])).toThrow(/a cost of task 10 is NaN/);
    expect(() => heftSchedule(dag, COSTS, [{ from: "1", to: "10", time: 1 }])).toThrow(
      /from 1 to 10: there is no/,
    );
  });
});
