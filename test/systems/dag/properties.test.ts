/** Properties that hold for every order with any graph. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundsOf } from "../../../src/systems/dag/bounds.js";
import { dagFrom, dagFromStages, type TaskRow } from "../../../src/systems/dag/dag-from.js";
import type { Dag } from "../../../src/systems/dag/dag.js";
import { optimalMakespan } from "../../../src/systems/dag/optimum.js";
import { packDag } from "../../../src/systems/dag/pack-dag.js";
import { ORDERS } from "../../../src/systems/dag/registry.js";
import { scheduleDags } from "../../../src/systems/dag/schedule-dags.js";
import { expectFeasible } from "./feasible.js";

const RUNS = { numRuns: 60 };
const NAMES = ORDERS.map(({ name }) => name);
const ONLINE = ORDERS.filter((order) => order.create !== undefined).map(({ name }) => name);

const drawnTask = fc.record({
  duration: fc.constantFrom(0, 0.1, 0.3, 1, 1, 2.5, 7),
  cpu: fc.constantFrom(0, 0.1, 0.3, 0.5, 0.6, 1),
  memory: fc.constantFrom(0, 0.2, 0.7, 1),
  demand: fc.dictionary(fc.constantFrom("gpu", "net", "disk"), fc.constantFrom(0, 0.1, 0.4, 0.9)),
  stage: fc.constantFrom("s", "t", undefined),
  back: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 2 }),
});

/** A graph in which each task waits for some of the four before it. */
const rowsUpTo = (most: number): fc.Arbitrary<TaskRow[]> =>
  fc.array(drawnTask, { minLength: 1, maxLength: most }).map((tasks) =>
    tasks.map(({ back, stage, ...task }, i) => ({
      id: `t${i}`,
      ...task,
      ...(stage !== undefined && { stage }),
      after: back.filter((b) => b <= i).map((b) => `t${i - b}`),
    })),
  );

const stagedUpTo = (most: number): fc.Arbitrary<Dag> =>
  fc
    .array(fc.record({ tasks: fc.integer({ min: 1, max: 4 }), task: drawnTask }), {
      minLength: 1,
      maxLength: most,
    })
    .map((stages) =>
      dagFromStages(
        stages.map(({ tasks, task: { duration, cpu, memory, demand, back } }, i) => ({
          durations: Array.from({ length: tasks }, (_, k) => duration + k / 4),
          cpu,
          memory,
          demand,
          after: back.filter((b) => b <= i).map((b) => i - b),
        })),
      ),
    );

const anyDag = fc.oneof(rowsUpTo(14).map(dagFrom), stagedUpTo(6));
const machines = fc.integer({ min: 1, max: 3 });

describe.each(NAMES)("%s", (name) => {
  it("makes feasible schedules that no bound is above", () => {
    fc.assert(
      fc.property(anyDag, machines, fc.nat(9), (dag, count, seed) => {
        const made = packDag(dag, count, name, { seed });
        expectFeasible(dag, made, count);
        expect(made.makespan).toBe(Math.max(...made.end));
        expect(made.makespan).toBeGreaterThanOrEqual(boundsOf(dag, count).best - 1e-9);
      }),
      RUNS,
    );
  });

  it("gives the same schedule for rows and resources in another order, and for other ids", () => {
    fc.assert(
      fc.property(rowsUpTo(10), machines, fc.infiniteStream(fc.nat(99)), (rows, count, draws) => {
        const shuffled = rows
          .map((row) => ({ row, at: draws.next().value as number }))
          .sort((a, b) => a.at - b.at);
        const other = shuffled.map(({ row: { id, after, stage, demand, ...row } }) => ({
          ...row,
          demand: Object.fromEntries(Object.entries(demand!).reverse()),
          id: `x${id}`,
          stage: stage === undefined ? `x${id}` : `y${stage}`,
          after: [...after!].reverse().map((before) => `x${before}`),
        }));
        const a = packDag(dagFrom(rows), count, name);
        const b = packDag(dagFrom(other), count, name);
        expect(b.makespan).toBe(a.makespan);
        // Tasks that can be exchanged may have been exchanged.
        const timesOf = ({ dag, start }: typeof a): string[] =>
          Array.from(dag.duration, (duration, t) => {
            const cpu = dag.demand[dag.resources.length * t];
            return `${duration} ${cpu} ${start[t]}`;
          }).sort();
        expect(timesOf(b)).toEqual(timesOf(a));
      }),
      RUNS,
    );
  });

  it("needs the sum of the durations where tasks that wait for nothing each take the whole machine", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.01, max: 9, noNaN: true }), { minLength: 1 }), (durations) => {
        const dag = dagFrom(durations.map((duration) => ({ duration, cpu: 1 })));
        const sum = durations.reduce((total, time) => total + time, 0);
        expect(packDag(dag, 1, name).makespan).toBeCloseTo(sum, 6);
      }),
      RUNS,
    );
  });
});

