/** What each order chooses, with the schedules worked out by hand. */
import { describe, expect, it } from "vitest";
import { dagFrom, dagFromStages } from "../../../src/systems/dag/dag-from.js";
import type { Dag } from "../../../src/systems/dag/dag.js";
import { defineOrder } from "../../../src/systems/dag/order.js";
import { packDag } from "../../../src/systems/dag/pack-dag.js";
import { ORDERS } from "../../../src/systems/dag/registry.js";
import { scheduleDags, type DagSchedule } from "../../../src/systems/dag/schedule-dags.js";

const startsOf = (dag: Dag, order: string, machines = 1): number[] => [
  ...packDag(dag, machines, order).start,
];
const job = (id: string, arrival: number, dag: Dag): { id: string; arrival: number; dag: Dag } => ({
  id,
  arrival,
  dag,
});
/** Begins of the tasks of each job. */
const beginsOf = ({ placements }: DagSchedule): number[][] => placements.map(({ start }) => [...start]);

describe("tetris", () => {
  it("takes the task with the greatest demand . free", () => {
    // Empty machine: small .2 + .2, wide .6 + .1, tall .2 + .9. Tall goes first: 1.1 > .7 > .4. Then free is
    // (.8, .1): wide .8 x .6 + .1 x .1 = .49, small does not fit (.2 of memory). At 10 small begins.
    const dag = dagFrom([
      { id: "small", duration: 1, cpu: 0.2, memory: 0.2 },
      { id: "wide", duration: 10, cpu: 0.6, memory: 0.1 },
      { id: "tall", duration: 10, cpu: 0.2, memory: 0.9 },
    ]);
    expect(startsOf(dag, "tetris")).toEqual([10, 0, 0]);
  });

  it("takes off epsilon x work of the job: a short job may go before one that packs better", () => {
    // Work: a .9 x 10 = 9, b .8 x 1 = .8; mean 4.9, mean demand .85.
    // a: .9 - e x 9 / 4.9 x .85; b: .8 - e x .8 / 4.9 x .85: b is ahead above e = .1 / 1.42 = .07.
    const jobs = [
      job("a", 0, dagFrom([{ duration: 10, cpu: 0.9 }])),
      job("b", 0, dagFrom([{ duration: 1, cpu: 0.8 }])),
    ];
    const starts = (epsilon: number): number[][] =>
      beginsOf(scheduleDags(jobs, 1, "tetris", { parameters: { epsilon } }));
    expect(starts(0.06)).toEqual([[0], [10]]);
    expect(starts(0.08)).toEqual([[1], [0]]);
  });
});

describe("orders of one graph", () => {
  it("critical-path takes the task with the longest path", () => {
    const dag = dagFrom([
      { id: "long", duration: 4, cpu: 1 },
      { id: "first", duration: 3, cpu: 1 },
      { id: "last", duration: 2, cpu: 1, after: ["first"] },
    ]);
    // Paths: long 4, first 5, last 2.
    expect(startsOf(dag, "critical-path")).toEqual([3, 0, 7]);
    expect(startsOf(dag, "heft")).toEqual([3, 0, 7]);
  });

  it("srpt takes the stage with the least work that has not begun", () => {
    const dag = dagFromStages([
      { id: "big", tasks: 2, duration: 1, cpu: 1 },
      { id: "small", duration: 1.5, cpu: 1 },
    ]);
    expect(startsOf(dag, "srpt")).toEqual([1.5, 2.5, 0]);
  });

  it("random follows its seed, and only it", () => {
    const dag = dagFrom(Array.from({ length: 20 }, (_, i) => ({ duration: 1 + i, cpu: 1 })));
    const starts = (seed: number): number[] => [...packDag(dag, 1, "random", { seed }).start];
    expect(starts(1)).toEqual(starts(1));
    expect(starts(1)).not.toEqual(starts(2));
  });

  it("graphene places a long task first that others would delay", () => {
    // One machine. `long` (8, half) can run beside the chain of halves 4 + 4; `wide` (2, whole) cannot.
    const dag = dagFrom([
      { id: "wide", duration: 2, cpu: 1 },
      { id: "c1", duration: 4, cpu: 0.5 },
      { id: "c2", duration: 4, cpu: 0.5, after: ["c1"] },
      { id: "long", duration: 8, cpu: 0.5 },
    ]);
    expect(packDag(dag, 1, "graphene").makespan).toBe(10);
  });
});

