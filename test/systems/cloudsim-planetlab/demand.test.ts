import { describe, expect, it } from "vitest";
import { readDemand, recordHistory } from "../../../src/systems/cloudsim-planetlab/demand.js";
import { small } from "./small.js";

describe("readDemand", () => {
  it("is linear between the samples and holds the last one", () => {
    const { vms } = small(1, [{ mips: 1000, demand: 0, host: 0 }]);
    const trace = { percent: Uint8Array.of(10, 40, 20), samples: 3 };
    const at = (time: number): number => {
      readDemand(vms, trace, time);
      return vms.demand[0];
    };
    expect(at(0)).toBeCloseTo(100, 9);
    expect(at(100)).toBeCloseTo(200, 9);
    expect(at(300)).toBeCloseTo(400, 9);
    expect(at(450)).toBeCloseTo(300, 9);
    expect(at(899)).toBeCloseTo(200, 9);
  });

  it("does not change a VM without a host", () => {
    const { vms } = small(1, [{ mips: 1000, demand: 7 }]);
    readDemand(vms, { percent: Uint8Array.of(50), samples: 1 }, 0);
    expect(vms.demand[0]).toBe(7);
  });
});

describe("recordHistory", () => {
  it("keeps the newest 30 utilizations of each VM, newest first", () => {
    const { vms } = small(1, [
      { mips: 1000, demand: 0, host: 0 },
      { mips: 500, demand: 100, host: 0 },
    ]);
    for (let step = 1; step <= 32; step++) {
      vms.utilization[0] = step / 100;
      recordHistory(vms);
    }
    expect([...vms.historyLength]).toEqual([30, 30]);
    expect([vms.history[0], vms.history[1], vms.history[29]]).toEqual([0.32, 0.31, 0.03]);
    expect([vms.history[30], vms.history[59]]).toEqual([0.2, 0.2]);
  });
});
