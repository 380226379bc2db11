import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.js";
import { byArrival, jobsFrom } from "../../../src/architectures/jobs/jobs.js";
import { readHawkTrace } from "../../../src/architectures/jobs/hawk-trace.js";
import { readOmegaJobs, readOmegaTrace } from "../../../src/architectures/jobs/omega-jobs.js";

describe("jobsFrom", () => {
  it("makes columns from rows, with defaults", () => {
    const jobs = jobsFrom([
      { arrival: 3, durations: [1, 2] },
      { id: "b", arrival: 1, class: "Service", cpu: 0.5, memory: 4, tasks: 3, duration: 7, after: ["0"] },
    ]);
    expect(jobs.ids).toEqual(["0", "b"]);
    expect([...jobs.arrival]).toEqual([3, 1]);
    expect(jobs.classes).toEqual(["Batch", "Service"]);
    expect([...jobs.jobClass]).toEqual([0, 1]);
    expect([...jobs.cpu]).toEqual([1, 0.5]);
    expect([...jobs.memory]).toEqual([0, 4]);
    expect([...jobs.estimate]).toEqual([1.5, 7]);
    expect([...jobs.taskOffsets]).toEqual([0, 2, 5]);
    expect([...jobs.duration]).toEqual([1, 2, 7, 7, 7]);
    expect([...jobs.dependencies!.offsets]).toEqual([0, 0, 1]);
    expect([...jobs.dependencies!.after]).toEqual([0]);
    expect([...byArrival(jobs)]).toEqual([1, 0]);
  });

  it.each([
    [[{ arrival: 0 }], "job row 1 has no durations"],
    [[{ arrival: 0, durations: [] }], "job row 1 has no tasks"],
    [[{ arrival: 0, durations: [1], tasks: 2 }], "job row 1 has 2 tasks and 1 durations"],
    [[{ arrival: 0, duration: 1, tasks: 0.5 }], "job row 1 has 0.5 tasks"],
    [[{ arrival: -1, duration: 1 }], "arrival of job row 1 is -1"],
    [[{ arrival: 0, duration: NaN }], "duration of job row 1 is NaN"],
    [
      [
        { arrival: 0, duration: 1, id: 1 },
        { arrival: 0, duration: 1, id: "1" },
      ],
      "job id 1 is given twice",
    ],
    [[{ arrival: 0, duration: 1, after: ["x"] }], "job row 1 waits for job x, which does not exist"],
    [
      [
        { arrival: 0, duration: 1, after: [1] },
        { arrival: 0, duration: 1, after: [0] },
      ],
      "job row 1 waits for itself",
    ],
    [[{ arrival: 0, duration: 1, after: 0 }], "after of job row 1 is 0: give a list of ids"],
    [[null], "job row 1 is null: give an object"],
    [[{ arrival: 0, duration: 1 }, 7], "job row 2 is 7"],
    [[{ arrival: 0, duration: 1, class: 7 }], "class of job row 1 is 7: give a text"],
    [[{ arrival: 0, durations: 5 }], "durations of job row 1 are 5: give a list"],
    [[{ arrival: 0, durations: ["1"] }], "duration of job row 1 is '1'"],
    [
      [{ arrival: 0, tasks: 1e12, duration: 1 }],
      "1000000000000 tasks up to job row 1: give at most 50000000",
    ],
    [
      [
        { arrival: 0, duration: 1 },
        { arrival: 0, tasks: 5e7, duration: 1 },
      ],
      "50000001 tasks up to job row 2",
    ],
    [{ arrival: 0, duration: 1 }, "jobs are an object with arrival, duration: give a list"],
  ])("refuses %j", (rows, message) => {
    expect.assertions(2);
    try {
      jobsFrom(rows as never);
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      expect((error as Error).message).toContain(message);
    }
  });

  it("proposes the name of a misspelt column", () => {
    expect(() => jobsFrom([{ arrival: 0, duratoin: 1 } as never])).toThrow("did you mean duration?");
  });
});

describe("formats", () => {
  it("reads Hawk's traces", () => {
    const jobs = readHawkTrace("0.5 2 15.7 10 21\n3 1 4.2 4.9\n");
    expect(jobs.ids).toEqual(["1", "2"]);
    expect([...jobs.arrival]).toEqual([0.5, 3]);
    expect([...jobs.estimate]).toEqual([15.7, 4.2]);
    expect([...jobs.duration]).toEqual([10, 21, 4.9]);
    expect(() => readHawkTrace("0 2 15 10\n")).toThrow("line 1 has 1 durations for 2 tasks");
    expect(() => readHawkTrace("0 1 15 10\n1 1 x 3\n")).toThrow("line 2 is not a job");
  });

  it("reads the initial jobs of an Omega cell, with the split of production jobs", () => {
    const text = [
      "11 0.000000 7 1 2 4 2 8589934592",
      "11 0.000000 8 1 1 1 1 1073741824",
      "11 0.000000 9 0 3 1 .5 0",
      "12 12.5 8 1 1 99",
      "",
    ].join("\n");
    const jobs = readOmegaTrace(text, 100);
    expect(jobs.ids).toEqual(["7", "8", "9"]);
    expect(Array.from(jobs.jobClass, (at) => jobs.classes[at])).toEqual(["Service", "Batch", "Batch"]);
    expect([...jobs.cpu]).toEqual([0.5, 1, 0.5]);
    expect([...jobs.memory]).toEqual([2, 1, 0]);
    expect([...jobs.duration]).toEqual([100, 100, 100, 100, 12.5, 100]);
    expect(() => readOmegaTrace("12 1 8 0 0 1\n", 9)).toThrow("line 1 is neither");
  });

  it("reads jobs of the Omega reference", () => {
    const header = "job,workload,submitted,tasks,duration,cpus,mem";
    const jobs = readOmegaJobs(`${header}\n181,Prefill,0,2,-1,0.5,3.5\n`, 600);
    expect(jobs.ids).toEqual(["181"]);
    expect([...jobs.duration]).toEqual([600, 600]);
    expect(() => readOmegaJobs("job\n1\n", 1)).toThrow("line 1 is job");
    expect(() => readOmegaJobs(`${header}\n1,Batch,0\n`, 1)).toThrow("line 2 has 3 fields");
  });
});
