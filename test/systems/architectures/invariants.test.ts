/** Properties that hold for every architecture with any jobs and machines. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cluster } from "../../../src/architectures/cluster.js";
import { jobsFrom, type JobRow } from "../../../src/architectures/jobs/jobs.js";
import { scheduleMetrics } from "../../../src/architectures/metrics.js";
import { ARCHITECTURES } from "../../../src/architectures/registry.js";
import { schedule, type Schedule } from "../../../src/architectures/schedule.js";

const RUNS = { numRuns: 30 };

/** Parameters without which a small cluster gets no offers or no common workers. */
const SMALL: Partial<Record<string, Record<string, number>>> = {
  "mesos-offers": { leastCpu: 0, leastMemory: 0 },
  "mesos-drf": { leastCpu: 0, leastMemory: 0 },
  pigeon: { reserved: 0, masters: 3, cutoff: 4, weight: 2 },
  hawk: { cutoff: 4, longPercent: 60 },
  eagle: { cutoff: 4, longPercent: 60 },
  "ideal-eagle": { cutoff: 4, longPercent: 60 },
  "central-least-work": { cutoff: 4, longPercent: 60 },
};

/** Every machine could hold every task. */
const machines = fc.array(fc.constantFrom(2, 2.5, 4), { minLength: 2, maxLength: 8 });
const clusterOf = (sizes: readonly number[]): Cluster => ({
  cpu: Float64Array.from(sizes),
  memory: Float64Array.from(sizes, (size) => 2 * size),
});

const rows = fc.array(
  fc.record({
    arrival: fc.integer({ min: 0, max: 12 }),
    class: fc.constantFrom("Batch", "Service"),
    cpu: fc.constantFrom(0.5, 1, 2),
    memory: fc.constantFrom(0, 1, 3),
    durations: fc.array(fc.constantFrom(0.5, 1, 3, 8), { minLength: 1, maxLength: 6 }),
    after: fc.integer({ min: 0, max: 3 }),
  }),
  { minLength: 1, maxLength: 12 },
);

type DrawnRow = Omit<JobRow, "after"> & { readonly after: number };

/** Jobs, each of which waits for an earlier one or for none. */
const withGraph = (given: readonly DrawnRow[], graph: boolean): JobRow[] =>
  given.map(({ after, ...row }, j) => {
    const before = j - after;
    return graph && before >= 0 && before < j ? { ...row, after: [before] } : row;
  });

/** Throws if the tasks on a machine exceed its capacity at any time. */
function expectRoom({ submitted, tasks, cluster }: Schedule): void {
  const changes: { time: number; sign: number; machine: number; job: number }[] = [];
  for (let job = 0; job < submitted.ids.length; job++) {
    for (let t = submitted.taskOffsets[job]; t < submitted.taskOffsets[job + 1]; t++) {
      const machine = tasks.machine[t];
      changes.push(
        { time: tasks.start[t], sign: 1, machine, job },
        { time: tasks.end[t], sign: -1, machine, job },
      );
    }
  }
  changes.sort((a, b) => a.time - b.time || a.sign - b.sign);
  const cpu = cluster.cpu.map(() => 0);
  const memory = cluster.memory.map(() => 0);
  for (const { sign, machine, job } of changes) {
    cpu[machine] += sign * submitted.cpu[job];
    memory[machine] += sign * submitted.memory[job];
    expect(cpu[machine]).toBeLessThanOrEqual(cluster.cpu[machine] + 1e-6);
    expect(memory[machine]).toBeLessThanOrEqual(cluster.memory[machine] + 1e-6);
  }
}

