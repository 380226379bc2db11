import { describe, expect, it } from "vitest";
import { createProcStat } from "../../../../src/systems/giantvm/testbed/proc-stat.js";

describe("the guest's /proc/stat", () => {
  it("counts whole ticks that never decrease, and loses no fractions", () => {
    const stat = createProcStat(1);
    let before = 0;
    for (let i = 1; i <= 50; i++) {
      stat.steal[0] += 0.004;
      const { steal } = stat.sample(i).cpus[0];
      expect(Number.isInteger(steal)).toBe(true);
      expect(steal).toBeGreaterThanOrEqual(before);
      before = steal;
    }
    // 50 times 0.4 of a tick.
    expect(before).toBe(20);
  });

  it("shows 100 ticks per second, guest time only in user", () => {
    const stat = createProcStat(2);
    stat.user[1] = 1.239;
    stat.idle[1] = 2;
    expect(stat.sample(7)).toEqual({
      seconds: 7,
      cpus: [
        { cpu: 0, user: 0, nice: 0, system: 0, idle: 0, iowait: 0, irq: 0, softirq: 0, steal: 0 },
        { cpu: 1, user: 123, nice: 0, system: 0, idle: 200, iowait: 0, irq: 0, softirq: 0, steal: 0 },
      ],
    });
  });
});
