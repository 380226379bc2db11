/**
 * Latency of a latency-critical (LC) service as a queueing model: a machine's cores are the servers of a
 * G/G/m queue. The trace has no latencies: all latencies from these functions are modelled, and charts must
 * say so.
 */
import { InputError } from "../base/errors.js";
import { checkNonNegative } from "./check.js";

/** Time and randomness of a queue. All resulting times are in the unit of `serviceTime`. */
export interface QueueOptions {
  /** Mean service time E[S]; default 1. */
  readonly serviceTime?: number;
  /** (C_a^2 + C_s^2) / 2, squared coefficients of variation of arrivals and services; default 1 (M/M/m). */
  readonly variability?: number;
}

/**
 * `lcTail` does not grow above this utilization: there, the steady state of the queue says nothing about a
 * step of 300 s.
 */
export const LOAD_LIMIT = 0.995;

/** `lcTail` assumes that LC work has at least this share of the machine's capacity. */
export const LEAST_EFFECTIVE = 0.01;

/**
 * Returns the exact Erlang B probability that an arrival is lost where `servers` servers (a whole number,
 * also 0) take `offered` load in erlangs and nothing waits. It is computed by the recursion B(k) = a B(k-1) /
 * (k + a B(k-1)), stable for any number of servers. Throws InputError for other servers, and where offered is
 * negative or infinite.
 */
export function erlangB(servers: number, offered: number): number {
  if (!(Number.isInteger(servers) && servers >= 0))
    throw new InputError(`number of servers is ${servers}: give a whole number of at least 0`);
  if (!(offered >= 0 && offered < Infinity))
    throw new InputError(`offered load is ${offered}: give a number that is not negative`);
  // The recursion of 1 / B, which needs no division: 1 / B(k) = 1 + k / (a B(k-1)).
  const step = 1 / offered;
  let inverse = 1;
  for (let k = 1; k <= servers; k++) inverse = 1 + k * step * inverse;
  return 1 / inverse;
}

/**
 * Returns the exact Erlang C probability that an arrival must wait, with `servers` servers and `offered` load
 * in erlangs (utilization times servers); 1 where the load is `servers` erlangs or more. It is computed from
 * Erlang B: C = B / (1 - rho (1 - B)). Throws InputError where servers is not a positive integer or offered
 * is negative.
 */
export function erlangC(servers: number, offered: number): number {
  if (!(Number.isInteger(servers) && servers > 0)) {
    throw new InputError(`number of servers is ${servers}: give a positive integer`);
  }
  if (offered >= servers) return 1;
  const blocked = erlangB(servers, offered);
  return blocked / (1 - (offered / servers) * (1 - blocked));
}

/**
 * Returns the mean wait before service in a G/G/m queue, first come first served, by Allen and Cunneen: W_q =
 * (C_a^2 + C_s^2)/2 x C(m, m rho) E[S] / (m (1 - rho)), exact for M/M/m and for M/G/1. Infinity for a
 * utilization of 1 or more. (Sakasegawa's closed form, often used instead, has an error of 75 % at 64 servers
 * and utilization 0.8.) Throws InputError as erlangC does and on negative options.
 */
export function meanWait(servers: number, utilization: number, options: QueueOptions = {}): number {
  const scale = waitScale(servers, utilization, options);
  // An infinite scale means an unstable queue; 0 x C is 0 otherwise.
  return scale === Infinity ? Infinity : scale * erlangC(servers, servers * utilization);
}

/**
 * Returns P(W > time), the share of arrivals that wait longer: P_w exp(-t P_w / W_q), with P_w = Erlang C.
 * Exact for M/M/m; an approximation otherwise, with the mean of Allen and Cunneen. 1 for a utilization of 1
 * or more. Throws InputError as meanWait does.
 */
export function waitTail(
  servers: number,
  utilization: number,
  time: number,
  options: QueueOptions = {},
): number {
  const scale = waitScale(servers, utilization, options);
  const waits = erlangC(servers, servers * utilization);
  if (scale === 0) return time < 0 ? 1 : 0;
  return time < 0 ? 1 : waits * Math.exp(-time / scale);
}

/**
 * Returns the q-quantile of the wait, the inverse of `waitTail`: 0 where at most 1 - q of the arrivals wait
 * at all, else W_q / P_w x ln(P_w / (1 - q)). Infinity for a utilization of 1 or more. Throws InputError as
 * meanWait does, and where q is not from 0 to below 1.
 */