describe("orders of several jobs", () => {
  const two = (duration: number): Dag => dagFromStages([{ tasks: 2, duration, cpu: 1 }]);

  it("fifo takes the job that arrived first", () => {
    expect(beginsOf(scheduleDags([job("b", 1, two(1)), job("a", 0, two(3))], 1, "fifo"))).toEqual([
      [6, 7],
      [0, 3],
    ]);
  });

  it("fair takes the job that has least in use", () => {
    // At 0 one task of each job; at 3 b has nothing in use and a has a machine, so that b goes first.
    const made = scheduleDags([job("a", 0, two(4)), job("b", 0, two(3))], 2, "fair");
    expect(beginsOf(made)).toEqual([
      [0, 4],
      [0, 3],
    ]);
  });

  it("srpt takes the job with the least work that has not begun", () => {
    expect(beginsOf(scheduleDags([job("a", 0, two(3)), job("b", 0, two(1))], 1, "srpt"))).toEqual([
      [2, 5],
      [0, 1],
    ]);
  });

  it("graphene lets a job go first that fell kappa x machines behind its share", () => {
    // One machine, whole tasks. b has less work and, with eta 5, goes first: each task gives it 1, and a
    // loses 1/2 of it. After two tasks, a's deficit is 1 > .9.
    const jobs = [
      job("a", 0, dagFromStages([{ tasks: 6, duration: 1, cpu: 1 }])),
      job("b", 0, dagFromStages([{ tasks: 4, duration: 1, cpu: 1 }])),
    ];
    const startsOfB = (kappa: number): number[] => [
      ...scheduleDags(jobs, 1, "graphene", { parameters: { kappa, eta: 5 } }).placements[1].start,
    ];
    expect(startsOfB(100)).toEqual([0, 1, 2, 3]);
    expect(startsOfB(0.9).slice(0, 3)).toEqual([0, 1, 3]);
    const { deficit } = scheduleDags(jobs, 1, "graphene", { parameters: { kappa: 100, eta: 5 } });
    // a: 4 tasks of b, half of each; b has nothing ready after that.
    expect([...deficit]).toEqual([2, 0]);
  });

  it("overbooking lets tasks share a machine and slows them", () => {
    // Two tasks of .8 on one machine: 1.6 of CPU, so that each runs at 1 / 1.6 and both end at 1.6.
    const jobs = [job("a", 0, dagFromStages([{ tasks: 2, duration: 1, cpu: 0.8 }]))];
    const ends = (overbooking: number): number[] => [
      ...scheduleDags(jobs, 1, "graphene", { parameters: { overbooking } }).placements[0].end,
    ];
    expect(ends(0)).toEqual([1, 2]);
    expect(ends(0.6)[0]).toBeCloseTo(1.6, 12);
    expect(ends(0.6)[1]).toBeCloseTo(1.6, 12);
    // Memory is never overbooked.
    const tall = [job("a", 0, dagFromStages([{ tasks: 2, duration: 1, memory: 0.8 }]))];
    expect([
      ...scheduleDags(tall, 1, "graphene", { parameters: { overbooking: 0.6 } }).placements[0].end,
    ]).toEqual([1, 2]);
  });

  it("slows and speeds up what runs when the machine's load changes", () => {
    // a is alone until b arrives at 1; then both run at 1 / 1.6.
    const jobs = [
      job("a", 0, dagFrom([{ duration: 2, cpu: 0.8 }])),
      job("b", 1, dagFrom([{ duration: 0.5, cpu: 0.8 }])),
    ];
    const { placements } = scheduleDags(jobs, 1, "graphene", { parameters: { overbooking: 1 } });
    // b: .5 x 1.6 = .8, ends at 1.8; a has done 1 + .5 and ends .5 later.
    expect(placements[1].end[0]).toBeCloseTo(1.8, 12);
    expect(placements[0].end[0]).toBeCloseTo(2.3, 12);
  });
});

describe("declarations", () => {
  it("every built-in order says where it is from, and its parameters are checked", () => {
    for (const { source, rule, fidelity, name } of ORDERS) {
      expect(source.length * rule.length * fidelity.length, name).toBeGreaterThan(0);
    }
    const dag = dagFrom([{ duration: 1 }]);
    expect(() => packDag(dag, 1, "tetriss")).toThrow(/unknown order: tetriss \(did you mean tetris\?\)/);
    expect(() => packDag(dag, 1, "tetris", { parameters: { epsilonn: 1 } })).toThrow(
      /unknown parameter of order tetris/,
    );
    expect(() => packDag(dag, 1, "graphene", { parameters: { delta: 0 } })).toThrow(
      /invalid delta of order graphene/,
    );
    expect(() => scheduleDags([job("a", 0, dag)], 1, "heft")).toThrow(/order heft plans one graph at a time/);
    expect(() => packDag(dag, 1, "heft", { sed: 1 } as object)).toThrow(/unknown option of packDag: sed/);
    expect(() => scheduleDags([], 1, "fifo")).toThrow(/no job to schedule/);
    expect(() => scheduleDags([job("a", -1, dag)], 1, "fifo")).toThrow(/arrival of job a is -1/);
    expect(() => scheduleDags([job("a", 0, dag), job("a", 0, dag)], 1, "fifo")).toThrow(
      /job id a is given twice/,
    );
    expect(() => packDag(dag, 1, {} as never)).toThrow(/invalid order: it is an object with no keys/);
  });

  it("takes an order of one's own", () => {
    const shortestFirst = defineOrder({
      name: "shortest-first",
      rule: "the shortest task goes first",
      create: () => ({ rank: ({ dag }) => dag.duration.map((time) => -time), task: ({ rank }) => rank }),
    });
    const dag = dagFrom([3, 1, 2].map((duration) => ({ duration, cpu: 1 })));
    expect([...packDag(dag, 1, shortestFirst).start]).toEqual([3, 0, 1]);
  });
});
