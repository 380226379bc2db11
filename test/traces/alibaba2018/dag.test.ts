import { expect, it } from "vitest";
import { parseTaskName } from "../../../src/traces/alibaba2018/dag.js";

/** The first five are the example of trace_2018.md. */
it.each([
  ["M1", { number: 1, after: [] }],
  ["M2_1", { number: 2, after: [1] }],
  ["M3_1", { number: 3, after: [1] }],
  ["R4_2", { number: 4, after: [2] }],
  ["M5_3_4", { number: 5, after: [3, 4] }],
  ["J12_3_1_Stg2", { number: 12, after: [3, 1] }],
  ["task_NTQ3ODU2", undefined],
  ["MergeTask", undefined],
  ["", undefined],
])("parseTaskName(%j)", (name, expected) => {
  expect(parseTaskName(name)).toEqual(expected);
});
