import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { consolidate, type Move } from "../../../src/systems/cloudsim-planetlab/consolidate.js";
import type { Datacenter } from "../../../src/systems/cloudsim-planetlab/datacenter.js";
import { overThreshold } from "../../../src/systems/cloudsim-planetlab/overload.js";
import {
  minimumMigrationTime,
  minimumUtilization,
} from "../../../src/systems/cloudsim-planetlab/selection.js";
import { CLEAN, CLOUDSIM, small, type SmallVm } from "./small.js";

const THR_MMT = { detect: overThreshold(0.8), select: minimumMigrationTime };
const THR_MU = { detect: overThreshold(0.8), select: minimumUtilization };

describe("consolidate", () => {
  it("relieves an overloaded host: two hosts, two VMs", () => {
    // Host 0 has a demand of 3300 of 3720, 0.887. Without either VM it is below 0.8. Host 1 is off.
    const vms = [
      { mips: 2500, demand: 1500, host: 0, memory: 870 },
      { mips: 2000, demand: 1800, host: 0, memory: 613 },
    ];
    for (const rules of [CLEAN, CLOUDSIM]) {
      expect(consolidate(small(2, vms, rules), THR_MMT)).toEqual([{ vm: 1, target: 1 }]);
      expect(consolidate(small(2, vms, rules), THR_MU)).toEqual([{ vm: 0, target: 1 }]);
    }
  });

  it("empties the least loaded host onto another one and wakes no host for it", () => {
    // 0.072 of host 0, 0.056 of host 1.
    const vms = [
      { mips: 500, demand: 270, host: 0 },
      { mips: 500, demand: 100, host: 1 },
      { mips: 500, demand: 200, host: 1 },
    ];
    expect(consolidate(small(4, vms), THR_MMT)).toEqual([
      { vm: 2, target: 0 },
      { vm: 1, target: 0 },
    ]);
  });

  it("empties a host completely or not at all", () => {
    // Host 1 (0.376) is tried first: host 0 at 0.672 has room below 0.8 for only one of its VMs. Then host 0
    // is tried: its VM fits on no host, because host 1 stays excluded.
    const vms = [
      { mips: 2500, demand: 2500, host: 0 },
      { mips: 2500, demand: 1600, host: 1 },
      { mips: 2500, demand: 400, host: 1 },
    ];
    expect(consolidate(small(2, vms), THR_MMT)).toEqual([]);
  });

  it("moves a VM twice where the rules allow a new target to be emptied", () => {
    // VM 0 leaves host 0 (0.833) for host 1, whose power increases least. Host 1 had the lowest use before.
    const vms = [
      { mips: 500, demand: 200, host: 0, memory: 613 },
      { mips: 2000, demand: 1450, host: 0, memory: 1740 },
      { mips: 2000, demand: 1450, host: 0, memory: 1740 },
      { mips: 500, demand: 50, host: 1 },
      { mips: 2000, demand: 1000, host: 2 },
    ];
    const cloudsim = consolidate(small(3, vms, CLOUDSIM), THR_MMT);
    expect(cloudsim).toEqual([
      { vm: 0, target: 1 },
      { vm: 0, target: 2 },
      { vm: 3, target: 2 },
    ]);
    expect(consolidate(small(3, vms, CLEAN), THR_MMT)).toEqual([
      { vm: 0, target: 1 },
      { vm: 4, target: 1 },
    ]);
  });

  it("does not change the data center, and in the clean mode plans only possible moves (property)", () => {
    const anyVm = fc.record({
      mips: fc.constantFrom(500, 1000, 2000, 2500),
      memory: fc.constantFrom(613, 870, 1740),
      percent: fc.integer({ min: 0, max: 100 }),
      host: fc.integer({ min: 0, max: 5 }),
    });
    let planned = 0;
    fc.assert(
      fc.property(fc.array(anyVm, { maxLength: 12 }), fc.boolean(), (list, clean) => {
        const vms = list.map(({ percent, ...vm }): SmallVm => ({ ...vm, demand: (vm.mips * percent) / 100 }));
        const datacenter = small(6, vms, clean ? CLEAN : CLOUDSIM);
        const before = structuredClone(datacenter);
        const moves = consolidate(datacenter, THR_MMT);
        expect(datacenter).toEqual(before);
        planned += moves.length;
        if (clean) checkPlan(datacenter, moves);
      }),
      { seed: 4 },
    );
    expect(planned).toBeGreaterThan(50);
  });
});

function checkPlan({ hosts, vms }: Datacenter, moves: readonly Move[]): void {
  expect(new Set(moves.map(({ vm }) => vm)).size).toBe(moves.length);
  const host = vms.host.slice();
  for (const { vm, target } of moves) {
    expect(target).not.toBe(host[vm]);
    host[vm] = target;
  }
  for (const target of new Set(moves.map((move) => move.target))) {
    const members = [...host.keys()].filter((vm) => host[vm] === target);
    const sum = (column: Float64Array): number => members.reduce((total, vm) => total + column[vm], 0);
    expect(sum(vms.memory)).toBeLessThanOrEqual(hosts.memory[target]);
    // One VM may fill an empty host above the threshold, but no VM here is that large.
    expect(sum(vms.demand) / hosts.mips[target]).toBeLessThanOrEqual(0.8);
  }
}
