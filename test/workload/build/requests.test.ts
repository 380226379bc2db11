import { describe, expect, test } from "vitest";
import { toTracePriorities } from "../../../src/traces/google2011/priorities.js";
import { imputeRequests } from "../../../src/workload/build/requests.js";

describe("imputeRequests", () => {
  test("takes the median of the job, else of the tier; counts both, and requests of 0", () => {
    const counts: Record<string, number> = {};
    const { cpu, memory } = imputeRequests(
      {
        job: new BigInt64Array([1n, 1n, 1n, 1n, 2n, 3n, 4n]),
        priority: Uint8Array.of(0, 0, 0, 0, 1, 9, 9),
        cpu: Float64Array.of(0.1, 0.4, 0.2, NaN, NaN, 0.5, NaN),
        memory: Float64Array.of(0.1, 0.1, 0.1, 0.1, 0, 0.5, 0.6),
      },
      counts,
    );
    expect([...cpu]).toEqual([0.1, 0.4, 0.2, 0.2, 0.2, 0.5, 0.5]);
    expect([...memory]).toEqual([0.1, 0.1, 0.1, 0.1, 0, 0.5, 0.6]);
    expect(counts).toEqual({
      "requests.zeroCpu": 0,
      "requests.imputedCpuFromJob": 1,
      "requests.imputedCpuFromUse": 0,
      "requests.imputedCpuFromTier": 2,
      "requests.imputedCpuFromGoogle2011": 0,
      "requests.zeroMemory": 1,
      "requests.imputedMemoryFromJob": 0,
      "requests.imputedMemoryFromUse": 0,
      "requests.imputedMemoryFromTier": 0,
      "requests.imputedMemoryFromGoogle2011": 0,
    });
  });

  test("takes an execution's own largest use after its job's requests and before those of other jobs, Google's last", () => {
    const counts: Record<string, number> = {};
    const { cpu, memory } = imputeRequests(
      {
        job: new BigInt64Array([1n, 1n, 2n, 3n]),
        priority: Uint8Array.of(0, 0, 0, 0),
        cpu: Float64Array.of(0.1, NaN, NaN, NaN),
        memory: new Float64Array(4).fill(NaN),
        peakCpu: Float64Array.of(0.7, 0.7, 0.7, NaN),
      },
      counts,
    );
    expect([...cpu]).toEqual([0.1, 0.1, 0.7, 0.1]);
    // The median memory request of new executions in the first 5.6 hours of Google's trace of 2011.
    expect([...memory]).toEqual(new Array(4).fill(0.0207));
    expect(counts).toMatchObject({
      "requests.imputedCpuFromJob": 1,
      "requests.imputedCpuFromUse": 1,
      "requests.imputedCpuFromTier": 1,
      "requests.imputedMemoryFromGoogle2011": 4,
    });
  });

  test("without any of the tier takes the median of all; of an even number, the mean of the middle two", () => {
    const { cpu } = imputeRequests(
      {
        job: new BigInt64Array([1n, 2n, 3n]),
        priority: Uint8Array.of(0, 0, 9),
        cpu: Float64Array.of(0.1, 0.3, NaN),
        memory: new Float64Array(3),
      },
      {},
    );
    expect(cpu[2]).toBeCloseTo(0.2, 12);
  });
});

describe("priorities", () => {
  test("of the 2011 trace are taken as they are", () => {
    const counts: Record<string, number> = {};
    expect([...toTracePriorities(Uint16Array.of(0, 4, 11), counts)]).toEqual([0, 4, 11]);
    expect(counts).toEqual({ "priorities.mapped": 0 });
  });

  test("where any is above 11, all are Borg's own: mapped to the one at or below in the list", () => {
    const counts: Record<string, number> = {};
    const raw = Uint16Array.of(0, 25, 100, 101, 103, 104, 107, 109, 119, 200, 360, 450, 11, 30, 199, 500);
    expect([...toTracePriorities(raw, counts)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 1, 8, 11]);
    expect(counts).toEqual({ "priorities.mapped": 16 });
  });
});
