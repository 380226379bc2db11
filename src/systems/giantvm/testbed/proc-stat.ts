import type { CpuTicks, StatSample } from "../decide/decider.js";
import { TICKS_PER_SECOND } from "../decide/readings.js";

export interface ProcStat {
  /** Seconds of each vCPU in this state since the start. */
  readonly user: Float64Array;
  readonly steal: Float64Array;
  readonly idle: Float64Array;
  /** Returns the guest's /proc/stat in whole ticks; fractions of a tick are not lost, as in the kernel. */
  readonly sample: (seconds: number) => StatSample;
}

/** Returns the guest's counters, all 0. */
export function createProcStat(cpus: number): ProcStat {
  const user = new Float64Array(cpus);
  const steal = new Float64Array(cpus);
  const idle = new Float64Array(cpus);
  const ticks = (seconds: number): number => Math.floor(seconds * TICKS_PER_SECOND + 1e-6);
  return {
    user,
    steal,
    idle,
    sample: (seconds) => ({
      seconds,
      cpus: Array.from({ length: cpus }, (_, cpu): CpuTicks => ({
        cpu,
        user: ticks(user[cpu]),
        nice: 0,
        system: 0,
        idle: ticks(idle[cpu]),
        iowait: 0,
        irq: 0,
        softirq: 0,
        steal: ticks(steal[cpu]),
      })),
    }),
  };
}
