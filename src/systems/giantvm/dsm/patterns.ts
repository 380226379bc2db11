/**
 * How the threads of a program share its pages: the patterns that make a distributed shared memory fast or
 * slow.
 */
import { InputError } from "../../../base/errors.js";
import { randomStream, type Random } from "../../../base/random.js";
import type { AccessStream } from "./run.js";

export const SHARING_PATTERNS = [
  "private",
  "read-shared",
  "false-sharing",
  "ping-pong",
  "thrashing",
] as const;
/**
 * - private: each node reads and writes pages of its own.
 * - read-shared: all nodes read the same pages; nobody writes them.
 * - false-sharing: private, but that every `every`-th access writes a counter of the node's own that lies in
 *   the same
 *   page as the others'.
 * - ping-pong: private, but that the last two of every `every` accesses read, then write, a variable that all
 *   share.
 * - thrashing: all nodes read and write the same pages.
 */
export type SharingPattern = (typeof SHARING_PATTERNS)[number];

export interface PatternOptions {
  readonly nodes?: number;
  /** Accesses of each node. */
  readonly accesses?: number;
  /** Pages of each node, or that all share. */
  readonly pages?: number;
  /** Share of the accesses to private and to thrashed pages that are writes. */
  readonly writeShare?: number;
  /** One of this many accesses is to the page that nodes share falsely or play ping-pong with. */
  readonly every?: number;
  readonly seed?: number;
}

/** Returns a stream for each node that shares pages so. Throws InputError for an unknown pattern. */
export function sharingPattern(
  pattern: SharingPattern,
  { nodes = 4, accesses = 20_000, pages = 64, writeShare = 0.3, every = 100, seed = 1 }: PatternOptions = {},
): AccessStream[] {
  if (!SHARING_PATTERNS.includes(pattern)) {
    throw new InputError(`unknown sharing pattern: ${pattern}; known: ${SHARING_PATTERNS.join(", ")}`);
  }
  return Array.from({ length: nodes }, (_, node) => {
    const random = randomStream(seed, "workload", "dsm", pattern, node);
    const access = ACCESS[pattern];
    const page = new Int32Array(accesses);
    const write = new Uint8Array(accesses);
    for (let i = 0; i < accesses; i++) {
      const [where, isWrite] = access({ i, node, nodes, pages, writeShare, every, random });
      page[i] = where;
      write[i] = isWrite ? 1 : 0;
    }
    return { node, page, write, gap: new Float64Array(accesses) };
  });
}

interface Draw {
  readonly i: number;
  readonly node: number;
  readonly nodes: number;
  readonly pages: number;
  readonly writeShare: number;
  readonly every: number;
  readonly random: Random;
}

type Access = (draw: Draw) => readonly [page: number, isWrite: boolean];

/** Pages from `nodes` on are private, each at home where it is used; page 0 is everybody's. */
const toOwn: Access = ({ node, nodes, pages, writeShare, random }) => [
  nodes * (1 + Math.floor(random() * pages)) + node,
  random() < writeShare,
];

const ACCESS: Readonly<Record<SharingPattern, Access>> = {
  private: toOwn,
  "read-shared": ({ pages, random }) => [Math.floor(random() * pages), false],
  "false-sharing": (draw) => (draw.i % draw.every === draw.every - 1 ? [0, true] : toOwn(draw)),
  "ping-pong": (draw) =>
    draw.i % draw.every >= draw.every - 2 ? [0, draw.i % draw.every === draw.every - 1] : toOwn(draw),
  thrashing: ({ pages, writeShare, random }) => [Math.floor(random() * pages), random() < writeShare],
};
