/** Distributions of flow sizes: piecewise-linear, from published tables or one's own. */
import { InputError } from "../../../base/errors.js";
import { didYouMean } from "../../../base/nearest.js";
import { PUBLISHED_SIZES } from "./published.js";

/** A distribution of flow sizes whose cumulative share is linear between its knots. */
export interface SizeDistribution {
  readonly name: string;
  /** Where the table is from. */
  readonly source: string;
  /** Bytes, ascending. */
  readonly bytes: Float64Array;
  /** Share of flows of at most the size `bytes`: from 0, strictly ascending, to 1. */
  readonly share: Float64Array;
}

/** The name of a published distribution. */
export type SizesName = keyof typeof PUBLISHED_SIZES;

/** Names of the published distributions. */
export const SIZE_NAMES = Object.keys(PUBLISHED_SIZES) as SizesName[];

/**
 * Returns a published distribution: "web-search", "data-mining" or "key-value". Throws InputError for another
 * name.
 */
export function publishedSizes(name: string): SizeDistribution {
  if (!Object.hasOwn(PUBLISHED_SIZES, name))
    throw new InputError(
      `unknown flow sizes: ${name}${didYouMean(name, SIZE_NAMES)}; known: ${SIZE_NAMES.join(", ")}`,
    );
  const { table, source } = PUBLISHED_SIZES[name as SizesName];
  return sizesFrom(table, { name, source });
}

/**
 * Returns a distribution from rows of (bytes, share of flows of at most this size). Throws InputError
 * where the rows do not ascend from share 0 to share 1: a size that a share of the flows has exactly must be
 * spread over a few bytes.
 */
export function sizesFrom(
  table: readonly (readonly [bytes: number, share: number])[],
  { name = "own", source = "own table" }: { readonly name?: string; readonly source?: string } = {},
): SizeDistribution {
  const last = table.length - 1;
  if (last < 1) throw new InputError(`flow sizes ${name}: give at least two rows of bytes and share`);
  for (let i = 0; i <= last; i++) {
    const [bytes, share] = table[i];
    const [bytesBefore, shareBefore] = i === 0 ? [-1, -1] : table[i - 1];
    if (!(bytes > bytesBefore && share > shareBefore && Number.isFinite(bytes) && bytes >= 0))
      throw new InputError(
        `flow sizes ${name}: row ${i} is ${bytes} bytes, share ${share}; both must ascend from row to row`,
      );
  }
  if (table[0][1] !== 0 || table[last][1] !== 1)
    throw new InputError(`flow sizes ${name}: shares must begin with 0 and end with 1`);
  return {
    name,
    source,
    bytes: Float64Array.from(table, ([bytes]) => bytes),
    share: Float64Array.from(table, ([, share]) => share),
  };
}

/** Returns the distribution of flows of which the share `part` is of `a`, and the rest of `b`. */
export function mixSizes(a: SizeDistribution, b: SizeDistribution, part = 0.5): SizeDistribution {
  if (!(part > 0 && part < 1)) throw new InputError(`part is ${part}: give a share above 0 and below 1`);
  const knots = [...new Set([...a.bytes, ...b.bytes])].sort((x, y) => x - y);
  const last = knots.length - 1;
  return sizesFrom(
    knots.map((x, i) => [x, i === last ? 1 : part * shareBelow(a, x) + (1 - part) * shareBelow(b, x)]),
    { name: `${a.name}+${b.name}`, source: `${a.source}; ${b.source}` },
  );
}

/** Shares at which measured sizes have knots: even, and closer and closer where few flows have most bytes. */
const KNOTS = [
  ...[0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9],
  ...[0.93, 0.95, 0.965, 0.98, 0.99, 0.995, 1],
];

/** Returns the distribution of measured sizes, at least one; equal sizes are drawn apart by a millionth. */
export function measuredSizes(sizes: ArrayLike<number>): SizeDistribution {
  const sorted = Float64Array.from(sizes).sort();
  const table: [number, number][] = [[0, 0]];
  for (const share of KNOTS) {
    const [before] = table[table.length - 1];
    const size = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
    table.push([Math.max(size, before * (1 + 1e-6) + 1e-6), share]);
  }
  return sizesFrom(table, { name: "measured", source: "measured" });
}

/** Returns the share of flows of at most this size. */
export function shareBelow({ bytes, share }: SizeDistribution, x: number): number {
  const last = bytes.length - 1;
  if (x <= bytes[0]) return 0;
  if (x >= bytes[last]) return 1;
  const i = segmentOf(bytes, x);
  return share[i] + ((share[i + 1] - share[i]) * (x - bytes[i])) / (bytes[i + 1] - bytes[i]);
}

/** Returns the bytes that a share of the flows do not exceed. */
export function sizeAt({ bytes, share }: SizeDistribution, u: number): number {
  const i = segmentOf(share, u);
  return bytes[i] + ((bytes[i + 1] - bytes[i]) * (u - share[i])) / (share[i + 1] - share[i]);
}

/** Returns the i with column[i] <= x < column[i + 1], within the column. */
export function segmentOf(column: Float64Array, x: number): number {
  let low = 0;
  let high = column.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (column[middle] <= x) low = middle;
    else high = middle;
  }
  return low;
}

/** Returns the mean of min(size, limit), of bytes; without a limit the mean size. */
export function meanBytes(sizes: SizeDistribution, limit = Infinity): number {
  return momentBelow(sizes, limit, 1) + cut(sizes, limit, 1);
}

/** Returns the mean of min(size, limit)^2. */
export function meanSquare(sizes: SizeDistribution, limit = Infinity): number {
  return momentBelow(sizes, limit, 2) + cut(sizes, limit, 2);
}

function cut(sizes: SizeDistribution, limit: number, power: number): number {
  const above = 1 - shareBelow(sizes, limit);
  return above > 0 ? above * limit ** power : 0;
}

/** Returns the integral of x^power over the sizes up to a limit. */
export function momentBelow({ bytes, share }: SizeDistribution, limit: number, power: number): number {
  let sum = 0;
  for (let i = 0; i + 1 < bytes.length && bytes[i] < limit; i++) {
    const high = Math.min(limit, bytes[i + 1]);
    const density = (share[i + 1] - share[i]) / (bytes[i + 1] - bytes[i]);
    sum += (density * (high ** (power + 1) - bytes[i] ** (power + 1))) / (power + 1);
  }
  return sum;
}
