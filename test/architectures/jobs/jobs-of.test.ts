import { describe, expect, it } from "vitest";
import { jobsOf } from "../../../src/architectures/jobs/jobs-of.js";
import { schedule } from "../../../src/architectures/schedule.js";
import { workloadFrom } from "../../../src/workload/from-rows/workload-from.js";
import type { TaskRow } from "../../../src/workload/from-rows/rows.js";
import { MACHINE_EVENT, type Workload } from "../../../src/workload/workload.js";

const machines = [
  { cpu: 1, memory: 1 },
  { cpu: 0.5, memory: 0.25 },
];
const task = (row: Omit<TaskRow, "cpu">): TaskRow => ({ cpu: 0.1, memory: 0.1, ...row });

/** Two steps of 300 s. Rows of the executions are in order of start. */
const WORKLOAD = workloadFrom(
  {
    machines,
    tasks: [
      task({ job: 7, start: 0, end: 400, submit: -50, initial: true, machine: 2, class: "LC" }),
      task({ job: 8, start: 12, end: 100, submit: 10 }),
      task({ job: 8, start: 20, end: 30, submit: 10.5, outcome: "fail" }),
      task({ job: 8, start: 92, end: 100, submit: 90 }),
      task({ job: 9, start: 60, end: 600, submit: 55, class: "LC", cpuRequest: 0.4, outcome: "alive" }),
      task({ job: 10, start: 70, end: 80, submit: 70, cpuRequest: 2 }),
    ],
  },
  { steps: 2 },
);

