/** One configuration of the testbed over time, and what became of it. */
import { resolveParameters } from "../../../base/parameters.js";
import type { Decision } from "../decide/decider.js";
import { findConfiguration, type ConfigurationName } from "./configurations.js";
import { createLatencyHistogram, type LatencyHistogram } from "./latency-histogram.js";
import { TESTBED, type TestbedParameters } from "./parameters.js";
import type { ProcStat } from "./proc-stat.js";
import { createTestbed, type Testbed } from "./testbed.js";

export interface TestbedOptions {
  readonly seed?: number;
  /** Parameters of the model that are not its defaults. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** Parameters of the configuration's decider that are not its own. */
  readonly decider?: Readonly<Record<string, number>>;
  /** Whether the LC service runs; without it BE work has host 0 for itself. */
  readonly lc?: boolean;
}

/** Columns with one row an interval; those of hosts hold interval after interval. */
export interface TestbedColumns {
  /** Utilization of each host, 0..1. */
  readonly hostUtilization: Float64Array;
  /** CPU of each host that work outside the GiantVM took, 0..1. */
  readonly hostPressure: Float64Array;
  /** BE threads on each node, at the interval's end but before its decision. */
  readonly beThreads: Float64Array;
  /** P99 of the LC requests answered, ms; NaN where none was. */
  readonly lcP99: Float64Array;
}

export interface TestbedRun {
  readonly configuration: ConfigurationName;
  readonly parameters: TestbedParameters;
  readonly seed: number;
  readonly columns: TestbedColumns;
  /** Time-averaged utilization of each pCPU, 0..1, host after host. */
  readonly cpuUtilization: Float64Array;
  /** All LC requests, ms. */
  readonly latencies: LatencyHistogram;
  /** CPU seconds by kind of work. */
  readonly used: Readonly<Testbed["used"]>;
  /** Bytes of working sets that followed a move. */
  readonly movedBytes: number;
  /** Bytes that NUMA balancing's hinting faults moved. */
  readonly hintedBytes: number;
  /** One an interval; none where nothing decides. */
  readonly decisions: readonly Decision[];
  /** Seconds that the guest's /proc/stat counted, by vCPU. */
  readonly stat: Pick<ProcStat, "user" | "steal" | "idle">;
}

/**
 * Runs one configuration of the testbed. Equal options give equal runs; configurations of one seed meet the
 * same load, the same service times and the same other work. The duration is rounded to whole intervals,
 * these to whole ticks. Throws InputError for an unknown configuration or parameter, or a value out of range.
 */
export function runTestbed(
  name: ConfigurationName,
  { seed = 1, parameters: given = {}, decider = {}, lc = true }: TestbedOptions = {},
): TestbedRun {
  const configuration = findConfiguration(name);
  const parameters = resolveParameters("the testbed", TESTBED, given);
  const bed = createTestbed({ configuration, parameters, seed, decider, lc });
  const { duration, interval, tick } = parameters;
  const intervals = Math.max(1, Math.round(duration / interval));
  const ticks = Math.max(1, Math.round(interval / tick));
  const recorder = createRecorder(bed, parameters, intervals, ticks * tick);
  const decisions: Decision[] = [];
  bed.decide(0);
  for (let at = 0; at < intervals; at++) {
    for (let i = 0; i < ticks; i++) bed.step(at * ticks + i, i);
    recorder.close(at);
    const decision = bed.decide((at + 1) * ticks * tick);
    if (decision !== undefined) decisions.push(decision);
  }
  return {
    configuration: name,
    parameters,
    seed,
    columns: recorder.columns,
    cpuUtilization: bed.busy.map((seconds) => seconds / (intervals * ticks * tick)),
    latencies: recorder.latencies,
    used: { ...bed.used },
    movedBytes: bed.guest.movedBytes(),
    hintedBytes: bed.guest.hintedBytes(),
    decisions,
    stat: { user: bed.stat.user, steal: bed.stat.steal, idle: bed.stat.idle },
  };
}

interface Recorder {
  readonly columns: TestbedColumns;
  readonly latencies: LatencyHistogram;
  readonly close: (interval: number) => void;
}

function createRecorder(
  bed: Testbed,
  { hosts, cpus }: TestbedParameters,
  intervals: number,
  seconds: number,
): Recorder {
  const columns: TestbedColumns = {
    hostUtilization: new Float64Array(intervals * hosts),
    hostPressure: new Float64Array(intervals * hosts),
    beThreads: new Float64Array(intervals * hosts),
    lcP99: new Float64Array(intervals),
  };
  const { recent } = bed.service;
  const latencies = createLatencyHistogram(recent.width * recent.counts.length, recent.counts.length);
  const utilization = createHostMeter(bed.busy, cpus, cpus * seconds);
  const pressure = createHostMeter(bed.outside, cpus, cpus * seconds);
  return {
    columns,
    latencies,
    close(interval) {
      for (let host = 0; host < hosts; host++) {
        columns.hostUtilization[interval * hosts + host] = utilization(host);
        columns.hostPressure[interval * hosts + host] = pressure(host);
        columns.beThreads[interval * hosts + host] = bed.guest.threadsOnNode(host);
      }
      columns.lcP99[interval] = recent.quantile(0.99);
      latencies.merge(recent);
      recent.clear();
    },
  };
}

/** Returns what a host's pCPUs counted since it was last asked, over `capacity`. */
function createHostMeter(counters: Float64Array, cpus: number, capacity: number): (host: number) => number {
  const before = new Float64Array(counters.length / cpus);
  return (host) => {
    let sum = 0;
    for (let cpu = host * cpus; cpu < (host + 1) * cpus; cpu++) sum += counters[cpu];
    const share = (sum - before[host]) / capacity;
    before[host] = sum;
    return share;
  };
}
