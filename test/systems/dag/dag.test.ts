import { describe, expect, it } from "vitest";
import { dagFrom, dagFromStages } from "../../../src/systems/dag/dag-from.js";
import { sharesOf } from "../../../src/systems/dag/machines.js";
import { packDag } from "../../../src/systems/dag/pack-dag.js";

describe("dagFrom", () => {
  it("makes columns of rows, with resources in order of appearance and a stage for each task", () => {
    const dag = dagFrom([
      { id: "a", duration: 2, cpu: 0.5 },
      { id: "b", duration: 3, memory: 0.25, demand: { network: 0.1 }, stage: "s", after: ["a", "a"] },
      { duration: 0, stage: "s", after: ["b"] },
    ]);
    expect(dag.ids).toEqual(["a", "b", "2"]);
    expect(dag.resources).toEqual(["cpu", "memory", "network"]);
    expect([...dag.demand]).toEqual([0.5, 0, 0, 0, 0.25, 0.1, 0, 0, 0]);
    expect(dag.stages).toEqual(["a", "s"]);
    expect([...dag.stage]).toEqual([0, 1, 1]);
    expect([...dag.after.offsets]).toEqual([0, 0, 1, 2]);
    expect([...dag.after.nodes]).toEqual([0, 1]);
  });

  it.each([
    [[{ duration: NaN }], /duration of task row 1 is NaN/],
    [[{ duration: -1 }], /duration of task row 1 is -1/],
    [[{ duration: 1, cpu: Infinity }], /cpu of task row 1 is Infinity/],
    [[{ duration: 1, demand: { disk: NaN } }], /disk of task row 1 is NaN/],
    [[{ duration: 1, cpuu: 1 }], /unknown column of task row 1: cpuu \(did you mean cpu\?\)/],
    [
      [
        { id: "map-1", duration: 1 },
        { duration: 1, after: ["map-2"] },
      ],
      /row 2 waits for task map-2, which does not exist \(did you mean map-1\?\)/,
    ],
    [
      [
        { id: "a", duration: 1 },
        { id: "a", duration: 1 },
      ],
      /task id a is given twice/,
    ],
    [[{ id: "a", duration: 1, after: ["a"] }], /task a waits for itself: remove one of the edges/],
    [
      // z is behind the cycle, not in it.
      [
        { id: "z", duration: 1, after: ["a"] },
        { id: "a", duration: 1, after: ["b"] },
        { id: "b", duration: 1, after: ["a"] },
      ],
      /^tasks a, b wait for each other in a cycle: remove one of the edges$/,
    ],
    [[], /the graph has no tasks/],
  ])("refuses %j", (rows, message) => {
    expect(() => dagFrom(rows)).toThrow(message);
  });
});

describe("dagFromStages", () => {
  it("makes tasks of stages and barriers between them", () => {
    const dag = dagFromStages([
      { id: "map", tasks: 2, duration: 3, cpu: 0.5 },
      { id: "reduce", durations: [4], after: ["map"] },
    ]);
    expect(dag.ids).toEqual(["map/1", "map/2", "reduce"]);
    expect([...dag.duration]).toEqual([3, 3, 4]);
    expect([...dag.demand]).toEqual([0.5, 0, 0.5, 0, 0, 0]);
    expect([...dag.stageAfter.nodes]).toEqual([0]);
    // The barrier: reduce begins when both tasks of map have ended.
    expect([...packDag(dag, 1, "fifo").start]).toEqual([0, 0, 3]);
  });

  it.each([
    [[{ tasks: 2 }], /stage row 1 has no durations/],
    [
      [{ tasks: 0, duration: 1 }],
      /the number of tasks of stage row 1 is 0: give a whole number of 1 or more/,
    ],
    [[{ tasks: 3, durations: [1, 2] }], /stage row 1 has 3 tasks and 2 durations/],
    [
      [
        { id: "a", duration: 1, after: ["b"] },
        { id: "b", duration: 1, tasks: 2, after: ["a"] },
        { id: "c", duration: 1, after: ["b"] },
      ],
      /^tasks a, b\/1, b\/2 wait for each other in a cycle/,
    ],
  ])("refuses %j", (rows, message) => {
    expect(() => dagFromStages(rows)).toThrow(message);
  });
});

describe("sharesOf", () => {
  const dag = dagFrom([{ id: "a", duration: 1, cpu: 2, memory: 8 }]);

  it("divides demands by capacity", () => {
    expect([...sharesOf(dag, { machines: 1, capacity: { cpu: 4, memory: 8 } })]).toEqual([0.5, 1]);
  });

  it("refuses a task that is larger than a machine, and machines that are none", () => {
    expect(() => sharesOf(dag, 1)).toThrow(/task a demands 2 of cpu, and a machine has 1/);
    expect(() => sharesOf(dag, { machines: 1, capacity: { cpu: 4 } })).toThrow(
      /8 of memory, and a machine has 0/,
    );
    expect(() => packDag(dag, 0, "fifo")).toThrow(/machines is 0/);
    expect(() => packDag(dag, { machines: 1, capacity: { cpu: NaN } }, "fifo")).toThrow(
      /cpu of a machine is NaN/,
    );
  });
});
