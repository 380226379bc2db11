import { describe, expect, it } from "vitest";
import { clusterOf } from "../../src/architectures/cluster.js";
import { jobsFrom } from "../../src/architectures/jobs/jobs.js";
import { runCases } from "../../src/architectures/run-cases.js";

const jobs = jobsFrom([
  { id: "a", arrival: 1, duration: 10, tasks: 2 },
  { id: "b", arrival: 2, duration: 5 },
]);
const cluster = clusterOf({ machines: 2, slots: 1 });

describe("runCases", () => {
  it("joins the rows of all cases, with the columns of each case", () => {
    const tables = runCases(
      [0, 1].map((delay) => ({
        ...{ jobs, cluster, architecture: "omniscient", parameters: { delay } },
        columns: { delay },
      })),
    );
    expect(tables.jobs.array("architecture")).toEqual(new Array(4).fill("omniscient"));
    expect(tables.jobs.array("delay")).toEqual([0, 0, 1, 1]);
    // Job b begins when a ends, at 11; with a delay of 1 s, a begins at 2 and ends at 12, the center is
    // notified at 13, and b begins at 14.
    expect(tables.jobs.array("waitToFirst")).toEqual([0, 9, 1, 12]);
    expect(tables.schedules.array("delay")).toEqual([0, 1]);
    expect(tables.schedules.array("responseMean")).toEqual([12, 14]);
    expect(tables.schedulers.numRows()).toBe(0);
  });

  it("has a row for each scheduler", () => {
    const { schedulers } = runCases([
      { jobs, cluster, architecture: "monolithic-single", columns: { n: 1 } },
      { jobs, cluster, architecture: "omega", parameters: { batchSchedulers: 2 }, columns: { n: 2 } },
    ]);
    expect(schedulers.array("n")).toEqual([1, 2, 2]);
    expect(schedulers.array("name")).toEqual(["Monolithic", "Batch-1", "Batch-2"]);
  });

  it("refuses an empty list of cases", () => {
    expect(() => runCases([])).toThrow("no case to schedule");
  });
});
