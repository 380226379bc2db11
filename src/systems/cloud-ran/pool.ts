/**
 * How many servers a pool of base stations needs: a loss model with product form. Each of M base stations
 * admits at most K sessions, which arrive as a Poisson process of load a; the pool runs at most N sessions. A
 * session that finds its base station or the pool full is blocked. Source: Liu, Zhou, Gong, Niu, Xu, IEEE
 * Transactions on Wireless Communications, 2016 (virtual base station pools).
 */
import { InputError } from "../../base/errors.js";
import { checkCount } from "./subframes.js";

export interface Pool {
  /** Base stations, M. */
  readonly stations: number;
  /** Most sessions of a base station, K. */
  readonly sessions: number;
  /** Sessions offered to a base station: arrivals per mean duration, a. */
  readonly load: number;
}

/**
 * Returns the share of sessions that are blocked with N servers, for N from 0 to M K. It does not depend on
 * the distribution of the sessions' duration.
 */
export function poolBlocking({ stations, sessions, load }: Pool): Float64Array {
  checkCount("stations", stations);
  checkCount("sessions", sessions);
  checkLoad(load);
  const together = power(truncatedPoisson(sessions, load), stations);
  const blocking = new Float64Array(stations * sessions + 1);
  let total = 0;
  let busy = 0;
  // The mean number of sessions is the load that is not blocked (Little's law).
  for (let n = 0; n < blocking.length; n++) {
    total += together[n];
    busy += n * together[n];
    blocking[n] = total > 0 ? Math.max(0, 1 - busy / total / (stations * load)) : 1;
  }
  return blocking;
}

/** What a pool needs for a target of blocking. */
export interface PoolSize {
  /** Least number of servers N. */
  readonly servers: number;
  /** N over M K, what the base stations need without a pool. */
  readonly share: number;
  /** 1 - share. */
  readonly gain: number;
  /** Gain of an infinite pool, which needs only the mean of what is admitted: 1 - a (1 - target) / K. */
  readonly greatestGain: number;
}

/**
 * Returns the least pool that blocks at most this share of the sessions. Throws InputError where even a
 * server for each session blocks more.
 */
export function poolSize(pool: Pool, target: number): PoolSize {
  if (!(target > 0 && target < 1)) throw new InputError(`target is ${target}: give a share between 0 and 1`);
  const servers = poolBlocking(pool).findIndex((blocked) => blocked <= target);
  if (servers < 0)
    throw new InputError(
      `base stations with ${pool.sessions} sessions block more than ${target} of a load of ${pool.load}; ` +
        "give more sessions, less load, or a higher target",
    );
  const share = servers / (pool.stations * pool.sessions);
  const greatestGain = 1 - (pool.load * (1 - target)) / pool.sessions;
  return { servers, share, gain: 1 - share, greatestGain };
}

/** Returns the probabilities of 0 to `sessions` sessions of one base station, whatever the pool. */
function truncatedPoisson(sessions: number, load: number): Float64Array {
  // From the mode on, in both directions, so that nothing overflows.
  const mode = Math.min(sessions, Math.floor(load));
  const p = new Float64Array(sessions + 1);
  p[mode] = 1;
  for (let n = mode + 1; n <= sessions; n++) p[n] = (p[n - 1] * load) / n;
  for (let n = mode; n > 0; n--) p[n - 1] = (p[n] * n) / load;
  const total = p.reduce((sum, value) => sum + value, 0);
  return p.map((value) => value / total);
}

/** Returns the distribution of the sum of `count` independent numbers with this distribution. */
function power(p: Float64Array, count: number): Float64Array {
  if (count === 1) return p;
  const half = power(p, Math.floor(count / 2));
  const even = convolve(half, half);
  return count % 2 === 0 ? even : convolve(even, p);
}

function convolve(a: Float64Array, b: Float64Array): Float64Array {
  const sums = new Float64Array(a.length + b.length - 1);
  for (let i = 0; i < a.length; i++) {
    if (a[i] < NEGLIGIBLE) continue;
    for (let j = 0; j < b.length; j++) sums[i + j] += a[i] * b[j];
  }
  return sums;
}

/** Probabilities below this change no digit of a result, and numbers near the least double are slow. */
const NEGLIGIBLE = 1e-200;

function checkLoad(load: number): void {
  if (!(load > 0 && load < Infinity)) throw new InputError(`load is ${load}: give a number above 0`);
}
