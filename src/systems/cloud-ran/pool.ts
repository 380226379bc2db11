/**
 * How many servers a pool of base stations needs: a loss model with product form. Each of M base stations
 * admits at most K sessions, which arrive as a Poisson process of load a; the pool runs at most N sessions. A
 * session that finds its base station or the pool full is blocked. Source: Liu, Zhou, Gong, Niu, Xu, IEEE
 * Transactions on Wireless Communications, 2016 (virtual base station pools).
 */
import { InputError } from "../../base/errors.js";
import { checkSize, NUMBERS, numberOf, numbersOf } from "./options.js";

export interface Pool {
  /** Base stations, M. */
  readonly stations: number;
  /** Most sessions of a base station, K. */
  readonly sessions: number;
  /** Sessions offered to a base station: arrivals per mean duration, a. */
  readonly load: number;
}

const POOL_NUMBERS = { stations: NUMBERS.stations, sessions: NUMBERS.sessions, load: NUMBERS.load };
/** Of all base stations: some seconds of work. */
const MOST_SESSIONS = 1e6;

/**
 * Returns the share of sessions that are blocked with N servers, for N from 0 to M K. It does not depend on
 * the distribution of the sessions' duration. NaN for far too few servers, where the probability that so few
 * sessions run is too small for a number. Throws InputError for invalid options.
 */
export function poolBlocking(pool: Pool): Float64Array {
  const { stations, sessions, load } = numbersOf("a pool", pool, POOL_NUMBERS);
  checkSize(stations, "base stations", sessions, "sessions", MOST_SESSIONS);
  const together = power(truncatedPoisson(sessions, load), stations);
  const blocking = new Float64Array(stations * sessions + 1);
  let total = 0;
  let busy = 0;
  // The mean number of sessions is the load that is not blocked (Little's law).
  for (let n = 0; n < blocking.length; n++) {
    total += together[n];
    busy += n * together[n];
    blocking[n] = total > TELLABLE ? Math.max(0, 1 - busy / total / (stations * load)) : NaN;
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
 * server for each session blocks more, and where the target is so high that `poolBlocking` is NaN there.
 */
export function poolSize(pool: Pool, target: number): PoolSize {
  numberOf("poolSize", "target", target);
  const blocking = poolBlocking(pool);
  const servers = blocking.findIndex((blocked) => blocked <= target);
  if (servers < 0)
    throw new InputError(
      `base stations with ${pool.sessions} sessions block more than ${target} of a load of ${pool.load}; ` +
        "give more sessions, less load, or a higher target",
    );
  if (servers > 0 && Number.isNaN(blocking[servers - 1]))
    throw new InputError(
      `target is ${target}: for this number of base stations, ` +
        `blocking above ${blocking[servers]} cannot be told; give a lower target`,
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
  let [from, to] = [0, b.length - 1];
  while (b[from] < NEGLIGIBLE) from++;
  while (b[to] < NEGLIGIBLE) to--;
  for (let i = 0; i < a.length; i++) {
    if (a[i] < NEGLIGIBLE) continue;
    for (let j = from; j <= to; j++) sums[i + j] += a[i] * b[j];
  }
  return sums;
}

/** Probabilities below this change no digit of a result, and numbers near the least double are slow. */
const NEGLIGIBLE = 1e-200;
/** Sums of probabilities above this have all their digits although the negligible ones are left out. */
const TELLABLE = 1e-150;
