import { describe, expect, it } from "vitest";
import { createGuest } from "../../../../src/systems/giantvm/testbed/guest.js";
import { followsFaults } from "../../../../src/systems/giantvm/testbed/numa-balancing.js";
import { TESTBED } from "../../../../src/systems/giantvm/testbed/parameters.js";
import { resolveParameters } from "../../../../src/base/parameters.js";
import { randomStream } from "../../../../src/base/random.js";

function guestOf(given: Record<string, number>, { processes = 1, isHinting = false } = {}) {
  const parameters = resolveParameters("the testbed", TESTBED, given);
  return createGuest({ parameters, processes, isHinting, random: randomStream(1, "noise", "guest") });
}

const nodes = (guest: ReturnType<typeof guestOf>): number[] =>
  [0, 1, 2, 3].map((node) => guest.threadsOnNode(node));

describe("BE threads", () => {
  it("start on the node with the fewest threads, each on its own vCPU", () => {
    const guest = guestOf({ threads: 6 });
    expect(nodes(guest)).toEqual([2, 2, 1, 1]);
    expect(Math.max(...guest.threadsOnCpu)).toBe(1);
    expect(guest.nodeOf[0]).toBe(-1);
  });

  it("share vCPUs only where a node has more threads than vCPUs, and move together", () => {
    const guest = guestOf({ threads: 10 });
    guest.move(0, 2);
    expect(nodes(guest)).toEqual([0, 0, 10, 0]);
    expect([...guest.threadsOnCpu].sort((a, b) => b - a).slice(0, 9)).toEqual([2, 2, 1, 1, 1, 1, 1, 1, 0]);
    guest.wander();
    expect(nodes(guest)).toEqual([0, 0, 10, 0]);
  });

  it("wait for the DSM while they are spread, but not on one node", () => {
    const guest = guestOf({ threads: 2, spreadStall: 0.25, workingSet: 0 });
    guest.want();
    expect([...guest.wantedOnCpu].filter((wanted) => wanted > 0)).toEqual([0.75, 0.75]);
    guest.move(0, 1);
    guest.want();
    expect([...guest.wantedOnCpu].filter((wanted) => wanted > 0)).toEqual([1, 1]);
  });

  it("run slower after a move until the working set is there: W / (stall x bandwidth) seconds", () => {
    const guest = guestOf({ threads: 1, workingSet: 100, bandwidth: 50, fetchStall: 0.5 });
    guest.move(0, 3);
    let seconds = 0;
    for (let tick = 0; tick < 100; tick++) {
      guest.want();
      if (guest.wantedOnCpu.some((wanted) => wanted === 0.5)) seconds += 0.1;
      guest.advance(guest.wantedOnCpu, 0.1);
    }
    // 100 MiB at half of 50 MiB/s.
    expect(seconds).toBeCloseTo(4, 6);
    expect(guest.movedBytes()).toBeCloseTo(100 * 2 ** 20, 0);
    expect(guest.progress[0]).toBeCloseTo(4 * 0.5 + 6, 6);
    guest.move(0, 3);
    guest.want();
    expect(Math.max(...guest.wantedOnCpu)).toBe(1);
  });

  it("are slowed by NUMA balancing's pages while they are spread", () => {
    const guest = guestOf(
      { threads: 2, spreadStall: 0, hintedPages: 12800, bandwidth: 100 },
      { isHinting: true },
    );
    guest.want();
    // 12,800 pages are 50 MiB: half a second of every second, shared by two threads.
    expect([...guest.wantedOnCpu].filter((wanted) => wanted > 0)).toEqual([0.75, 0.75]);
    guest.advance(guest.wantedOnCpu, 2);
    expect(guest.hintedBytes()).toBe(100 * 2 ** 20);
  });
});

describe("NUMA balancing", () => {
  it("follows the pages unless the nodes' loads become more uneven", () => {
    expect(followsFaults(1, 1)).toBe(false);
    expect(followsFaults(2, 1)).toBe(true);
    expect(followsFaults(3, 1)).toBe(true);
    expect(followsFaults(1, 0)).toBe(true);
    expect(followsFaults(1, 3)).toBe(false);
  });

  it("does not move evenly spread threads, whatever the steal", () => {
    const guest = guestOf({ threads: 4 }, { isHinting: true });
    guest.followFaults();
    expect(nodes(guest)).toEqual([1, 1, 1, 1]);
  });
});
