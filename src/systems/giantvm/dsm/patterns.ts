/**
 * Patterns in which the threads of a program share its pages; they make a distributed shared memory fast or
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
 * - private: each node reads and writes only its own pages.
 * - read-shared: all nodes read the same pages; nobody writes them.
 * - false-sharing: as private, but every `every`-th access writes the node's own counter, which is in the
 *   same page as the counters of the other nodes.
 * - ping-pong: as private, but the last two of every `every` accesses read and then write a variable that all
 *   nodes share.
 * - thrashing: all nodes read and write the same pages.
 */
export type SharingPattern = (typeof SHARING_PATTERNS)[number];

export interface PatternOptions {
  readonly nodes?: number;
  /** The number of accesses of each node. */
  readonly accesses?: number;
  /** The number of pages of each node, or of the pages that all nodes share. */
  readonly pages?: number;
  /** Share of writes among the accesses to private and to thrashed pages. */
  readonly writeShare?: number;
  /** In "false-sharing" and "ping-pong", the period of the accesses to the shared page. */
  readonly every?: number;
  readonly seed?: number;
}

/** Returns an access stream for each node. Throws InputError for an unknown pattern. */
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

/** Page 0 is shared. Pages from `nodes` on are private, and each is managed by the node that uses it. */
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
