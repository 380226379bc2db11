/** Runs one configuration of the testbed and records the results. */
import { resolveParameters } from "../../../base/parameters.js";
import type { Decision } from "../decide/decider.js";
import { findConfiguration, type ConfigurationName } from "./configurations.js";
import { createLatencyHistogram, type LatencyHistogram } from "./latency-histogram.js";
import { TESTBED, type TestbedParameters } from "./parameters.js";
import type { ProcStat } from "./proc-stat.js";
import { createTestbed, type Testbed } from "./testbed.js";

export interface TestbedOptions {
  readonly seed?: number;
  /** Parameters of the model that differ from the defaults. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** Parameters of the decider that differ from the configuration's. */
  readonly decider?: Readonly<Record<string, number>>;
  /** Whether the LC service runs. Default true. Without it, only BE work runs on host 0. */
  readonly lc?: boolean;
}

/** Columns with one row per interval; columns of hosts or nodes have one value per interval and host. */
export interface TestbedColumns {
  /** Utilization of each host, 0..1. */
  readonly hostUtilization: Float64Array;
  /** Share of each host's CPU that work outside the GiantVM took, 0..1. */
  readonly hostPressure: Float64Array;
  /** BE threads on each node at the end of the interval, before its decision. */
  readonly beThreads: Float64Array;
  /** P99 of the answered LC requests in ms; NaN where no request was answered. */
  readonly lcP99: Float64Array;
}

export interface TestbedRun {
  readonly configuration: ConfigurationName;
  readonly parameters: TestbedParameters;
  readonly seed: number;
  readonly columns: TestbedColumns;
  /** Mean utilization of each pCPU over time, 0..1, in the order of the hosts. */
  readonly cpuUtilization: Float64Array;
  /** Latencies of all LC requests in ms. */
  readonly latencies: LatencyHistogram;
  /** CPU seconds by kind of work. */
  readonly used: Readonly<Testbed["used"]>;
  /** Bytes of working sets that moves transferred. */
  readonly movedBytes: number;
  /** Bytes moved by hinting faults of NUMA balancing. */
  readonly hintedBytes: number;
  /** One decision per interval; empty without a decider. */
  readonly decisions: readonly Decision[];
  /** Seconds in the guest's /proc/stat, by vCPU. */
  readonly stat: Pick<ProcStat, "user" | "steal" | "idle">;
}

/**
 * Runs one configuration of the testbed. Equal options give equal runs. Configurations with the same seed
 * have the same load, service times and other work. The duration is rounded to whole intervals, and intervals
 * to whole ticks. Throws InputError for an unknown configuration or parameter, or a value out of range.
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

/**
 * Returns a meter: a function from a host to the increase of its pCPUs' counters since the last call, over
 * `capacity`.
 */
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
