/** Calibrates five parameters of the model, each from one published metric. */
import { meanOf } from "../../../metrics/statistics.js";
import { TESTBED } from "./parameters.js";
import { PUBLISHED } from "./published.js";
import { runTestbed, type TestbedRun } from "./run.js";

export interface CalibrationStep {
  readonly parameter: "service" | "clients" | "background" | "clientsSpread" | "threads";
  readonly value: number;
  /** The metric that the parameter is fitted to; its published and modelled values follow. */
  readonly target: string;
  readonly published: number;
  readonly modelled: number;
}

export interface CalibrationOptions {
  readonly seeds?: readonly number[];
  /** The dilation of the trials: see TESTBED. */
  readonly dilation?: number;
  /** Values tried for the spread of the load and for the number of BE threads. */
  readonly spreads?: readonly number[];
  readonly threads?: readonly number[];
}

/**
 * Calibrates the model one parameter after the other and returns the steps. Rounded, their values are the
 * defaults of TESTBED. The first three have a closed form from the run without BE work, assuming that the LC
 * workers are always busy. The other two are chosen by trials over the same seeds: the value whose model
 * result comes closest. Of the other configurations, only naive's CPU utilization is used.
 */
export function calibrate({
  seeds = [1, 2, 3, 4, 5],
  dilation = TESTBED.dilation.default,
  spreads = [0.06, 0.07, 0.08, 0.09, 0.1],
  threads = [1, 2, 3, 4, 5, 6],
}: CalibrationOptions = {}): CalibrationStep[] {
  const { cpu, qps, mean, p99 } = PUBLISHED["without-be"];
  const hosts = TESTBED.hosts.default;
  const service = (TESTBED.cpus.default / (qps * 1000)) * 1e6;
  const clients = qps * mean;
  const background = ((cpu / 100) * hosts - 1) / (hosts - 1);
  const known = { service, clients, background, dilation };
  const run = (name: "without-be" | "naive", parameters: Readonly<Record<string, number>>): TestbedRun[] =>
    seeds.map((seed) => runTestbed(name, { seed, parameters }));
  const spread = closest(spreads, p99, (clientsSpread) =>
    meanOf(run("without-be", { ...known, clientsSpread }).map(({ latencies }) => latencies.quantile(0.99))),
  );
  const settled = { ...known, clientsSpread: spread.value };
  const naive = PUBLISHED.naive.cpu;
  const count = closest(threads, naive, (value) => meanCpu(run("naive", { ...settled, threads: value })));
  const runs = run("without-be", settled);
  const requests = meanOf(runs.map(({ latencies, parameters }) => latencies.count() * parameters.dilation));
  const latency = meanOf(runs.map(({ latencies }) => latencies.mean()));
  return [
    step(
      "service",
      service,
      "LC requests without BE, 1000/s",
      qps,
      requests / TESTBED.duration.default / 1000,
    ),
    step("clients", clients, "LC mean latency without BE, ms", mean, latency),
    step("background", background, "CPU utilization without BE, %", cpu, meanCpu(runs)),
    step("clientsSpread", spread.value, "LC P99 without BE, ms", p99, spread.modelled),
    step("threads", count.value, "CPU utilization of naive, %", naive, count.modelled),
  ];
}

function meanCpu(runs: readonly TestbedRun[]): number {
  return 100 * meanOf(runs.map(({ cpuUtilization }) => meanOf(cpuUtilization)));
}

function step(
  parameter: CalibrationStep["parameter"],
  value: number,
  target: string,
  published: number,
  modelled: number,
): CalibrationStep {
  return { parameter, value, target, published, modelled };
}

/** Returns the value for which the model comes closest to the goal, the first of equals. */
function closest(
  values: readonly number[],
  goal: number,
  model: (value: number) => number,
): { value: number; modelled: number } {
  const trials = values.map((value) => ({ value, modelled: model(value) }));
  return trials.reduce((best, trial) =>
    Math.abs(trial.modelled - goal) < Math.abs(best.modelled - goal) ? trial : best,
  );
}
