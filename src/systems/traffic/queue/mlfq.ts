/**
 * Queues by bytes sent on one link, with processor sharing inside each queue: the response of a queue solves
 * an integral equation (Kleinrock, Muntz and Rodemich, The Processor-Sharing Queueing Model for Time-Shared
 * Systems with Bulk Arrivals, Networks 1, 1971; Kleinrock and Muntz, JACM 19, 1972).
 */
import {
  meanBytes,
  meanSquare,
  segmentOf,
  shareBelow,
  type SizeDistribution,
} from "../sizes/distribution.js";
import { classOf, type Scaled, type Sums } from "./scaled.js";

/** A queue for the flows that have sent from `from` to `to` bytes, in units of the mean size. */
interface Level {
  readonly sizes: SizeDistribution;
  /** Mean of min(size, knot), by knot. */
  readonly sentAt: Float64Array;
  readonly from: number;
  readonly to: number;
  /** Mean of min(size, from). */
  readonly sentBefore: number;
  /** Share of the flows that reach the queue. */
  readonly reach: number;
  /** Arrival rate of batches: one for each busy period of the queues before. */
  readonly load: number;
  /** Share of time in which the queues before are empty. */
  readonly idle: number;
  /** Mean number of flows in a batch, and of others in the batch of a flow. */
  readonly batch: number;
  readonly others: number;
}

const ROUNDING = 1e-12;

/** Adds the integrals over sizes of completion time and slowdown; thresholds lie below the largest size. */
export function levelTimes(scaled: Scaled, thresholds: readonly number[], cells: number, sums: Sums): void {
  const { sizes, edges } = scaled;
  const ends = [0, ...thresholds, edges.at(-1)!];
  const sentAt = sizes.bytes.map((knot) => meanBytes(sizes, knot));
  for (let k = 0; k + 1 < ends.length; k++)
    addLevel(scaled, levelOf(scaled, sentAt, ends[k], ends[k + 1]), cells, sums);
}

function addLevel({ sizes, load, edges, limits }: Scaled, level: Level, cells: number, sums: Sums): void {
  const { from, to } = level;
  // An edge at the end of a queue, but for rounding, would make a cell without width.
  const inner = edges.map((x) => x - from).filter((x) => x > ROUNDING * to && x < (1 - ROUNDING) * to - from);
  const grid = gridOf(inner, to - from, cells);
  // The first queue is plain processor sharing, whose solution is constant.
  const slope =
    from === 0
      ? new Float64Array(grid.length - 1).fill(1 / (1 - load * meanBytes(sizes, to)))
      : solveLevel(level, grid);
  const wait = (load * meanSquare(sizes, from)) / (2 * level.idle);
  let response = 0;
  for (let j = 0; j < slope.length; j++) {
    const [low, high] = [from + grid[j], from + grid[j + 1]];
    const before = (wait + from + response) / level.idle;
    response += slope[j] * (grid[j + 1] - grid[j]);
    const mass = shareBelow(sizes, high) - shareBelow(sizes, low);
    const after = (wait + from + response) / level.idle;
    const place = classOf(limits, (low + high) / 2);
    sums.share[place] += mass;
    sums.time[place] += (mass * (before + after)) / 2;
    // The time is linear in the cell: offset + pace x.
    const pace = (after - before) / (high - low);
    const offset = low === 0 ? 0 : before - pace * low;
    const perByte = mass / (high - low);
    sums.slowdown[place] += pace * mass + (offset === 0 ? 0 : perByte * offset * Math.log(high / low));
  }
}

function levelOf({ sizes, load }: Scaled, sentAt: Float64Array, from: number, to: number): Level {
  const idle = 1 - load * meanBytes(sizes, from);
  const reach = 1 - shareBelow(sizes, from);
  const batch = reach / idle;
  const others = (2 * load * reach * from + load ** 2 * meanSquare(sizes, from) * batch) / idle;
  return {
    ...{ sizes, sentAt, from, to, sentBefore: sentUpTo(sizes, sentAt, from) },
    ...{ reach, load, idle, batch, others: from === 0 ? 0 : others },
  };
}

