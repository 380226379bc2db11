import { expect, it } from "vitest";
import { jobId, parseJobId } from "../../../src/tools/redis/line.js";

it("recovers the parts of an id", () => {
  expect(jobId({ workload: "12ab", key: "34cd" })).toBe("12ab-34cd");
  expect(parseJobId("12ab-34cd")).toEqual({ workload: "12ab", key: "34cd" });
});
