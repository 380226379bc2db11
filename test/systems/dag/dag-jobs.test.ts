/** Jobs from columns of stages, and generated jobs. */
import { readFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { jobsFrom } from "../../../src/architectures/jobs/jobs.js";
import { boundsOf } from "../../../src/systems/dag/bounds.js";
import { dagFromStages } from "../../../src/systems/dag/dag-from.js";
import { dagJobsOf } from "../../../src/systems/dag/dag-jobs.js";
import { DAG_SHAPES, dagJobs } from "../../../src/systems/dag/generate/dag-jobs.js";
import { chains, forkJoin, layered } from "../../../src/systems/dag/generate/shapes.js";
import { tpchLike } from "../../../src/systems/dag/generate/tpch.js";
import { packDag } from "../../../src/systems/dag/pack-dag.js";
import { scheduleDags } from "../../../src/systems/dag/schedule-dags.js";
import { readRows, ROOT } from "../architectures/reference.js";
import { expectFeasible } from "./feasible.js";

describe("dagJobsOf", () => {
  it("joins stages by their ids and by what they wait for", () => {
    const jobs = dagJobsOf(
      jobsFrom([
        { id: "7", arrival: 5, durations: [1, 2], cpu: 0.5 },
        { id: "8", arrival: 3, duration: 4 },
        { id: "7/2", arrival: 6, duration: 3, cpu: 0.25, memory: 0.5, after: ["7"] },
        { id: "7/3", arrival: 5, duration: 9 },
        { id: "9", arrival: 1, duration: 1, after: ["8"] },
      ]),
    );
    expect(jobs.map(({ id, arrival }) => [id, arrival])).toEqual([
      ["7", 5],
      ["8", 1],
    ]);
    const [{ dag }] = jobs;
    expect(dag.ids).toEqual(["7:1", "7:2", "7/2:1", "7/3:1"]);
    expect([...dag.demand]).toEqual([0.5, 0, 0.5, 0, 0.25, 0.5, 1, 0]);
    expect(dag.stages).toEqual(["7", "7/2", "7/3"]);
    // The barrier: 7/2 waits for both tasks of 7; 7/3 takes the whole machine.
    expect(boundsOf(dag, 1).criticalPath).toBe(9);
    expect([...packDag(dag, 2, "fifo").start].slice(0, 3)).toEqual([0, 0, 2]);
  });
});

describe("generated graphs", () => {
  it("have the shape that they are named after", () => {
    const three = chains({ chains: 3, length: 4 });
    expect(three.ids).toHaveLength(12);
    expect(three.stageAfter.nodes).toHaveLength(9);
    const fork = forkJoin({ rounds: 2, width: 5 });
    expect(fork.ids).toHaveLength(1 + 2 * 6);
    expect(fork.stageAfter.nodes).toHaveLength(4);
    expect(layered({ stages: 12 }).stages).toHaveLength(12);
    // Query 3: customer (16 x .025: one task), orders (4), lineitem (16), two joins, an aggregation, a sort.
    const query = tpchLike({ query: 3 });
    expect(query.stages).toHaveLength(3 + 2 + 2);
    const sizes = query.stages.map((_, s) => query.stage.filter((at) => at === s).length);
    expect(sizes.slice(0, 3)).toEqual([1, 4, 16]);
    // Whatever the order of the joins, lineitem is in the last one: 8 or, joined before, 4 tasks.
    expect([8, 4]).toContain(sizes[4]);
    expect(sizes.at(-1)).toBe(1);
  });

  it("depend on their seed only, and draw within their ranges", () => {
    for (const make of Object.values(DAG_SHAPES)) {
      const options = { seed: 3, demand: [0.1, 0.2], duration: [4, 4], spread: 0.5 } as const;
      const dag = make(options);
      expect(make(options)).toEqual(dag);
      expect(make({ ...options, seed: 4 })).not.toEqual(dag);
      for (const amount of dag.demand) expect(amount >= 0.1 && amount <= 0.2).toBe(true);
      for (const time of dag.duration) expect(time >= 2 && time <= 6).toBe(true);
    }
  });

  it("keep their graphs when the load changes, and arrive in inverse proportion to it", () => {
    const [a, b] = [0.5, 1].map((load) => dagJobs({ jobs: 5, load, machines: 4, seed: 2 }));
    expect(b.map(({ dag }) => dag)).toEqual(a.map(({ dag }) => dag));
    a.forEach(({ arrival }, i) => {
      expect(b[i].arrival).toBeCloseTo(arrival / 2, 9);
    });
    expect(dagJobs({ jobs: 3, load: Infinity }).map(({ arrival }) => arrival)).toEqual([0, 0, 0]);
  });

  it.each([
    [() => chains({ length: 0 }), /length is 0/],
    [() => forkJoin({ with: 3 } as object), /unknown option of forkJoin: with \(did you mean width\?\)/],
    [() => layered({ duration: [3, 1] }), /duration is from 3 to 1/],
    [() => tpchLike({ query: 23 }), /query is 23: give a whole number from 1 to 22/],
    [() => tpchLike({ spread: 2 }), /spread is 2/],
    [() => dagJobs({ shape: "chain" }), /unknown shape: chain \(did you mean chains\?\)/],
    [() => dagJobs({ load: 0 }), /load is 0/],
    [() => dagJobs({ seed: 0.5, shape: "layered" }), /seed is 0.5/],
  ])("refuse options out of range (%#)", (make, message) => {
    expect(make).toThrow(message);
  });
});

const stagesFile = join(ROOT, "dag/tpch-stages.csv");

describe.skipIf(!existsSync(stagesFile))(
  "the stages of TPC-H (none where dag/tpch-stages.csv is missing)",
  () => {
    const rows = existsSync(stagesFile) ? readRows(readFileSync(stagesFile, "utf8")) : [];
    const dags = new Map<string, typeof rows>();
    for (const row of rows) {
      const key = `${row.size} ${row.query}`;
      dags.set(key, [...(dags.get(key) ?? []), row]);
    }

    it("make graphs that every order schedules", { timeout: 120_000 }, () => {
      expect(dags.size).toBe(154);
      // The file has no demands.
      for (const stages of [...dags.values()].slice(0, 8)) {
        const dag = dagFromStages(
          stages.map(({ stage, parents, tasks, restWaveMs }, s) => ({
            id: stage,
            tasks: Math.min(Number(tasks), 20),
            duration: Number(restWaveMs) / 1000,
            cpu: 0.1 + 0.1 * (s % 5),
            memory: 0.5 - 0.1 * (s % 4),
            after: parents.split(/[;| ]/).filter((parent) => parent !== ""),
          })),
        );
        for (const order of ["fifo", "critical-path", "heft", "graphene"]) {
          const made = packDag(dag, 3, order);
          expectFeasible(dag, made, 3);
          expect(made.makespan).toBeGreaterThanOrEqual(boundsOf(dag, 3).best - 1e-9);
        }
      }
    });
  },
);

it("schedules jobs of different resources together", () => {
  const jobs = [
    { id: "a", arrival: 0, dag: dagFromStages([{ duration: 2, cpu: 1 }]) },
    { id: "b", arrival: 0, dag: dagFromStages([{ duration: 3, cpu: 0, demand: { disk: 1 } }]) },
    { id: "c", arrival: 0, dag: dagFromStages([{ duration: 1, demand: { disk: 0.5 } }]) },
  ];
  const { placements, makespan } = scheduleDags(jobs, 1, "fifo");
  expect(placements.map(({ start }) => start[0])).toEqual([0, 0, 3]);
  expect(makespan).toBe(4);
});