describe.each(ARCHITECTURES.map(({ name }) => name))("%s", (name) => {
  const run = (given: JobRow[], sizes: readonly number[], seed = 1): Schedule =>
    schedule(jobsFrom(given), clusterOf(sizes), name, { seed, parameters: SMALL[name] ?? {} });

  it("runs each task once, on a machine with room, after the job's arrival and its predecessors' end", () => {
    fc.assert(
      fc.property(rows, machines, fc.boolean(), fc.nat(99), (given, sizes, graph, seed) => {
        const result = run(withGraph(given, graph), sizes, seed);
        const { submitted, tasks, jobs } = result;
        const { offsets, after } = submitted.dependencies ?? { offsets: new Int32Array(99), after: [] };
        for (let job = 0; job < submitted.ids.length; job++) {
          expect(jobs.unplaced[job]).toBe(0);
          let earliest = submitted.arrival[job];
          for (let i = offsets[job]; i < offsets[job + 1]; i++) {
            const [from, to] = [submitted.taskOffsets[after[i]], submitted.taskOffsets[after[i] + 1]];
            earliest = Math.max(earliest, ...tasks.end.subarray(from, to));
          }
          for (let t = submitted.taskOffsets[job]; t < submitted.taskOffsets[job + 1]; t++) {
            expect(tasks.start[t]).toBeGreaterThanOrEqual(earliest);
            expect(tasks.end[t] - tasks.start[t]).toBeCloseTo(submitted.duration[t], 6);
            expect(sizes[tasks.machine[t]]).toBeGreaterThanOrEqual(submitted.cpu[job]);
          }
        }
        expectRoom(result);
      }),
      RUNS,
    );
  });

  it("gives the same bytes for the same seed", () => {
    fc.assert(
      fc.property(rows, machines, (given, sizes) => {
        const jobs = withGraph(given, false);
        const [a, b] = [run(jobs, sizes), run(jobs, sizes)];
        expect([...a.tasks.start]).toEqual([...b.tasks.start]);
        expect([...a.tasks.machine]).toEqual([...b.tasks.machine]);
        expect(a.messages).toBe(b.messages);
      }),
      { numRuns: 10 },
    );
  });
});

/** Some machines may be too small for the tasks of a job. */
const PARTITIONED = ["static-partition", "hawk", "eagle", "ideal-eagle", "central-least-work", "pigeon"];
const WITHOUT_PARTITIONS = ARCHITECTURES.map(({ name }) => name).filter(
  (name) => !PARTITIONED.includes(name),
);

it.each(WITHOUT_PARTITIONS)("%s runs every task where some machines are too small for it", (name) => {
  const small = fc.array(fc.constantFrom(0.5, 1, 2), { maxLength: 6 }).map((sizes) => [...sizes, 4]);
  fc.assert(
    fc.property(rows, small, (given, sizes) => {
      const parameters = SMALL[name] ?? {};
      const result = schedule(jobsFrom(withGraph(given, true)), clusterOf(sizes), name, { parameters });
      for (const left of result.jobs.unplaced) expect(left).toBe(0);
      expectRoom(result);
    }),
    RUNS,
  );
});

const CELLS = ["monolithic-single", "monolithic-multi", "static-partition", "omega", "mesos-offers"];

describe.each(CELLS)("%s", (name) => {
  it("has no scheduler that is busier than 1, if the run ends while schedulers think", () => {
    fc.assert(
      fc.property(rows, machines, fc.constantFrom(1, 4, 20), (given, sizes, horizon) => {
        const thinks: Record<string, number> =
          name === "monolithic-single" ? { job: 3 } : { batchJob: 3, serviceJob: 2 };
        const jobs = jobsFrom(withGraph(given, false));
        const parameters = { ...SMALL[name], ...thinks };
        const { schedulers, endTime } = schedule(jobs, clusterOf(sizes), name, { parameters, horizon });
        for (const { useful, wasted } of schedulers)
          expect(useful + wasted).toBeLessThanOrEqual(endTime + 1e-9);
      }),
      RUNS,
    );
  });

  it("books all think time on jobs, has busyness of at most 1, and frees all claims in the end", () => {
    fc.assert(
      fc.property(rows, machines, fc.constantFrom(0.01, 0.7), (given, sizes, think) => {
        const parameters = {
          ...SMALL[name],
          ...(name === "monolithic-single" ? { job: think } : { batchJob: think, serviceJob: think }),
        };
        const { schedulers, jobs, endTime, machines } = schedule(
          jobsFrom(withGraph(given, false)),
          clusterOf(sizes),
          name,
          { parameters },
        );
        const total = (column: Float64Array): number => column.reduce((sum, value) => sum + value, 0);
        const of = (key: "useful" | "wasted"): number => schedulers.reduce((sum, one) => sum + one[key], 0);
        expect(of("useful")).toBeCloseTo(total(jobs.useful), 9);
        expect(of("wasted")).toBeCloseTo(total(jobs.wasted), 9);
        for (const { useful, wasted } of schedulers)
          expect(useful + wasted).toBeLessThanOrEqual(endTime * (1 + 1e-9));
        for (const left of machines!.cpu) expect(left).toBeCloseTo(0, 9);
        for (const left of machines!.memory) expect(left).toBeCloseTo(0, 9);
      }),
      RUNS,
    );
  });
});

