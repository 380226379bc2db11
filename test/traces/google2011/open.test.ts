import { rmSync } from "node:fs";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { findFault } from "../../../src/workload/check.js";
import { openGoogle2011, type Google2011Options } from "../../../src/traces/google2011/open.js";
import { OUTCOME, type Workload } from "../../../src/workload/workload.js";
import {
  at,
  eventLine,
  EVICT,
  FINISH,
  halfOfRequest,
  KILL,
  part,
  SCHEDULE,
  SUBMIT,
  usageLine,
  writeTrace,
} from "./fixtures.js";

const AFTER = "9223372036854775807";
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

async function open(
  files: Readonly<Record<string, readonly string[]>>,
  options: Google2011Options = {},
): Promise<Workload> {
  const folder = writeTrace(files);
  folders.push(folder);
  const workload = await openGoogle2011(folder, { createUsageModel: halfOfRequest, ...options });
  expect(findFault(workload)).toBeUndefined();
  return workload;
}

const MACHINES = `machine_events/${part(0, 1)}`;
const EVENTS = `task_events/${part(0)}`;
const USAGE = `task_usage/${part(0)}`;

const runsOf = ({ executions }: Workload): unknown[] =>
  Array.from(executions.job, (job, row) => ({
    job: Number(job),
    start: executions.start[row],
    end: executions.end[row],
    outcome: executions.outcome[row],
    machine: executions.machine[row],
    initial: executions.initial[row],
    measured: executions.measured[row],
  }));

