import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ownColumn, sharedColumn, shareWorkload } from "../../src/trace/shared-columns.js";
import type { Workload } from "../../src/trace/workload.js";
import { arbitraryWorkload } from "./arbitrary-workload.js";

/** Every column of the workload, by table. */
function columnsOf({ machines, machineEvents, runs, usage }: Workload): ArrayBufferView[] {
  return [machines, machineEvents, runs, usage].flatMap((table) =>
    Object.values<ArrayBufferView>({ ...table }),
  );
}

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

describe("shareWorkload", () => {
  it("keeps every value and type, and leaves no column out", () => {
    fc.assert(
      fc.property(arbitraryWorkload(), (workload) => {
        const before = structuredClone(workload);
        const shared = shareWorkload(workload);
        expect(shared).toEqual(before);
        expect(columnsOf(shared)).toHaveLength(4 + 5 + 14 + 4);
        for (const { buffer } of columnsOf(shared)) expect(buffer).toBeInstanceOf(SharedArrayBuffer);
      }),
    );
  });

  it("takes views of a larger buffer as they are, and leaves alone what is shared already", () => {
    const [workload] = fc.sample(arbitraryWorkload(), { numRuns: 1, seed: 1 });
    const part = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    const own = sharedColumn(Int32Array, 2);
    const usage = { ...workload.usage, cpu: part, offsets: own };
    const shared = shareWorkload({ ...workload, usage });
    expect([...shared.usage.cpu]).toEqual([2, 3]);
    expect(shared.usage.offsets).toBe(own);
  });
});
