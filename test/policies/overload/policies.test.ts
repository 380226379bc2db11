import { describe, expect, it } from "vitest";
import type { TinyTask } from "../../tiny-workload.js";
import { moved, movingSteps, on, run } from "../hand-made.js";

/** Machine 0 wants 1.1875, 0.25 above the limit below. */
const TASKS: readonly TinyTask[] = [
  on(0, 0.5, true),
  on(0, 0.3125, false, { memory: 0.1 }),
  on(0, 0.125, false, { memory: 0.2 }),
  on(0, 0.25, false, { memory: 0.3 }),
  on(1, 0.2),
  on(2, 0.3),
  on(3, 0.5),
];
const limit = 0.9375;

describe("overload policies", () => {
  it("mmt: the task with the least memory brings the machine down to 0.875", () => {
    expect(moved(run("thr-mmt", TASKS, { parameters: { limit } }))).toEqual([[1, 0, 1]]);
  });

  it("mu: 0.125 is not enough, 0.25 is chosen too; the larger goes first, to the least loaded machine", () => {
    expect(moved(run("thr-mu", TASKS, { parameters: { limit } }))).toEqual([
      [3, 0, 1],
      [2, 0, 2],
    ]);
  });

  it("hpg: 0.25 covers the excess exactly; a machine at its limit is not above it", () => {
    expect(moved(run("thr-hpg", TASKS, { parameters: { limit } }))).toEqual([[3, 0, 1]]);
  });

  it("mc: the task that rises and falls with the others leaves, though it has more memory", () => {
    const wave = [0.25, 0.125, 0.375, 0.25, 0.3125, 0.125, 0.25, 0.5, 0.5];
    const tasks = [
      on(0, 0, true, { cpu: wave }),
      on(0, 0, false, { cpu: wave.map((x) => x / 2), memory: 0.2 }),
      on(0, 0, false, { cpu: [0.25, 0.25, 0.25, 0.1875, 0.25, 0.25, 0.1875, 0.25, 0.25], memory: 0.1 }),
    ];
    const options = { steps: 9, machines: 2, parameters: { limit } };
    expect(movingSteps(run("thr-mc", tasks, options))).toEqual([7]);
    expect(moved(run("thr-mc", tasks, options), 7)).toEqual([[1, 0, 1]]);
    expect(moved(run("thr-mmt", tasks, options), 7)).toEqual([[2, 0, 1]]);
  });

  it("rs: with different seeds every task is chosen", () => {
    const chosen = new Set<number>();
    for (let seed = 1; seed <= 20; seed++) {
      for (const [task] of moved(run("thr-rs", TASKS, { seed, parameters: { limit } }))) chosen.add(task);
    }
    expect(Array.from(chosen).sort()).toEqual([1, 2, 3]);
  });

  it("pack: to the machine with the least room that suffices, under the limit and the ceiling", () => {
    // Rooms 0.7375, 0.6375, 0.4375 for 0.3125; under a ceiling of 0.75 they are 0.55, 0.45, 0.25.
    expect(moved(run("thr-mmt", TASKS, { parameters: { limit, pack: 1 } }))).toEqual([[1, 0, 3]]);
    expect(moved(run("thr-mmt", TASKS, { parameters: { limit, pack: 1, ceiling: 0.75 } }))).toEqual([
      [1, 0, 2],
    ]);
  });

  it("pabfd: to the machine whose power rises least, which need not be the fullest", () => {
    // Additional watts of an ML110 G5 for 0.0625 of load: from 0.45 0.05 x 60 + 0.0125 x 50 = 3.625, from
    // 0.65 and 0.75 0.0625 x 40 = 2.5, from 0.02 0.0625 x 33 = 2.06.
    const tasks = [
      on(0, 0.9, true),
      on(0, 0.0625),
      on(1, 0.45, true),
      on(2, 0.65, true),
      on(3, 0.02, true),
      on(4, 0.75, true),
    ];
    const options = { machines: 5, parameters: { limit: 0.9 } };
    expect(moved(run("thr-mmt-pabfd", tasks, options))).toEqual([[1, 0, 3]]);
    const without = tasks.filter(({ machine }) => machine !== 3);
    expect(moved(run("thr-mmt-pabfd", without, options))).toEqual([[1, 0, 3]]);
    expect(moved(run("thr-mmt", without, { ...options, parameters: { limit: 0.9, pack: 1 } }))).toEqual([
      [1, 0, 4],
    ]);
    const full = [...without, on(3, 0.95, true)].sort((a, b) => a.machine! - b.machine!);
    expect(moved(run("thr-mmt-pabfd", full, options))).toEqual([[1, 0, 4]]);
  });

  it("pabfd: if machines are emptied, does not turn a machine on unless no other has room", () => {
    const tasks = [on(0, 0.9, true), on(0, 0.0625), on(1, 0.55, true), on(2, 0.88, true)];
    const options = { parameters: { limit: 0.9 } };
    expect(moved(run("thr-mmt-consolidate", tasks, options))).toEqual([[1, 0, 1]]);
    expect(moved(run("thr-mmt-pabfd", tasks, options))).toEqual([[1, 0, 3]]);
    const full = [on(0, 0.9, true), on(0, 0.0625), on(1, 0.85, true), on(2, 0.88, true)];
    expect(moved(run("thr-mmt-consolidate", full, options))).toEqual([[1, 0, 3]]);
  });

  it("consolidate: empties a machine onto those whose power rises least", () => {
    // 0.125 of load more: from 0.45 0.05 x 60 + 0.075 x 50 = 6.75 W, from 0.05 0.05 x 33 + 0.075 x 40 = 4.65,
    // from 0.75 5.
    const tasks = [on(0, 0.125), on(1, 0.45), on(2, 0.05, true), on(3, 0.75)];
    const parameters = { limit: 0.95 };
    expect(moved(run("thr-mmt-consolidate", tasks, { parameters }))).toEqual([[0, 0, 2]]);
    expect(moved(run("thr-mmt", tasks, { parameters: { ...parameters, underload: 0.3 } }))).toEqual([
      [0, 0, 3],
    ]);
    expect(moved(run("thr-mmt-pabfd", tasks, { parameters }))).toEqual([]);
  });

  it("does not move a task if every machine would be overloaded", () => {
    expect(moved(run("thr-mmt", TASKS, { parameters: { limit, ceiling: 0.5 } }))).toEqual([]);
  });

  it("lr: sees a machine rise past 1 / 1.2 a step before its load is at 0.8", () => {
    // 0.25 + 0.05 a step: after step 11 the line through 0.35 to 0.8 reaches 0.85 = 1.02 / 1.2; before, 0.8 =
    // 0.96 / 1.2.
    const ramp = Array.from({ length: 14 }, (_, i) => 0.05 + 0.05 * i);
    const tasks = [on(0, 0, true, { cpu: ramp }), on(0, 0.2), on(1, 0.1)];
    expect(movingSteps(run("lr-mmt", tasks, { steps: 14, machines: 2 }))).toEqual([11]);
    expect(movingSteps(run("loess-mmt", tasks, { steps: 14, machines: 2 }))).toEqual([11]);
    expect(
      movingSteps(run("thr-mmt", tasks, { steps: 14, machines: 2, parameters: { limit: 0.81 } })),
    ).toEqual([12]);
  });
});

