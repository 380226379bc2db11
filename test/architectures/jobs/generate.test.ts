import { describe, expect, it } from "vitest";
import { OMEGA_CLASSES, omegaJobs, sparrowJobs } from "../../../src/architectures/jobs/generate.js";
import { meanOf } from "../../../src/metrics/statistics.js";

describe("sparrowJobs", () => {
  it("generates arrivals at the rate of the load, with exponential times", () => {
    const jobs = sparrowJobs({ jobs: 4000, tasks: 10, meanSeconds: 0.2, load: 0.5, slots: 40 });
    const gaps = jobs.arrival.map((time, j) => time - (j === 0 ? 0 : jobs.arrival[j - 1]));
    // .2 x 10 / (.5 x 40) = .1 s. The standard error of 4,000 exponential numbers is 1.6 % of the mean.
    expect(Math.abs(meanOf(gaps) / 0.1 - 1)).toBeLessThan(4 / Math.sqrt(4000));
    expect(Math.abs(meanOf(jobs.duration) / 0.2 - 1)).toBeLessThan(4 / Math.sqrt(4000));
    // P(X > mean) = 1/e.
    const above = jobs.estimate.filter((time) => time > 0.2).length / 4000;
    expect(Math.abs(above - Math.exp(-1))).toBeLessThan(4 * Math.sqrt((0.368 * 0.632) / 4000));
    expect([...jobs.taskOffsets.slice(0, 3)]).toEqual([0, 10, 20]);
    expect(new Set(jobs.duration.subarray(0, 10)).size).toBe(1);
  });

  it("draws a time for each task, or gives all tasks the mean", () => {
    expect(new Set(sparrowJobs({ jobs: 1, durations: "task" }).duration).size).toBe(100);
    expect([...sparrowJobs({ jobs: 1, tasks: 2, durations: "constant" }).duration]).toEqual([0.1, 0.1]);
  });

  it("gives equal jobs for an equal seed; another load changes only the arrivals", () => {
    const [half, again, full, other] = [
      sparrowJobs({ jobs: 5, load: 0.5 }),
      sparrowJobs({ jobs: 5, load: 0.5 }),
      sparrowJobs({ jobs: 5, load: 1 }),
      sparrowJobs({ jobs: 5, load: 0.5, seed: 2 }),
    ];
    expect(again).toEqual(half);
    expect(full.duration).toEqual(half.duration);
    full.arrival.forEach((time, j) => {
      expect(time).toBeCloseTo(half.arrival[j] / 2, 12);
    });
    expect(other.duration).not.toEqual(half.duration);
  });

  it.each([
    [{ jobs: 0 }, "jobs is 0: give a whole number"],
    [{ tasks: 1.5 }, "tasks is 1.5"],
    [{ load: 0 }, "load is 0: give a number above 0"],
    [{ durations: "jobs" as never }, "durations is jobs: give job, task or constant"],
    [{ laod: 1 } as never, "did you mean load?"],
  ])("refuses %j", (options, message) => {
    expect(() => sparrowJobs(options)).toThrow(message);
  });
});

describe("omegaJobs", () => {
  it("draws each class with its means", () => {
    const jobs = omegaJobs({ horizon: 20000 });
    const { Batch } = OMEGA_CLASSES;
    const batch = [...jobs.ids.keys()].filter((j) => jobs.classes[jobs.jobClass[j]] === "Batch");
    // The number of jobs is Poisson: standard deviation sqrt(10,000) = 100.
    expect(Math.abs(batch.length - 20000 / Batch.between)).toBeLessThan(400);
    const tasks = batch.map((j) => jobs.taskOffsets[j + 1] - jobs.taskOffsets[j]);
    // Exponential with mean m, rounded up, is geometric with mean 1 / (1 - exp(-1/m)).
    const mean = 1 / (1 - Math.exp(-1 / Batch.tasks));
    expect(Math.abs(meanOf(tasks) / mean - 1)).toBeLessThan(4 / Math.sqrt(batch.length));
    expect(Math.abs(meanOf(batch.map((j) => jobs.cpu[j])) - 0.35)).toBeLessThan(0.006);
    expect(batch.every((j) => jobs.memory[j] >= 0.2 && jobs.memory[j] <= 2.5)).toBe(true);
    expect(jobs.arrival.every((time, j) => time < 20000 && (j === 0 || time >= jobs.arrival[j - 1]))).toBe(
      true,
    );
  });

  it("draws the jobs of a class independently of the other classes", () => {
    const { Service } = OMEGA_CLASSES;
    const alone = omegaJobs({ classes: { Service } });
    const both = omegaJobs();
    const kind = both.classes.indexOf("Service");
    const arrivals = [...both.arrival].filter((_, j) => both.jobClass[j] === kind);
    expect([...alone.arrival]).toEqual(arrivals);
    expect(omegaJobs({ seed: 2 }).arrival).not.toEqual(both.arrival);
  });

  it.each([
    [{ horizon: -1 }, "horizon is -1"],
    [{ classes: { A: { ...OMEGA_CLASSES.Batch, between: 0 } } }, "between is 0"],
  ])("refuses %j", (options, message) => {
    expect(() => omegaJobs(options)).toThrow(message);
  });
});
