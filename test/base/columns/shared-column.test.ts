import { describe, expect, it } from "vitest";
import { ownColumn, sharedColumn } from "../../../src/base/columns/shared-column.js";

describe("sharedColumn and ownColumn", () => {
  it.each([
    ["shared", sharedColumn, [0, 5, 0]],
    ["not shared", ownColumn, [0, 0, 0]],
  ])("make columns of zeros, %s with who gets one in a message", (_, make, after) => {
    const column = make(Float64Array, 3);
    expect([...column]).toEqual([0, 0, 0]);
    structuredClone(column)[1] = 5;
    expect([...column]).toEqual(after);
  });
});