describe("underload", () => {
  const underload = 0.3;

  it("empties a machine below the mark onto the fullest machines that have room; off by default", () => {
    // Room on 2: 0.2, then 0.075. Machine 3 is empty and stays empty.
    const tasks = [on(0, 0.125), on(0, 0.0625), on(1, 0.5), on(2, 0.6)];
    expect(moved(run("thr-mmt", tasks, { parameters: { underload } }))).toEqual([
      [0, 0, 2],
      [1, 0, 2],
    ]);
    expect(moved(run("thr-mmt", tasks))).toEqual([]);
  });

  it("moves all tasks or none: LC tasks stay, and if a second task has no room, the first stays too", () => {
    const lc = [on(0, 0.125), on(0, 0.0625, true), on(1, 0.5), on(2, 0.6)];
    expect(moved(run("thr-mmt", lc, { parameters: { underload } }))).toEqual([]);
    const full = [on(0, 0.0625), on(0, 0.0625), on(1, 0.725), on(2, 0.78)];
    expect(moved(run("thr-mmt", full, { parameters: { underload } }))).toEqual([]);
  });

  it("releases the room and the memory of an evacuation that failed", () => {
    // Both at 0.1875, 1 is tried first: two of its three tasks find room (0.1 on 2 and 3), the third does
    // not, since 0 has no memory left. Then 0 needs all of that room, and the memory.
    const tasks = [
      ...[0, 1].map(() => on(0, 0.09375, false, { memory: 0.495 })),
      ...[0, 1, 2].map(() => on(1, 0.0625, false, { memory: 0.32 })),
      on(2, 0.7, false, { memory: 0.3 }),
      on(3, 0.7, false, { memory: 0.3 }),
    ];
    expect(moved(run("thr-mmt", tasks, { parameters: { underload } }))).toEqual([
      [0, 0, 2],
      [1, 0, 3],
    ]);
  });

  it("does not empty a machine onto an emptied one, nor one that was given a task", () => {
    // 0 goes to 2, which then has 0.15 left: too little for 1, whose only other target would be 0.
    const emptied = [on(0, 0.1), on(1, 0.2), on(2, 0.55)];
    expect(moved(run("thr-mmt", emptied, { parameters: { underload } }))).toEqual([[0, 0, 2]]);
    // 0 has too much memory for 2 and goes to 1; 1 would fit on 2, but stays.
    const given = [on(0, 0.1, false, { memory: 0.5 }), on(1, 0.2), on(2, 0.4, false, { memory: 0.6 })];
    expect(moved(run("thr-mmt", given, { parameters: { underload } }))).toEqual([[0, 0, 1]]);
  });
});