export function waitQuantile(
  servers: number,
  utilization: number,
  q: number,
  options: QueueOptions = {},
): number {
  checkQuantile(q);
  const scale = waitScale(servers, utilization, options);
  const waits = erlangC(servers, servers * utilization);
  return waits <= 1 - q ? 0 : scale * Math.log(waits / (1 - q));
}

/**
 * Returns the q-quantile of the response time (wait and service) of an M/M/1 queue, -ln(1 - q) E[S] / (1 -
 * rho): exact. Infinity for a utilization of 1 or more. Throws InputError as waitQuantile does.
 */
export function responseQuantileMm1(utilization: number, q: number, serviceTime = 1): number {
  checkQuantile(q);
  checkNonNegative("service time", serviceTime);
  checkNonNegative("utilization", utilization);
  return utilization >= 1 ? Infinity : (-Math.log(1 - q) * serviceTime) / (1 - utilization);
}

/** The input of `lcTail` for one machine. */
export interface LcTailInput {
  /** Cores of the machine: servers of the queue. */
  readonly cores: number;
  /** CPU that the machine's LC tasks want. */
  readonly load: number;
  /** CPU capacity of the machine, above 0. */
  readonly capacity: number;
  /**
   * Capacity that LC tasks can rely on after interference, steal time and migration overhead, at most
   * `capacity`.
   */
  readonly effectiveCapacity: number;
  /** For example 0.99. */
  readonly quantile: number;
  /** (C_a^2 + C_s^2) / 2; default 1. */
  readonly variability?: number;
  /** `quietLoad(cores, quantile)`, if known: below this load the recursion is not needed. Default 0. */
  readonly quiet?: number;
}

/**
 * Returns an offered load in erlangs up to which at most 1 - q of the arrivals wait, so that the q-quantile
 * of the wait is 0. It is slightly below the exact limit, by much more than the rounding error of `erlangC`
 * and by too little to matter otherwise. Throws InputError as waitQuantile does.
 */
export function quietLoad(servers: number, q: number): number {
  checkQuantile(q);
  const most = (1 - q) * (1 - 1e-9);
  let quiet = 0;
  let loud = servers;
  for (let halvings = 0; halvings < 50; halvings++) {
    const middle = (quiet + loud) / 2;
    if (erlangC(servers, middle) <= most) quiet = middle;
    else loud = middle;
  }
  return quiet;
}

/**
 * Returns the LC slowdown at a quantile: latency over the mean service time of the undisturbed machine, 1
 * where nothing waits and nothing interferes. With m cores, load L, capacity c and effective capacity c_e,
 *
 *   E[S]_e = c / c_e (in units of E[S]),   rho = L / c_e,   slowdown = E[S]_e + t_q,
 *
 * where t_q is `waitQuantile(m, rho, q)` at service time E[S]_e. The assumptions are strong: LC tasks of a
 * machine share one queue; the lost capacity slows all cores equally; each request takes the mean service
 * time, so that only the wait varies; the queue is in its steady state in every step, and the step's mean
 * load hides bursts.
 *
 * Limits: rho is at most LOAD_LIMIT (0.995), c_e at least LEAST_EFFECTIVE (1 %) of c and at most c. So the
 * result is always finite. For an overloaded machine it is large but not accurate: read it together with the
 * CPU shortfall. For clock loops: O(cores), nothing allocated. Throws InputError as waitQuantile does.
 */
export function lcTail({
  cores,
  load,
  capacity,
  effectiveCapacity,
  quantile,
  variability = 1,
  quiet = 0,
}: LcTailInput): number {
  checkQuantile(quantile);
  const effective = Math.min(capacity, Math.max(effectiveCapacity, LEAST_EFFECTIVE * capacity));
  const stretch = capacity / effective;
  const utilization = Math.min(LOAD_LIMIT, load / effective);
  const offered = cores * utilization;
  if (offered >= 0 && offered < quiet) return stretch;
  const waits = erlangC(cores, offered);
  if (waits <= 1 - quantile) return stretch;
  const scale = (variability * stretch) / (cores * (1 - utilization));
  return stretch + scale * Math.log(waits / (1 - quantile));
}

/** W_q / P_w: the mean wait of the arrivals that have to wait. */
function waitScale(
  servers: number,
  utilization: number,
  { serviceTime = 1, variability = 1 }: QueueOptions,
): number {
  checkNonNegative("utilization", utilization);
  checkNonNegative("service time", serviceTime);
  checkNonNegative("variability", variability);
  return utilization >= 1 ? Infinity : (variability * serviceTime) / (servers * (1 - utilization));
}

function checkQuantile(q: number): void {
  if (!(q >= 0 && q < 1)) throw new InputError(`quantile is ${q}: give a number from 0 to below 1`);
}