describe("omega", () => {
  const modes = fc.record({
    sequenceNumbers: fc.constantFrom(0, 1),
    allOrNothing: fc.constantFrom(0, 1),
    batchJob: fc.constantFrom(0.01, 2),
  });

  it("has no conflicts with one scheduler, in any mode", () => {
    fc.assert(
      fc.property(rows, machines, modes, (given, sizes, parameters) => {
        const jobs = withGraph(given, false).map((row) => ({ ...row, class: "Batch" }));
        const { schedulers } = schedule(jobsFrom(jobs), clusterOf(sizes), "omega", { parameters });
        expect(schedulers).toHaveLength(1);
        expect(schedulers[0].taskConflicts).toBe(0);
        expect(schedulers[0].failedTransactions).toBe(0);
      }),
      RUNS,
    );
  });

  it("commits each task once with many schedulers, in any mode", () => {
    fc.assert(
      fc.property(rows, machines, modes, (given, sizes, parameters) => {
        const result = schedule(jobsFrom(withGraph(given, false)), clusterOf(sizes), "omega", {
          parameters: { ...parameters, batchSchedulers: 4 },
        });
        const { schedulers, submitted } = result;
        const placed = submitted.duration.length - result.jobs.unplaced.reduce((sum, left) => sum + left, 0);
        expect(schedulers.reduce((sum, { taskCommits }) => sum + taskCommits, 0)).toBe(placed);
      }),
      RUNS,
    );
  });
});

it("monolithic-single and monolithic-multi give the same schedule if all think times are equal", () => {
  fc.assert(
    fc.property(rows, machines, (given, sizes) => {
      const jobs = jobsFrom(withGraph(given, false));
      const single = schedule(jobs, clusterOf(sizes), "monolithic-single", {
        parameters: { job: 1, task: 0.1 },
      });
      const multi = schedule(jobs, clusterOf(sizes), "monolithic-multi", {
        parameters: { batchJob: 1, batchTask: 0.1, serviceJob: 1, serviceTask: 0.1 },
      });
      expect([...multi.tasks.start]).toEqual([...single.tasks.start]);
      expect([...multi.tasks.machine]).toEqual([...single.tasks.machine]);
    }),
    RUNS,
  );
});

it("mesos-drf gives two frameworks that always have tasks equal dominant shares, but for one agent", () => {
  // 50 agents of 4 CPUs: the share of one agent is .02. Tasks end one after the other.
  const durations = Array.from({ length: 3000 }, (_, task) => 5 + ((task * 7919) % 1000) / 100);
  const jobs = jobsFrom(
    ["A", "B"].map((name) => ({ arrival: 0, class: name, cpu: 1, memory: 1, durations })),
  );
  const cluster = {
    cpu: new Float64Array(50).fill(4),
    memory: new Float64Array(50).fill(4),
  };
  const made = schedule(jobs, cluster, "mesos-drf", { horizon: 150, parameters: { leastMemory: 0.01 } });
  expect(scheduleMetrics(made).dominantShareGap).toBeLessThan(1 / 50);
});