describe("a small trace", () => {
  const machines = ["0,7,0,p,0.5,0.25", "0,8,0,p,0.5,0.25", `${at(650)},8,1,p,,`, `${AFTER},7,1,p,,`];
  const events = [
    eventLine({
      time: 0,
      type: SUBMIT,
      job: 6251812952,
      machine: 7,
      priority: 9,
      schedulingClass: 3,
      cpu: "",
    }),
    eventLine({
      time: 0,
      type: SCHEDULE,
      job: 6251812952,
      machine: 7,
      priority: 9,
      schedulingClass: 3,
      cpu: 0.2,
    }),
    eventLine({ time: at(100), type: SUBMIT, job: 2, cpu: 0.05 }),
    eventLine({ time: at(200), type: SCHEDULE, job: 2, machine: 8, cpu: 0.05 }),
    eventLine({ time: at(700), type: KILL, job: 2, cpu: 0.05 }),
    `${AFTER},,6251812952,0,7,4,u,3,9,0.2,0.1,0,0`,
  ];
  const usage = [
    usageLine({ start: at(0), end: at(300), job: 6251812952, machine: 7, cpu: 0.3, memory: 0.2 }),
    usageLine({ start: at(300), end: at(600), job: 6251812952, machine: 7, cpu: 0.6, memory: 0.1 }),
  ];

  test("becomes columns: times from step 0, exact ids, the t = 0 placement kept", async () => {
    const workload = await open({ [MACHINES]: machines, [EVENTS]: events, [USAGE]: usage });
    expect(workload).toMatchObject({
      source: "google2011",
      stepSeconds: 300,
      steps: 3,
      originSeconds: 600,
      lcRule: "class>=2",
    });
    expect([...workload.executions.job]).toEqual([6251812952n, 2n]);
    expect(runsOf(workload)).toEqual([
      { job: 6251812952, start: 0, end: 900, outcome: OUTCOME.alive, machine: 0, initial: 1, measured: 1 },
      { job: 2, start: 200, end: 700, outcome: OUTCOME.kill, machine: 1, initial: 0, measured: 0 },
    ]);
    expect([...workload.executions.submit]).toEqual([0, 100]);
    expect([...workload.executions.taskClass]).toEqual([1, 0]);
    expect([...workload.executions.cpuRequest]).toEqual([0.2, 0.05]);
    expect([...workload.usage.offsets]).toEqual([0, 3, 6]);
    expect([...workload.usage.firstStep]).toEqual([0, 0]);
    const expected = [0.3, 0.6, 0.6, 0.025, 0.025, 0.025];
    expect([...workload.usage.cpu]).toEqual(expected.map((value): unknown => expect.closeTo(value, 6)));
    expect([...workload.machines.id]).toEqual([7n, 8n]);
    expect([...workload.machineEvents.time]).toEqual([650]);
    expect([...workload.machineEvents.machine]).toEqual([1]);
    expect(workload.provenance.usage).toBe("mixed");
    expect(workload.provenance.report).toMatchObject({
      "events.afterTrace": 1,
      "task_events.rows": 6,
      "usage.stepsCarried": 1,
      "usage.executionsModelled": 1,
    });
    expect(workload.provenance.inputs.map(({ path }) => path)).toEqual([MACHINES, EVENTS, USAGE]);
    expect(workload.provenance.inputs[0].sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test("an execution of which windows cover less than half is not called measured", async () => {
    const {
      executions,
      usage: samples,
      provenance,
    } = await open({ [EVENTS]: events, [USAGE]: usage.slice(0, 1) });
    expect(executions.measured[0]).toBe(0);
    expect([...samples.cpu.subarray(0, 3)]).toEqual(
      [0.3, 0.3, 0.3].map((x): unknown => expect.closeTo(x, 6)),
    );
    expect(provenance.usage).toBe("modelled");
    expect(provenance.report).toMatchObject({ "usage.stepsCarried": 2, "usage.executionsMostlyCarried": 1 });
  });

  test("steps cuts it short: an execution that outlives the horizon is alive, one that starts after it is not there", async () => {
    const one = await open({ [MACHINES]: machines, [EVENTS]: events }, { steps: 1 });
    expect(one.steps).toBe(1);
    expect([...one.executions.end]).toEqual([300, 300]);
    expect([...one.executions.outcome]).toEqual([OUTCOME.alive, OUTCOME.alive]);
    expect(one.machineEvents.time).toHaveLength(0);
    const many = await open({ [MACHINES]: machines, [EVENTS]: events }, { steps: 1000 });
    expect(many.steps).toBe(3);
    await expect(open({ [EVENTS]: events }, { steps: 0 })).rejects.toThrow("steps 0: give a whole number");
  });

  test("machines that are not picked take their executions with them", async () => {
    const shape = { cpu: 1, memory: 1 };
    const unequal = ["0,7,0,p,1,1", "0,8,0,p,0.5,0.25"];
    const workload = await open(
      { [MACHINES]: unequal, [EVENTS]: events, [USAGE]: usage },
      { machines: 1, shape },
    );
    expect([...workload.machines.id]).toEqual([7n]);
    expect([...workload.executions.job]).toEqual([6251812952n]);
    await expect(open({ [MACHINES]: unequal, [EVENTS]: events }, { machines: 3 })).rejects.toThrow(
      "machines 3: the trace begins with 2",
    );
  });

  test("without machine_events the machines are those named, up from the start", async () => {
    const workload = await open({ [EVENTS]: events, [USAGE]: usage });
    expect([...workload.machines.id]).toEqual([7n, 8n]);
    expect([...workload.machines.cpu]).toEqual([0.5, 0.5]);
    expect([...workload.machines.up]).toEqual([1, 1]);
    expect(workload.provenance.report["machines.assumedCapacity"]).toBe(2);
  });

  test("an execution on a machine that machine_events does not have keeps it, though it is not up", async () => {
    const workload = await open({ [MACHINES]: ["0,7,0,p,0.5,0.25"], [EVENTS]: events }, { machines: "all" });
    expect([...workload.machines.id]).toEqual([7n, 8n]);
    expect([...workload.machines.up]).toEqual([1, 0]);
    expect([...workload.executions.machine]).toEqual([0, 1]);
  });

  test("job_events gives the scheduling class of a task that has none, and is not read otherwise", async () => {
    const jobs = { [`job_events/${part(0)}`]: ["0,,2,0,u,3,j,l"] };
    const without = events.map((line) => line.replace(",u,0,", ",u,,"));
    const workload = await open({ [EVENTS]: without, ...jobs });
    expect([...workload.executions.schedulingClass]).toEqual([3, 3]);
    expect(workload.provenance.report["classes.fromJob"]).toBe(1);
    expect(workload.provenance.inputs).toHaveLength(2);
    const assumed = await open({ [EVENTS]: without });
    expect([...assumed.executions.schedulingClass]).toEqual([3, 0]);
    expect(assumed.provenance.report["classes.assumedZero"]).toBe(1);
    const unneeded = await open({ [EVENTS]: events, ...jobs });
    expect(unneeded.provenance.inputs).toHaveLength(1);
  });

  test("a bad row fails with its place, or is skipped and counted", async () => {
    const bad = [...events, events[2].replace(",0.05,", ",much,")];
    await expect(open({ [EVENTS]: bad })).rejects.toThrow(
      'task_events/part-00000-of-00500.csv.gz, line 7, column "CPU request": value "much" is not a number',
    );
    const workload = await open({ [EVENTS]: bad }, { onError: "skip" });
    expect(workload.provenance.report["task_events.skippedRows"]).toBe(1);
    expect(workload.provenance.inputs.flatMap(({ skipped }) => skipped ?? [])).toEqual([
      'line 7, column "CPU request": value "much" is not a number',
    ]);
    expect(workload.executions.job).toHaveLength(2);
  });
});

describe("usage", () => {
  const life = [
    eventLine({ time: at(0), type: SUBMIT }),
    eventLine({ time: at(0), type: SCHEDULE, machine: 7 }),
    eventLine({ time: at(600), type: FINISH, machine: 7 }),
  ];
  const window = { start: at(0), end: at(300), machine: 7 };

  test("the cleaning report counts what is odd; negative and empty values are missing, above 1 is cut", async () => {
    const usage = [
      usageLine({ ...window, cpu: 2.5, memory: 0.1 }),
      usageLine({ start: at(300), end: at(400), machine: 7, cpu: -0.1, memory: 0 }),
      usageLine({ start: at(400), end: at(500), machine: 7, cpu: "", memory: 0.3 }),
      usageLine({ start: at(350), end: at(360), machine: 7, cpu: 0.1, memory: 0.1, maximumCpu: 0.05 }),
      usageLine({ start: at(500), end: at(630), machine: 7, cpu: 0.1, memory: 0.2, maximumMemory: 0.1 }),
    ];
    const workload = await open({ [EVENTS]: life, [USAGE]: usage });
    expect(workload.provenance.report).toMatchObject({
      "usage.empty": 1,
      "usage.zero": 1,
      "usage.negative": 1,
      "usage.maximumBelowMean": 2,
      "usage.aboveOne": 1,
      "usage.outOfOrder": 1,
      "usage.overlapping": 1,
      "usage.clippedToExecution": 1,
    });
    // CPU of step 1: 1 (cut) to second 350, then .1 to 600.
    expect(workload.usage.cpu[0]).toBe(1);
    expect(workload.usage.cpu[1]).toBeCloseTo((50 * 1 + 250 * 0.1) / 300, 6);
    expect(workload.usage.cpu).toHaveLength(2);
    expect(workload.provenance.usage).toBe("measured");
  });

  test("a window of no length is counted and left out, as Google's have them", async () => {
    const usage = [usageLine({ start: at(9), end: at(9), cpu: 0.9 }), usageLine(window)];
    const { usage: samples, provenance } = await open({ [EVENTS]: life, [USAGE]: usage });
    expect(samples).toEqual((await open({ [EVENTS]: life, [USAGE]: [usageLine(window)] })).usage);
    expect(provenance.report["usage.zeroLength"]).toBe(1);
  });

  test("a window that goes back or lies after the trace is a bad row", async () => {
    await expect(
      open({ [EVENTS]: life, [USAGE]: [usageLine({ start: at(9), end: at(8) })] }),
    ).rejects.toThrow(/line 1, column "end time": value "608000000" is before/);
    const after = usageLine({ ...window }).replace(String(at(300)), AFTER);
    await expect(open({ [EVENTS]: life, [USAGE]: [after] })).rejects.toThrow(
      /column "end time".*after the trace/,
    );
  });

  test("without events makes an execution, from the first window to the last, a new one on another machine", async () => {
    const usage = [
      usageLine({ ...window, job: 5 }),
      usageLine({ start: at(300), end: at(450), job: 5, machine: 7 }),
      usageLine({ start: at(440), end: at(500), job: 5, machine: 8, cpu: 0.4 }),
    ];
    const workload = await open({ [EVENTS]: life, [USAGE]: usage });
    expect(runsOf(workload)).toEqual([
      { job: 1, start: 0, end: 600, outcome: OUTCOME.finish, machine: 0, initial: 0, measured: 0 },
      { job: 5, start: 0, end: 440, outcome: OUTCOME.lost, machine: 0, initial: 0, measured: 1 },
      { job: 5, start: 440, end: 500, outcome: OUTCOME.lost, machine: 1, initial: 0, measured: 1 },
    ]);
    expect(workload.provenance.report).toMatchObject({
      "inferred.tasksWithoutEvents": 1,
      "inferred.executions": 2,
    });
  });

  test("alone is a trace too", async () => {
    const workload = await open({ [USAGE]: [usageLine(window)] });
    expect(runsOf(workload)).toEqual([
      { job: 1, start: 0, end: 300, outcome: OUTCOME.alive, machine: 0, initial: 0, measured: 1 },
    ]);
  });

  test("of a task that is submitted and finished, but never scheduled, makes its execution", async () => {
    const virtualMachine = [
      eventLine({ time: at(0), type: SUBMIT }),
      eventLine({ time: at(500), type: FINISH }),
    ];
    const usage = [usageLine({ start: at(10), end: at(300) }), usageLine({ start: at(300), end: at(520) })];
    const workload = await open({
      [EVENTS]: virtualMachine,
      [USAGE]: usage,
      [MACHINES]: ["0,7,0,,0.5,0.5"],
    });
    expect(runsOf(workload)).toEqual([
      { job: 1, start: 10, end: 500, outcome: OUTCOME.finish, machine: -1, initial: 0, measured: 1 },
    ]);
    expect([...workload.executions.submit]).toEqual([0]);
    expect(workload.provenance.report["inferred.tasksNeverScheduled"]).toBe(1);
  });
});

describe("parts", () => {
  const first = [
    eventLine({ time: at(10), type: SUBMIT }),
    eventLine({ time: at(20), type: SCHEDULE, machine: 7 }),
    eventLine({ time: at(300), type: SUBMIT, job: 9 }),
  ];
  const third = [
    eventLine({ time: at(1000), type: SUBMIT, job: 8 }),
    eventLine({ time: at(1010), type: SUBMIT }),
    eventLine({ time: at(1020), type: EVICT, job: 3, machine: 8 }),
  ];

  test("a missing part in the middle is a gap", async () => {
    const workload = await open({ [EVENTS]: first, [`task_events/${part(2)}`]: third });
    expect(runsOf(workload)).toEqual([
      { job: 1, start: 20, end: 300, outcome: OUTCOME.lost, machine: 0, initial: 0, measured: 0 },
      { job: 3, start: 1000, end: 1020, outcome: OUTCOME.evict, machine: 1, initial: 0, measured: 0 },
    ]);
    expect(workload.provenance.report).toMatchObject({
      "lifecycle.gapEndedExecutions": 1,
      "lifecycle.gapStartedExecutions": 1,
    });
  });

  test("so is one left out by choice; adjacent parts have none between them", async () => {
    const files = { [EVENTS]: first, [`task_events/${part(1)}`]: first, [`task_events/${part(2)}`]: third };
    const chosen = await open(files, { parts: [0, 2] });
    expect(chosen.provenance.report["lifecycle.gapEndedExecutions"]).toBe(1);
    const whole = await open({ [EVENTS]: first, [`task_events/${part(1)}`]: third });
    expect(whole.provenance.report).toMatchObject({
      "lifecycle.gapEndedExecutions": 0,
      "lifecycle.submittedWhileRunning": 1,
      "lifecycle.endedUnknown": 1,
    });
  });

  test("without part 0, step 0 is the step of the first event, and what ends later was there from the start", async () => {
    const workload = await open({ [`task_events/${part(2)}`]: third });
    expect(workload.originSeconds).toBe(1500);
    expect(workload.steps).toBe(1);
    expect(runsOf(workload)).toEqual([
      { job: 3, start: 0, end: 120, outcome: OUTCOME.evict, machine: 0, initial: 1, measured: 0 },
    ]);
  });
});

describe("the order of rows and of parts", () => {
  const jobs = [1, 2, 3, 4, 5];
  const events = jobs.flatMap((job) => [
    eventLine({ time: 0, type: SUBMIT, job, cpu: "" }),
    eventLine({ time: 0, type: SCHEDULE, job, machine: 10 + (job % 3), cpu: job === 3 ? "" : 0.1 * job }),
    eventLine({ time: at(100 * job), type: EVICT, job, machine: 10 + (job % 3), cpu: "" }),
    eventLine({ time: at(100 * job), type: SUBMIT, job, cpu: "" }),
    eventLine({ time: at(100 * job), type: SCHEDULE, job, machine: 10 + ((job + 1) % 3), cpu: "" }),
  ]);
  const usage = jobs.flatMap((job) => [
    usageLine({ start: at(0), end: at(300), job, machine: 10 + (job % 3), cpu: 0.01 * job }),
    usageLine({ start: at(0), end: at(300), job, machine: 10 + ((job + 1) % 3), cpu: 0.02 * job }),
    usageLine({ start: at(200), end: at(500), job, machine: "", cpu: 0.03 * job }),
  ]);
  const machines = [
    "0,10,0,p,0.5,0.5",
    `${at(5)},10,1,p,,`,
    `${at(5)},10,0,p,,`,
    "0,11,0,p,1,1",
    "0,12,0,p,0.5,0.5",
  ];
  const tableOf = (workload: Workload): unknown => ({
    ...workload,
    provenance: { ...workload.provenance, inputs: [], report: {} },
  });
  const shuffled = (lines: readonly string[]): fc.Arbitrary<string[]> =>
    fc.shuffledSubarray([...lines], { minLength: lines.length });

  test("leave no mark on the workload", async () => {
    const reference = tableOf(await open({ [MACHINES]: machines, [EVENTS]: events, [USAGE]: usage }));
    const anyCut = fc.integer({ min: 1, max: events.length - 1 });
    await fc.assert(
      fc.asyncProperty(
        shuffled(machines),
        shuffled(events),
        shuffled(usage),
        anyCut,
        async (m, e, u, cut) => {
          const workload = await open({
            [MACHINES]: m,
            [`task_events/${part(0)}`]: e.slice(0, cut),
            [`task_events/${part(1)}`]: e.slice(cut),
            [`task_usage/${part(0)}`]: u.slice(7),
            [`task_usage/${part(1)}`]: u.slice(0, 7),
          });
          expect(tableOf(workload)).toEqual(reference);
        },
      ),
      { numRuns: 25 },
    );
  });

  test("every execution has a sample in each step that it touches", async () => {
    const { executions, usage: samples } = await open({
      [MACHINES]: machines,
      [EVENTS]: events,
      [USAGE]: usage,
    });
    expect(executions.job.length).toBe(10);
    for (let row = 0; row < executions.job.length; row++) {
      const first = Math.floor(executions.start[row] / 300);
      expect(samples.firstStep[row]).toBe(first);
      expect(samples.offsets[row + 1] - samples.offsets[row]).toBe(
        Math.ceil(executions.end[row] / 300) - first,
      );
    }
  });
});
