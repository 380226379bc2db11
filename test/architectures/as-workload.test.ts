import { describe, expect, it } from "vitest";
import { asWorkload } from "../../src/architectures/as-workload.js";
import { clusterOf } from "../../src/architectures/cluster.js";
import { jobsFrom } from "../../src/architectures/jobs/jobs.js";
import { jobsOf, type WorkloadWork } from "../../src/architectures/jobs/jobs-of.js";
import { schedule, type Schedule } from "../../src/architectures/schedule.js";
import { simulate } from "../../src/simulate/simulate.js";
import { generateWorkload } from "../../src/traces/synthetic/generate.js";
import { findFault, requireSound } from "../../src/workload/check.js";
import { workloadFrom } from "../../src/workload/from-rows/workload-from.js";

/** Steps of 100 s. Task 1 uses CPU .4 in [50, 100) and .8 in [100, 150). */
const WORKLOAD = workloadFrom(
  {
    machines: { count: 2 },
    tasks: [
      { job: 1, start: 0, end: 300, cpu: 0.1, initial: true, machine: 2 },
      { job: 2, start: 50, end: 150, submit: 40, cpu: [0.4, 0.8], memory: [0.2, 0.3] },
      { job: 3, start: 250, end: 300, submit: 240, cpu: 0.5, outcome: "alive" },
    ],
  },
  { stepSeconds: 100, steps: 3 },
);

/** A schedule written by hand: start and machine of each task. */
function placed({ jobs, cluster }: WorkloadWork, starts: readonly number[], machine: readonly number[]) {
  const made = schedule(jobs, cluster, "monolithic-single");
  const start = Float64Array.from(starts);
  const end = start.map((time, task) => time + jobs.duration[task]);
  return { ...made, tasks: { start, end, machine: Int32Array.from(machine) } } satisfies Schedule;
}

describe("asWorkload", () => {
  it("moves executions and their usage in time", () => {
    const work = jobsOf(WORKLOAD);
    const moved = asWorkload(WORKLOAD, placed(work, [75, 260], [1, 0]));
    expect(findFault(moved)).toBeUndefined();
    const { executions, usage } = moved;
    expect([...executions.start]).toEqual([0, 75, 260]);
    expect([...executions.end]).toEqual([300, 175, 300]);
    expect([...executions.submit]).toEqual([0, 40, 240]);
    expect([...executions.machine]).toEqual([1, 1, 0]);
    expect([...executions.initial]).toEqual([1, 0, 0]);
    expect([...executions.outcome]).toEqual([4, 4, 255]);
    expect([...usage.firstStep]).toEqual([0, 0, 2]);
    expect([...usage.offsets]).toEqual([0, 3, 5, 6]);
    // 25 s at .4 in the first step; 25 s at .4 and 50 s at .8 in the second; 40 s at .5 in the third.
    const cpu = [0.1, 0.1, 0.1, 0.1, 0.5, 0.2];
    for (const [sample, value] of cpu.entries()) expect(usage.cpu[sample]).toBeCloseTo(value, 6);
    // Memory is a level: .2 in the first step, then .2 for 25 s and .3 for 50 s.
    expect(usage.memory[3]).toBeCloseTo(0.2, 6);
    expect(usage.memory[4]).toBeCloseTo((25 * 0.2 + 50 * 0.3) / 75, 6);
  });

  it("returns the same usage where nothing moves", () => {
    const same = asWorkload(WORKLOAD, placed(jobsOf(WORKLOAD), [50, 250], [0, 0]));
    expect(same.usage).toEqual(WORKLOAD.usage);
    expect({ ...same.executions, machine: [] }).toEqual({ ...WORKLOAD.executions, machine: [] });
  });

  it("leaves out tasks that were not placed before the end, and counts them", () => {
    const moved = asWorkload(WORKLOAD, placed(jobsOf(WORKLOAD), [NaN, 300], [-1, 0]));
    expect([...moved.executions.job]).toEqual([1n]);
    expect(moved.provenance.report["architecture.tasksWithoutStart"]).toBe(2);
    expect(moved.provenance.options.architecture).toBe("monolithic-single");
  });

  it("keeps only the executions of the jobs", () => {
    const moved = asWorkload(WORKLOAD, placed(jobsOf(WORKLOAD, { running: "none" }), [50, 250], [0, 1]));
    expect([...moved.executions.job]).toEqual([2n, 3n]);
  });

  it("refuses jobs that are not from the workload", () => {
    const own = schedule(
      jobsFrom([{ arrival: 0, duration: 1 }]),
      clusterOf({ machines: 1, slots: 1 }),
      "sparrow",
    );
    expect(() => asWorkload(WORKLOAD, own)).toThrow("schedule what jobsOf(workload) returns");
    const larger = jobsOf(generateWorkload({ machines: 5, steps: 2 }));
    expect(() => asWorkload(WORKLOAD, placed(larger, [], []))).toThrow("not from this workload");
  });

  it("lets the clock loop replay the schedules of architectures with the same random numbers", () => {
    const workload = generateWorkload({ machines: 20, steps: 24, seed: 3 });
    const work = jobsOf(workload);
    const seed = 1;
    const { prefill } = work;
    const gini = ["monolithic-single", "omega"].map((architecture) => {
      const made = schedule(work.jobs, work.cluster, architecture, { prefill, seed });
      const placedWork = asWorkload(workload, made);
      requireSound(placedWork);
      const [stay, move] = (["no-migration", "gini-greedy"] as const).map((policy) =>
        simulate(placedWork, policy, { seed }),
      );
      expect(stay.summary.migrations).toBe(0);
      expect(move.summary.migrations).toBeGreaterThan(0);
      expect(move.summary.gini).toBeLessThan(stay.summary.gini);
      return stay.summary.gini;
    });
    expect(gini[0]).not.toBe(gini[1]);
  });
});
