import { describe, expect, it } from "vitest";
import { overThreshold } from "../../../src/systems/cloudsim-planetlab/overload.js";
import { firstFit, leastPowerFit } from "../../../src/systems/cloudsim-planetlab/placement.js";
import { CLEAN, CLOUDSIM, small } from "./small.js";

const limits = { candidates: [0, 1, 2, 3], detect: overThreshold(0.8), checkMemory: true };

describe("firstFit", () => {
  it("requires a core, MIPS and memory", () => {
    const place = (demand: number, memory: number): number =>
      firstFit(
        small(4, [
          { mips: 1860, demand: 1860, host: 0, memory: 100 },
          { mips: 2500, demand: 1000, host: 1, memory: 3000 },
          { mips: 2500, demand, memory },
        ]),
        2,
      );
    expect(place(1860, 870)).toBe(0);
    expect(place(1861, 870)).toBe(1);
    expect(place(1861, 1740)).toBe(3);
    expect(place(2661, 100)).toBe(-1);
  });
});

describe("leastPowerFit", () => {
  it("chooses the host whose power increases least", () => {
    // From 500 to 1000 MIPS: G4 0.134 -> 0.269, 90.49 -> 94.94 W; G5 0.094 -> 0.188, 96.80 -> 100.52 W.
    const datacenter = small(2, [
      { mips: 1000, demand: 500, host: 0 },
      { mips: 1000, demand: 500, host: 1 },
      { mips: 1000, demand: 500 },
    ]);
    expect(leastPowerFit(datacenter, 2, { ...limits, candidates: [0, 1] })).toBe(1);
    expect(leastPowerFit(datacenter, 2, { ...limits, candidates: [0] })).toBe(0);
  });

  it("rejects a used host that would be overloaded, but not an empty one", () => {
    const datacenter = small(2, [
      { mips: 2500, demand: 2400, host: 1 },
      { mips: 2500, demand: 1860 },
    ]);
    // On host 1: 4260 of 5320 is 0.801. On host 0: 0.5.
    expect(leastPowerFit(datacenter, 1, { ...limits, candidates: [0, 1] })).toBe(0);
    expect(leastPowerFit(datacenter, 1, { ...limits, candidates: [1] })).toBe(-1);
    const always = { ...limits, detect: () => true };
    expect(leastPowerFit(datacenter, 1, { ...always, candidates: [0, 1] })).toBe(0);
  });

  it("counts only the power above idle for waking a host in CloudSim, and the whole power in clean", () => {
    const vms = [
      { mips: 2500, demand: 1000, host: 0 },
      { mips: 2500, demand: 300 },
    ];
    // On host 0: 0.269 -> 0.349, 94.94 -> 97.73 W: 2.79. An empty G5 at 0.056: 95.56 W, 1.86 above idle.
    expect(leastPowerFit(small(4, vms, CLOUDSIM), 1, limits)).toBe(1);
    expect(leastPowerFit(small(4, vms, CLEAN), 1, limits)).toBe(0);
  });

  it("respects memory only with checkMemory", () => {
    const vms = [
      { mips: 2500, demand: 10, host: 0, memory: 4000 },
      { mips: 2500, demand: 10, memory: 613 },
    ];
    expect(leastPowerFit(small(1, vms), 1, { ...limits, candidates: [0] })).toBe(-1);
    expect(leastPowerFit(small(1, vms), 1, { ...limits, candidates: [0], checkMemory: false })).toBe(0);
  });

  it("gives a tie to the first host", () => {
    expect(leastPowerFit(small(4, [{ mips: 2500, demand: 2500 }]), 0, limits)).toBe(1);
  });
});