it("bounds <= optimum <= schedules", () => {
  fc.assert(
    fc.property(rowsUpTo(6), machines, (rows, count) => {
      const dag = dagFrom(rows);
      const optimum = optimalMakespan(dag, count);
      expect(boundsOf(dag, count).best).toBeLessThanOrEqual(optimum + 1e-9);
      for (const name of NAMES)
        expect(packDag(dag, count, name).makespan, name).toBeGreaterThanOrEqual(optimum - 1e-9);
    }),
    { numRuns: 100 },
  );
});

describe.each(ONLINE)("%s, online", (name) => {
  const jobs = fc.array(fc.record({ dag: anyDag, arrival: fc.constantFrom(0, 0, 0.3, 2, 5) }), {
    minLength: 1,
    maxLength: 5,
  });

  it("does the same with a job whatever resources jobs that come after its end demand", () => {
    fc.assert(
      fc.property(rowsUpTo(8).map(dagFrom), machines, (dag, count) => {
        const late = {
          id: "late",
          arrival: 1e6,
          dag: dagFrom([{ duration: 1, demand: { audio: 0.1, net: 0.1 } }]),
        };
        const job = { id: "a", arrival: 0, dag };
        const alone = scheduleDags([job], count, name).placements[0];
        expect(scheduleDags([late, job], count, name).placements[1]).toEqual(alone);
      }),
      RUNS,
    );
  });

  it("runs each task of each job once, behind its arrival, with room on its machine", () => {
    fc.assert(
      fc.property(jobs, machines, (given, count) => {
        const made = scheduleDags(
          given.map((one, i) => ({ id: `j${i}`, ...one })),
          count,
          name,
        );
        made.placements.forEach((placement, j) => {
          expectFeasible(given[j].dag, placement, count, given[j].arrival);
          expect(made.response[j]).toBe(Math.max(...placement.end) - given[j].arrival);
          if (given[j].dag.duration.some((time) => time > 0))
            expect(made.slowdown[j]).toBeGreaterThan(1 - 1e-9);
        });
        // All jobs as one graph: room for the tasks of all of them.
        expectFeasible(asOne(given.map(({ dag }) => dag)), joined(made.placements), count);
      }),
      RUNS,
    );
  });
});

/** Tasks of several graphs side by side, without edges. */
function asOne(dags: readonly Dag[]): Dag {
  return dagFrom(
    dags.flatMap(({ duration, resources, demand }, j) =>
      Array.from(duration, (time, t) => ({
        id: `${j}/${t}`,
        duration: time,
        demand: Object.fromEntries(resources.map((name, r) => [name, demand[t * resources.length + r]])),
      })),
    ),
  );
}

function joined(placements: readonly { machine: Int32Array; start: Float64Array; end: Float64Array }[]): {
  machine: Int32Array;
  start: Float64Array;
  end: Float64Array;
} {
  return {
    machine: Int32Array.from(placements.flatMap(({ machine }) => [...machine])),
    start: Float64Array.from(placements.flatMap(({ start }) => [...start])),
    end: Float64Array.from(placements.flatMap(({ end }) => [...end])),
  };
}