describe("jobsOf", () => {
  it("makes a job of tasks that arrive together", () => {
    const { jobs, tooLarge } = jobsOf(WORKLOAD);
    expect(jobs.ids).toEqual(["8", "9", "8/2"]);
    expect([...jobs.arrival]).toEqual([10, 55, 90]);
    expect([...jobs.taskOffsets]).toEqual([0, 2, 3, 4]);
    // The failed task took 10 s; job 9 was submitted at 55 s and still ran at the end, 600 s.
    expect([...jobs.duration]).toEqual([88, 10, 545, 8]);
    expect([...jobs.estimate]).toEqual([49, 545, 8]);
    expect([...jobs.cpu]).toEqual([0.1, 0.4, 0.1]);
    expect(jobs.classes).toEqual(["Batch", "Service"]);
    expect([...jobs.jobClass]).toEqual([0, 1, 0]);
    expect([...jobs.executions]).toEqual([1, 2, 3, 5]);
    expect(jobs.dependencies).toBeUndefined();
    // Job 10 asks for 2 machines.
    expect(tooLarge).toBe(1);
  });

  it("makes one arrival of all tasks of a job that were submitted within togetherSeconds", () => {
    expect(jobsOf(WORKLOAD, { togetherSeconds: 80 }).jobs.ids).toEqual(["8", "9"]);
    expect(jobsOf(WORKLOAD, { togetherSeconds: 0 }).jobs.ids).toEqual(["8", "8/2", "9", "8/3"]);
  });

  it("makes another job of a task that is submitted again", () => {
    const { executions } = WORKLOAD;
    // The task submitted at 90 s is the one that failed at 30 s.
    const index = executions.index.map((own, row) => (row === 5 ? executions.index[2] : own));
    const again = { ...WORKLOAD, executions: { ...executions, index } };
    expect(jobsOf(again, { togetherSeconds: 80 }).jobs.ids).toEqual(["8", "9", "8/2"]);
  });

  it("places running tasks at time 0, lets them arrive, or leaves them out", () => {
    const { prefill, cluster } = jobsOf(WORKLOAD);
    expect(prefill.ids).toEqual(["7"]);
    expect([...prefill.arrival, ...prefill.duration, ...prefill.jobClass]).toEqual([0, 400, 1]);
    expect([...cluster.running]).toEqual([0]);
    const arriving = jobsOf(WORKLOAD, { running: "arrive" });
    expect(arriving.jobs.ids).toEqual(["7", "8", "9", "8/2"]);
    expect([...arriving.jobs.arrival]).toEqual([0, 10, 55, 90]);
    expect(arriving.prefill.ids).toEqual([]);
    const without = jobsOf(WORKLOAD, { running: "none" });
    expect([...without.jobs.ids, ...without.prefill.ids]).toEqual(["8", "9", "8/2"]);
  });

  it("leaves out machines that are never there", () => {
    const { machines: columns } = WORKLOAD;
    const down = { ...WORKLOAD, machines: { ...columns, up: Uint8Array.of(0, 1) } };
    const { cluster } = jobsOf(down);
    expect([...cluster.cpu]).toEqual([0.5]);
    expect([...cluster.memory]).toEqual([0.25]);
    expect([...cluster.machines]).toEqual([1]);
    expect(cluster.changes).toBeUndefined();
  });

  it("takes machines that join, leave and change size", () => {
    const { machines: columns } = WORKLOAD;
    const changing = {
      ...WORKLOAD,
      machines: { ...columns, up: Uint8Array.of(0, 1) },
      machineEvents: {
        time: Float64Array.of(20, 30, 40, 50),
        machine: Int32Array.of(0, 1, 1, 0),
        kind: Uint8Array.of(
          MACHINE_EVENT.add,
          MACHINE_EVENT.update,
          MACHINE_EVENT.update,
          MACHINE_EVENT.remove,
        ),
        cpu: Float64Array.of(1, 0.75, 0.25, 0),
        memory: Float64Array.of(1, 0.25, 0.25, 0),
      },
    };
    const { cluster } = jobsOf(changing);
    // The second machine has at most .75; at the beginning it has .25 less.
    expect([...cluster.cpu]).toEqual([1, 0.75]);
    const { time, machine, cpu, memory } = cluster.changes!;
    expect([...time]).toEqual([0, 0, 20, 30, 40, 50]);
    expect([...machine]).toEqual([0, 1, 0, 1, 1, 0]);
    expect([...cpu]).toEqual([-1, -0.25, 1, 0.25, -0.5, -1]);
    expect([...memory]).toEqual([-1, 0, 1, 0, 0, -1]);
  });

  it("knows the machines of the tasks that run at the beginning", () => {
    expect([...jobsOf(WORKLOAD).prefill.machine!]).toEqual([1]);
    const { executions } = WORKLOAD;
    const unknown = { ...WORKLOAD, executions: { ...executions, machine: executions.machine.map(() => -1) } };
    expect([...jobsOf(unknown).prefill.machine!]).toEqual([-1]);
  });

  it("takes the mean usage of a job's tasks as its demand", () => {
    const usage = { ...WORKLOAD.usage };
    usage.cpu = usage.cpu.map((_, sample) => (sample + 1) / 4096);
    usage.memory = usage.memory.map((_, sample) => (sample + 1) / 32);
    const { jobs, prefill, tooLarge } = jobsOf({ ...WORKLOAD, usage }, { demand: "usage" });
    // Row 0 (job 7, to 400) has samples 1 and 2, rows 1 and 2 (job 8) samples 3 and 4, row 3 (job 9, 60 to
    // 600) samples 5 and 6, row 4 (job 10) sample 7, row 5 (job 8/2) sample 8. A sample covers 300 s.
    const of = (samples: number, seconds: number): number => (samples / 4096) * (300 / seconds);
    expect(prefill.cpu[0]).toBeCloseTo(of(3, 400), 12);
    expect(jobs.ids).toEqual(["8", "9", "10", "8/2"]);
    expect(jobs.cpu[0]).toBeCloseTo((of(3, 88) + of(4, 10)) / 2, 12);
    expect(jobs.cpu[1]).toBeCloseTo(of(11, 540), 12);
    expect(jobs.memory[1]).toBeCloseTo(5.5 / 32, 12);
    // Job 10 uses less than the 2 machines that it requests.
    expect(tooLarge).toBe(0);
  });

  it("keeps whole jobs, about the same share as of the machines, and keeps them with more machines", () => {
    const many = manyJobs();
    const half = jobsOf(many, { machines: 50 });
    const all = jobsOf(many);
    expect(all.jobs.ids.length).toBe(400);
    expect(half.cluster.cpu.length).toBe(50);
    // Binomial(400, 1/2) has a standard deviation of 10.
    expect(Math.abs(half.jobs.ids.length - 200)).toBeLessThan(50);
    expect([...half.jobs.taskOffsets].every((offset, j) => offset === 3 * j)).toBe(true);
    const more = new Set(jobsOf(many, { machines: 80 }).jobs.ids);
    expect(half.jobs.ids.every((id) => more.has(id))).toBe(true);
    expect(jobsOf(many, { machines: 50, seed: 2 }).jobs.ids).not.toEqual(half.jobs.ids);
  });

  it("lets the stages of a job wait for each other", () => {
    const staged = workloadFrom({
      machines,
      tasks: [
        task({ id: "a", job: 1, start: 10, end: 40 }),
        task({ id: "b", job: 1, start: 50, end: 70, after: ["a"] }),
        task({ id: "c", job: 1, start: 80, end: 90, after: ["a", "b"] }),
        task({ id: "d", job: 2, start: 20, end: 25 }),
      ],
    });
    const { jobs, cluster } = jobsOf(staged);
    // All stages of job 1 arrive at 10.
    expect(jobs.ids).toEqual(["1", "1/2", "1/3", "2"]);
    expect([...jobs.arrival]).toEqual([10, 10, 10, 20]);
    expect([...jobs.dependencies!.offsets]).toEqual([0, 0, 1, 3, 3]);
    expect([...jobs.dependencies!.after]).toEqual([0, 0, 1]);
    // Without delay a stage begins when the one before it ends: 30 s, then 20 s.
    const { tasks } = schedule(jobs, cluster, "omniscient", { parameters: { delay: 0 } });
    expect([...tasks.start]).toEqual([10, 40, 60, 20]);
  });

  it("lets a stage wait for those before a stage that was left out", () => {
    const staged = workloadFrom({
      machines,
      tasks: [
        task({ id: "a", job: 1, start: 10, end: 40 }),
        task({ id: "b", job: 1, start: 50, end: 70, after: ["a"], cpuRequest: 2 }),
        task({ id: "c", job: 1, start: 80, end: 90, after: ["b"] }),
      ],
    });
    const { jobs, tooLarge } = jobsOf(staged);
    expect(tooLarge).toBe(1);
    expect([...jobs.dependencies!.offsets]).toEqual([0, 0, 1]);
    expect([...jobs.dependencies!.after]).toEqual([0]);
  });

  it.each([
    [{ machines: 3 }, "machines 3"],
    [{ running: "arrives" as never }, "running is arrives: give prefill, arrive or none"],
    [{ togetherSeconds: -1 }, "togetherSeconds is -1"],
    [{ machine: 3 } as never, "did you mean machines?"],
  ])("refuses %j", (options, message) => {
    expect(() => jobsOf(WORKLOAD, options)).toThrow(message);
  });
});

/** 400 jobs of three tasks, for 100 machines. */
function manyJobs(): Workload {
  return workloadFrom({
    machines: { count: 100 },
    tasks: Array.from({ length: 1200 }, (_, i) => {
      const job = Math.floor(i / 3) + 1;
      return task({ job, start: job, end: job + 10 });
    }),
  });
}
