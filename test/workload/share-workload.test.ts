import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sharedColumn } from "../../src/base/columns/shared-column.js";
import { shareWorkload, shareWorkloads } from "../../src/workload/share-workload.js";
import type { Workload } from "../../src/workload/workload.js";
import { arbitraryWorkload } from "./arbitrary-workload.js";

/** Every column of the workload, by table. */
function columnsOf({ machines, machineEvents, executions, usage }: Workload): ArrayBufferView[] {
  return [machines, machineEvents, executions, usage].flatMap((table) =>
    Object.values<ArrayBufferView>({ ...table }),
  );
}

describe("shareWorkload", () => {
  it("keeps every value and type, and leaves no column out", () => {
    fc.assert(
      fc.property(arbitraryWorkload(), (workload) => {
        const before = structuredClone(workload);
        const shared = shareWorkload(workload);
        expect(shared).toEqual(before);
        expect(workload).toEqual(before);
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
    const [job, firstIndex] = [BigInt64Array.of(7n), Int32Array.of(1)];
    const dependencies = { job, firstIndex, instances: firstIndex, offsets: Int32Array.of(0, 0), after: own };
    const shared = shareWorkload({ ...workload, usage, dependencies });
    expect(shared.dependencies).toEqual(dependencies);
    expect(shared.dependencies?.job.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect([...shared.usage.cpu]).toEqual([2, 3]);
    expect(shared.usage.offsets).toBe(own);
  });
});

describe("shareWorkloads", () => {
  it("copies once what several have in common", () => {
    const [workload, other] = fc.sample(arbitraryWorkload(), { numRuns: 2, seed: 1 });
    const [a, b] = shareWorkloads([workload, { ...other, usage: workload.usage }]);
    expect([a, b]).toEqual([workload, { ...other, usage: workload.usage }]);
    expect(b.usage.cpu).toBe(a.usage.cpu);
    expect(b.executions.job).not.toBe(a.executions.job);
  });
});
