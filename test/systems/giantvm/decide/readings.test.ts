import { describe, expect, it } from "vitest";
import type { CpuTicks, StatSample } from "../../../../src/systems/giantvm/decide/decider.js";
import { readNodes } from "../../../../src/systems/giantvm/decide/readings.js";
import { createStat, idleCpu } from "./stat.js";

const UNKNOWN = {
  stealTicks: NaN,
  stealShare: NaN,
  busyShare: NaN,
  runnableTicks: 0,
  elapsedTicks: 0,
  cpus: 0,
};

function between(before: readonly CpuTicks[], after: readonly CpuTicks[], nodes = [[0]], seconds = 10) {
  return readNodes({ seconds: 0, cpus: before }, { seconds, cpus: after }, nodes);
}

describe("readNodes", () => {
  it("sums the CPUs of a node; idle time is not part of the steal share", () => {
    const stat = createStat();
    const before = stat([{}, {}, {}]);
    const after = stat([{ busy: 600, steal: 200 }, { busy: 100, steal: 100 }, {}]);
    expect(readNodes(before, after, [[0, 1], [2]])).toEqual([
      { stealTicks: 300, stealShare: 0.3, busyShare: 0.35, runnableTicks: 1000, elapsedTicks: 2000, cpus: 2 },
      { stealTicks: 0, stealShare: NaN, busyShare: 0, runnableTicks: 0, elapsedTicks: 1000, cpus: 1 },
    ]);
  });

  it("counts user, nice, system, irq and softirq as busy, iowait as idle", () => {
    const after = {
      cpu: 0,
      user: 10,
      nice: 20,
      system: 30,
      idle: 700,
      iowait: 100,
      irq: 40,
      softirq: 50,
      steal: 50,
    };
    expect(between([idleCpu(0)], [after])).toEqual([
      { stealTicks: 50, stealShare: 0.25, busyShare: 0.15, runnableTicks: 200, elapsedTicks: 1000, cpus: 1 },
    ]);
  });

  it("leaves out a CPU that appeared, vanished or counts backwards", () => {
    const ran = { ...idleCpu(0), user: 500, idle: 500 };
    const nodes = [[0, 1]];
    const alone = {
      stealTicks: 0,
      stealShare: 0,
      busyShare: 0.5,
      runnableTicks: 500,
      elapsedTicks: 1000,
      cpus: 1,
    };
    expect(between([idleCpu(0)], [ran, { ...ran, cpu: 1 }], nodes)).toEqual([alone]);
    expect(between([idleCpu(0), idleCpu(1)], [ran], nodes)).toEqual([alone]);
    expect(between([idleCpu(0), { ...idleCpu(1), steal: 7 }], [ran, idleCpu(1)], nodes)).toEqual([alone]);
    expect(between([idleCpu(0), { ...idleCpu(1), user: NaN }], [ran, idleCpu(1)], nodes)).toEqual([alone]);
  });

  it("counts decreased idle and iowait as 0, because the kernel allows them to decrease", () => {
    const before = { ...idleCpu(0), iowait: 90 };
    const after = { ...idleCpu(0), user: 500, idle: 500, iowait: 80 };
    expect(between([before], [after])[0]).toMatchObject({ busyShare: 0.5, cpus: 1 });
  });

  it("rejects more than twice the ticks that fit into the time", () => {
    expect(between([idleCpu(0)], [{ ...idleCpu(0), steal: 2010 }])[0].stealTicks).toBe(2010);
    expect(between([idleCpu(0)], [{ ...idleCpu(0), steal: 2011 }])).toEqual([UNKNOWN]);
    expect(between([idleCpu(0)], [{ ...idleCpu(0), steal: 2 ** 60 }])).toEqual([UNKNOWN]);
  });

  it("has no reading without a previous sample, without elapsed time, and for an empty sample", () => {
    const sample: StatSample = { seconds: 10, cpus: [{ ...idleCpu(0), user: 5 }] };
    const nothing = { seconds: 0, cpus: [] };
    expect(readNodes(undefined, sample, [[0]])).toEqual([UNKNOWN]);
    expect(readNodes(sample, sample, [[0]])).toEqual([UNKNOWN]);
    expect(readNodes({ ...sample, seconds: NaN }, sample, [[0]])).toEqual([UNKNOWN]);
    expect(readNodes(nothing, sample, [[0]])).toEqual([UNKNOWN]);
    expect(readNodes(sample, { seconds: 20, cpus: [] }, [[0]])).toEqual([UNKNOWN]);
  });
});