/**
 * Returns the slope of the response time in each cell, by collocation at the middles of the cells. The kernel
 * is integrated exactly, because it falls much faster than the solution.
 */
function solveLevel(level: Level, grid: Float64Array): Float64Array {
  const n = grid.length - 1;
  const rate = level.load * level.batch;
  const matrix = new Float64Array(n * n);
  const right = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const x = (grid[i] + grid[i + 1]) / 2;
    let sumBefore = servedUpTo(level, x + grid[0]);
    let differenceBefore = servedUpTo(level, x - grid[0]);
    for (let j = 0; j < n; j++) {
      const sum = servedUpTo(level, x + grid[j + 1]);
      const difference = j > i ? 0 : servedUpTo(level, x - grid[j + 1]);
      matrix[i * n + j] = -rate * (sum - sumBefore + (differenceBefore - difference));
      sumBefore = sum;
      differenceBefore = difference;
    }
    matrix[i * n + i] += 1;
    right[i] = 1 + (level.others * (1 - shareBelow(level.sizes, level.from + x))) / level.reach;
  }
  return solve(matrix, right);
}

/** Returns the mean of what a flow sends in the queue, up to z bytes. */
function servedUpTo(level: Level, z: number): number {
  if (z <= 0) return 0;
  const { sizes, sentAt, from, to, sentBefore, reach } = level;
  return (sentUpTo(sizes, sentAt, Math.min(from + z, to)) - sentBefore) / reach;
}

/** The mean of min(size, x), as `meanBytes`, from its values at the knots. */
function sentUpTo({ bytes, share }: SizeDistribution, sentAt: Float64Array, x: number): number {
  if (x <= bytes[0]) return x;
  const i = segmentOf(bytes, x);
  const beyond = x - bytes[i];
  const density = (share[i + 1] - share[i]) / (bytes[i + 1] - bytes[i]);
  return sentAt[i] + beyond * (1 - share[i] - (density * beyond) / 2);
}

/**
 * Returns cell boundaries from 0 to `length`: the inner edges, and between them cells that are small where
 * the solution may bend: near 0, near the end and beside edges.
 */
function gridOf(inner: readonly number[], length: number, cells: number): Float64Array {
  const edges = [0, ...inner, length];
  const parts = edges.length - 1;
  const each = Math.max(2, Math.round(cells / parts));
  const grid = [0];
  for (let p = 0; p < parts; p++) {
    const width = edges[p + 1] - edges[p];
    for (let i = 1; i <= each; i++)
      grid.push(i === each ? edges[p + 1] : edges[p] + width * graded(i / each));
  }
  return Float64Array.from(grid);
}

/** Maps [0, 1] onto itself, with small steps near both ends. */
function graded(u: number): number {
  return u * u * (3 - 2 * u);
}

/** Solves a dense linear system by elimination with partial pivoting, in place. */
function solve(matrix: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++)
      if (Math.abs(matrix[i * n + k]) > Math.abs(matrix[pivot * n + k])) pivot = i;
    if (pivot !== k) swapRows(matrix, right, k, pivot);
    const row = k * n;
    for (let i = k + 1; i < n; i++) {
      const own = i * n;
      const factor = matrix[own + k] / matrix[row + k];
      for (let j = k + 1; j < n; j++) matrix[own + j] -= factor * matrix[row + j];
      right[i] -= factor * right[k];
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) right[i] -= matrix[i * n + j] * right[j];
    right[i] /= matrix[i * n + i];
  }
  return right;
}

function swapRows(matrix: Float64Array, right: Float64Array, a: number, b: number): void {
  const n = right.length;
  for (let j = 0; j < n; j++) {
    const held = matrix[a * n + j];
    matrix[a * n + j] = matrix[b * n + j];
    matrix[b * n + j] = held;
  }
  const held = right[a];
  right[a] = right[b];
  right[b] = held;
}
