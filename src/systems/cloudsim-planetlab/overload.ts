/**
 * Detects overloaded hosts (Beloglazov and Buyya 2012, doi:10.1002/cpe.1867, section 4). Each detector can
 * also predict whether a host would be overloaded with one more virtual machine (VM).
 */
import { interquartileRange, medianAbsoluteDeviation } from "../../metrics/statistics.js";
import { extrapolate, tricubeWeights } from "../../metrics/trend.js";
import { HISTORY_LENGTH, type Datacenter } from "./datacenter.js";
import { INTERVAL_SECONDS, migrationSeconds } from "./hardware.js";

/** Returns whether a host is overloaded with its members and, unless `newcomer` is -1, one more VM. */
export type Detector = (datacenter: Datacenter, host: number, newcomer?: number) => boolean;

/** Detects overload where the demand exceeds the share `limit` of the host (THR). */
export function overThreshold(limit: number): Detector {
  return (datacenter, host, newcomer = -1) => demandedShare(datacenter, host, newcomer) > limit;
}

/** The detector for hosts whose history is too short. */
const FALLBACK = overThreshold(0.7);

/** "12 has been suggested as a safe value." (CloudSim's source) */
const LEAST_SAMPLES_OF_SPREAD = 12;

/**
 * Detects overload where the demand exceeds 1 - safety x the interquartile range of the host's history (IQR).
 */
export function overInterquartileRange(safety: number): Detector {
  return overSpread(safety, interquartileRange);
}

/**
 * Detects overload where the demand exceeds 1 - safety x the median absolute deviation of the host's history
 * (MAD).
 */
export function overMedianAbsoluteDeviation(safety: number): Detector {
  return overSpread(safety, medianAbsoluteDeviation);
}

function overSpread(safety: number, spread: (history: Float64Array) => number): Detector {
  const history = new Float64Array(HISTORY_LENGTH);
  return (datacenter, host, newcomer = -1) => {
    const length = readHostHistory(datacenter, host, newcomer, history);
    if (length < LEAST_SAMPLES_OF_SPREAD) return FALLBACK(datacenter, host, newcomer);
    return demandedShare(datacenter, host, newcomer) > 1 - safety * spread(history.subarray(0, length));
  };
}

const REGRESSION_SAMPLES = 10;
const REGRESSION_WEIGHTS = tricubeWeights(REGRESSION_SAMPLES);

/**
 * Detects overload where safety x the predicted utilization is 1 or more (LR). The prediction is a line
 * through the last 10 samples, extended by the time that the largest VM would need to migrate.
 */
export function overLocalRegression(safety: number): Detector {
  const history = new Float64Array(HISTORY_LENGTH);
  const oldestFirst = new Float64Array(REGRESSION_SAMPLES);
  return (datacenter, host, newcomer = -1) => {
    const length = readHostHistory(datacenter, host, newcomer, history);
    if (length < REGRESSION_SAMPLES) return FALLBACK(datacenter, host, newcomer);
    for (let i = 0; i < REGRESSION_SAMPLES; i++) oldestFirst[i] = history[REGRESSION_SAMPLES - 1 - i];
    const steps = Math.ceil(migrationSeconds(largestMemory(datacenter, host, newcomer)) / INTERVAL_SECONDS);
    const weights = datacenter.rules.unweightedRegression ? undefined : REGRESSION_WEIGHTS;
    return extrapolate(oldestFirst, REGRESSION_SAMPLES + steps, weights) * safety >= 1;
  };
}

function demandedShare({ hosts, vms }: Datacenter, host: number, newcomer: number): number {
  const demanded = hosts.demanded[host] + (newcomer < 0 ? 0 : vms.demand[newcomer]);
  return demanded / hosts.mips[host];
}

function largestMemory({ hosts, vms }: Datacenter, host: number, newcomer: number): number {
  return newcomer < 0 ? hosts.largestMemory[host] : Math.max(hosts.largestMemory[host], vms.memory[newcomer]);
}

/**
 * Writes the `HISTORY_LENGTH` utilizations, newest first, that a host would have had if its present members
 * (and, unless it is -1, `newcomer`) had always been there. Returns their number up to the oldest value above
 * 0.
 */
export function readHostHistory(
  datacenter: Datacenter,
  host: number,
  newcomer: number,
  into: Float64Array,
): number {
  const { history, historyStale } = datacenter.hosts;
  const start = host * HISTORY_LENGTH;
  if (historyStale[host] === 1) {
    history.fill(0, start, start + HISTORY_LENGTH);
    for (const vm of datacenter.hosts.members[host]) addHistory(history, start, datacenter, host, vm);
    historyStale[host] = 0;
  }
  for (let age = 0; age < HISTORY_LENGTH; age++) into[age] = history[start + age];
  if (newcomer >= 0) addHistory(into, 0, datacenter, host, newcomer);
  let length = HISTORY_LENGTH;
  while (length > 0 && into[length - 1] === 0) length--;
  return length;
}

function addHistory(
  sums: Float64Array,
  offset: number,
  { hosts, vms }: Datacenter,
  host: number,
  vm: number,
): void {
  const mips = vms.mips[vm];
  const hostMips = hosts.mips[host];
  const start = vm * HISTORY_LENGTH;
  for (let age = 0; age < vms.historyLength[vm]; age++)
    sums[offset + age] += (vms.history[start + age] * mips) / hostMips;
}
