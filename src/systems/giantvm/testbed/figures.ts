import { giniAuthor } from "../../../metrics/gini.js";
import { meanOf } from "../../../metrics/statistics.js";
import type { Figures } from "./published.js";
import { runTestbed, type TestbedOptions, type TestbedRun } from "./run.js";

/**
 * Returns the published metrics of a run. BE throughput is relative to `alone` (see runAlone), and 1 where no
 * BE work runs, as published.
 */
export function figuresOf(run: TestbedRun, alone: TestbedRun): Figures {
  const { latencies, parameters, cpuUtilization } = run;
  const seconds = Math.round(parameters.duration / parameters.interval) * parameters.interval;
  return {
    cpu: 100 * meanOf(cpuUtilization),
    gini: giniAuthor(cpuUtilization),
    qps: (latencies.count() * parameters.dilation) / seconds / 1000,
    mean: latencies.mean(),
    p95: latencies.quantile(0.95),
    p99: latencies.quantile(0.99),
    p999: latencies.quantile(0.999),
    beThroughput: run.used.be > 0 ? run.used.be / alone.used.be : 1,
  };
}

/**
 * Returns the reference for BE throughput: BE work alone on the testbed, placed as in naive, with neither the
 * LC service nor other work, and with the same seed and parameters.
 */
export function runAlone({ seed, parameters }: TestbedOptions): TestbedRun {
  return runTestbed("naive", { seed, parameters: { ...parameters, background: 0 }, lc: false });
}
