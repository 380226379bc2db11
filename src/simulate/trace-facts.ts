/** What no policy changes about a workload. Each fact is computed once per workload. */
import { LATENCY_CRITICAL, type Workload } from "../workload/workload.js";

/** CPU that tasks use in the trace, one value per step, in CPU of the reference machine. */
export interface TraceDemand {
  readonly lc: Float64Array;
  readonly bestEffort: Float64Array;
}

const PEAKS = new WeakMap<Workload, Float64Array>();
const DEMANDS = new WeakMap<Workload, TraceDemand>();

/** Returns the greatest memory that each execution uses in a step: one value per execution. */
export function peakMemory(workload: Workload): Float64Array {
  return once(PEAKS, workload, ({ usage: { offsets, memory } }) => {
    const peaks = new Float64Array(offsets.length - 1);
    for (let execution = 0; execution < peaks.length; execution++) {
      const end = offsets[execution + 1];
      let peak = 0;
      for (let i = offsets[execution]; i < end; i++) if (memory[i] > peak) peak = memory[i];
      peaks[execution] = peak;
    }
    return peaks;
  });
}

/** Returns the CPU that the tasks of each class use in the trace in each of the first `steps` steps. */
export function traceDemand(workload: Workload, steps: number): TraceDemand {
  const { lc, bestEffort } = once(DEMANDS, workload, sumDemand);
  return { lc: lc.slice(0, steps), bestEffort: bestEffort.slice(0, steps) };
}

function sumDemand({ executions, usage, steps }: Workload): TraceDemand {
  const demand: TraceDemand = { lc: new Float64Array(steps), bestEffort: new Float64Array(steps) };
  const { offsets, firstStep, cpu } = usage;
  for (let execution = 0; execution < executions.start.length; execution++) {
    const wanted = executions.taskClass[execution] === LATENCY_CRITICAL ? demand.lc : demand.bestEffort;
    const shift = firstStep[execution] - offsets[execution];
    const end = Math.min(offsets[execution + 1], steps - shift);
    for (let i = offsets[execution]; i < end; i++) wanted[i + shift] += cpu[i];
  }
  return demand;
}

function once<T>(known: WeakMap<Workload, T>, workload: Workload, make: (workload: Workload) => T): T {
  const found = known.get(workload) ?? make(workload);
  known.set(workload, found);
  return found;
}
