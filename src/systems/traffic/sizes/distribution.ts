/** Distributions of flow sizes: piecewise-linear, from published tables or one's own. */
import { InputError } from "../../../base/errors.js";
import { didYouMean } from "../../../base/nearest.js";
import { meanOf } from "../../../metrics/statistics.js";
import { checkKeys, checkValue, listOf, number, optional, type Checks } from "../../../base/checks.js";
import { SIZES } from "../check.js";
import { PUBLISHED_SIZES } from "./published.js";

/** A distribution of flow sizes whose cumulative share is linear between its knots. */
export interface SizeDistribution {
  readonly name: string;
  /** Where the table is from. */
  readonly source: string;
  /** Bytes, ascending. */
  readonly bytes: Float64Array;
  /** Share of flows of at most the size `bytes`: from 0 to 1; equal in two rows without flows in between. */
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

export interface SizesOptions {
  /** Default "own". */
  readonly name?: string;
  /** Default "own table". */
  readonly source?: string;
}

const TEXT = optional((value) => (typeof value === "string" ? undefined : "give a text"));
const OPTIONS: Checks<SizesOptions> = { name: TEXT, source: TEXT };
const ROW = listOf(number({ min: 0, max: 1e100 }), 2);

/**
 * Returns a distribution from rows of (bytes, share of flows of at most this size). Shares go from 0 to 1 and
 * may be equal in two rows, if no flow is in between. Throws InputError where bytes do not ascend: a size
 * that a share of the flows has exactly must be spread over a few bytes.
 */
export function sizesFrom(
  table: readonly (readonly [bytes: number, share: number])[],
  options: SizesOptions = {},
): SizeDistribution {
  checkKeys("sizesFrom", options, OPTIONS);
  const { name = "own", source = "own table" } = options;
  checkValue(`the table of flow sizes ${name}`, table, (rows) => {
    const remedy =
      "give a list of rows such as [[0, 0], [1000, 0.4], [20000, 1]]: bytes, share of flows up to them";
    return listOf(() => undefined)(rows) === undefined && table.length > 1 ? undefined : remedy;
  });
  table.forEach((row, i) => {
    checkValue(`row ${i} of flow sizes ${name}`, row, ROW);
    const [bytes, share] = row;
    const [bytesBefore, shareBefore] = i === 0 ? [-1, 0] : table[i - 1];
    if (!(bytes > bytesBefore && share >= shareBefore))
      throw new InputError(
        `flow sizes ${name}: row ${i} is ${bytes} bytes, share ${share}; both must ascend from row to row ` +
          "(spread a size that many flows have exactly: 999 and 1001 bytes instead of 1000 twice)",
      );
  });
  const shares = table.map(([, share]) => share);
  if (shares[0] !== 0 || shares.at(-1) !== 1)
    throw new InputError(`flow sizes ${name}: shares must begin with 0 and end with 1`);
  // Rows before the smallest and after the largest size say nothing.
  const rows = table.slice(shares.lastIndexOf(0), shares.indexOf(1) + 1);
  return {
    name,
    source,
    bytes: Float64Array.from(rows, ([bytes]) => bytes),
    share: Float64Array.from(rows, ([, share]) => share),
  };
}

/** Returns the distribution of flows of which the share `part` is of `a`, and the rest of `b`. */
export function mixSizes(a: SizeDistribution, b: SizeDistribution, part = 0.5): SizeDistribution {
  for (const sizes of [a, b]) checkValue("sizes of mixSizes", sizes, SIZES);
  checkValue("part of mixSizes", part, number({ above: 0, below: 1 }));
  const knots = [...new Set([...a.bytes, ...b.bytes])].sort((x, y) => x - y);
  const last = knots.length - 1;
  return sizesFrom(
    knots.map((x, i) => [x, i === last ? 1 : part * shareBelow(a, x) + (1 - part) * shareBelow(b, x)]),
    { name: `${a.name}+${b.name}`, source: `${a.source}; ${b.source}` },
  );
}

/** Where measured sizes are divided into groups: closer and closer where few flows have most bytes. */
const GROUPS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.995, 1];

/** By how much of themselves equal sizes are spread. */
const SPREAD = 1e-6;

/**
 * Returns the distribution of measured sizes: groups of similar sizes, each with the share and the mean that
 * it has in the sample. Equal sizes are spread over a millionth of themselves. Throws InputError for no sizes
 * and for sizes that are not above 0.
 */
export function measuredSizes(sizes: ArrayLike<number>): SizeDistribution {
  checkValue("sizes of measuredSizes", sizes, listOf(number({ above: 0, max: 1e100 })));
  const sorted = Float64Array.from(sizes).sort();
  const n = sorted.length;
  const table: [number, number][] = [];
  let end = 0;
  for (let from = 0, to = 0, g = 0; to < n; g++) {
    to = Math.max(to, Math.ceil(GROUPS[g] * n));
    while (to < n && sorted[to] === sorted[to - 1]) to++;
    if (to === from) continue;
    const mean = meanOf(sorted.subarray(from, to));
    const least = sorted[from] * (1 - SPREAD);
    // Without a gap that is wide beside the group, the group begins where the one before ends.
    const low = table.length === 0 || least - end > mean - least ? least : end;
    const high = Math.max(sorted[to - 1] * (1 + SPREAD), low * (1 + 2 * SPREAD));
    const middle = Math.max(low * (1 + SPREAD / 2), Math.min(mean, high * (1 - SPREAD / 2)));
    if (low !== end) table.push([low, from / n]);
    // Two even parts with this share of the group in the first one have the group's mean.
    table.push([middle, (from + ((to - from) * (high - middle)) / (high - low)) / n], [high, to / n]);
    end = high;
    from = to;
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
