import type { CpuTicks, StatSample, Work } from "../../../../src/systems/giantvm/decide/decider.js";

/** The activity of one CPU in an interval, in ticks; the rest is idle. */
export interface Use {
  readonly busy?: number;
  readonly steal?: number;
}

/** A growing /proc/stat: each call adds `interval` seconds and the activity of each CPU. */
export function createStat({ interval = 10 }: { interval?: number } = {}): (
  uses: readonly Use[],
) => StatSample {
  let seconds = 0;
  let cpus: CpuTicks[] = [];
  return (uses) => {
    seconds += interval;
    cpus = uses.map(({ busy = 0, steal = 0 }, cpu) => {
      const before = cpus.at(cpu) ?? idleCpu(cpu);
      return {
        ...before,
        user: before.user + busy,
        steal: before.steal + steal,
        idle: before.idle + 100 * interval - busy - steal,
      };
    });
    return { seconds, cpus };
  };
}

export function idleCpu(cpu: number): CpuTicks {
  return { cpu, user: 0, nice: 0, system: 0, idle: 0, iowait: 0, irq: 0, softirq: 0, steal: 0 };
}

export function workOn(node: number, rest: Partial<Work> = {}): Work {
  return { id: "be", node, cpu: 1, workingSet: 0, ...rest };
}
