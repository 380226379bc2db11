import { describe, expect, it } from "vitest";
import { removeMember, shareCpu } from "../../../src/systems/cloudsim-planetlab/datacenter.js";
import { CLEAN, small } from "./small.js";

describe("shareCpu", () => {
  it("gives each VM its demand, at most one core", () => {
    const datacenter = small(1, [
      { mips: 2500, demand: 2500, host: 0 },
      { mips: 1000, demand: 300, host: 0, memory: 1740 },
    ]);
    const { hosts } = datacenter;
    expect(hosts.shares[0]).toEqual([1860, 300]);
    expect([hosts.shared[0], hosts.demanded[0], hosts.free[0], hosts.usedMemory[0]]).toEqual([
      2160, 2800, 1560, 2353,
    ]);
    removeMember(datacenter, 0, 0);
    expect([hosts.shares[0], hosts.shared[0], hosts.free[0]]).toEqual([[300], 300, 3420]);
  });

  it("scales all shares equally where the host is too small, in CloudSim to whole MIPS", () => {
    const vms = [1860, 1860, 1000].map((demand) => ({ mips: 2000, demand, host: 0 }));
    const scale = 3720 / 4720;
    const exact = [1860 * scale, 1860 * scale, 1000 * scale];
    expect(small(1, vms).hosts.shares[0]).toEqual(exact.map(Math.floor));
    const clean = small(1, vms, CLEAN).hosts;
    for (const [place, share] of exact.entries()) expect(clean.shares[0][place]).toBeCloseTo(share, 9);
    expect(clean.free[0]).toBe(0);
  });

  it("gives a leaving VM 90 % at the source and an arriving one 10 % at the target", () => {
    const datacenter = small(2, [{ mips: 1000, demand: 500, host: 0 }]);
    const { hosts, vms } = datacenter;
    vms.migrating[0] = 1;
    hosts.arriving[1].push(0);
    hosts.members[1].push(0);
    shareCpu(datacenter, 0);
    shareCpu(datacenter, 1);
    expect(hosts.shares.slice(0, 2)).toEqual([[450], [50]]);
    // The source keeps the whole demand reserved.
    expect([hosts.free[0], hosts.free[1]]).toEqual([3720 - 500, 5320 - 50]);
  });
});
