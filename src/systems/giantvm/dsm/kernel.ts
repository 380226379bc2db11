/** A web server on two kinds of operating system over distributed shared memory. */
import { InputError } from "../../../base/errors.js";
import { randomStream, type Random } from "../../../base/random.js";
import { HIT_SECONDS, type AccessStream } from "./run.js";

/**
 * - monolithic: one kernel whose data all nodes read and write (Linux).
 * - multikernel: each node has its own kernel, and the kernels exchange messages (Barrelfish; Baumann et al.,
 *   SOSP 2009).
 */
export const KERNELS = ["monolithic", "multikernel"] as const;
export type Kernel = (typeof KERNELS)[number];

/**
 * How many times faster Barrelfish's web server was than Linux's on GiantVM (Zhang et al., VEE 2020,
 * abstract).
 */
export const PUBLISHED_KERNEL_GAP = 6.4;

export interface KernelOptions {
  readonly nodes?: number;
  /** The number of requests that each node serves. */
  readonly requests?: number;
  /**
   * Seconds of work per request where nothing is shared: 1/2,296, from the single-node server of TACO 2022.
   */
  readonly work?: number;
  /** Share of a request's memory accesses (one every 60 ns of its work) that go to kernel data. Assumed. */
  readonly sharing?: number;
  /** Share of the accesses to kernel data that are writes. Assumed. */
  readonly writeShare?: number;
  /** Pages of kernel data. 128 pages are 0.5 MiB, where 70 % of GiantVM's faults occur (TACO 2022). */
  readonly kernelPages?: number;
  /** Calls to the next node per request, in a multikernel. Assumed. */
  readonly calls?: number;
  readonly seed?: number;
}

/**
 * Returns an access stream for each node that serves requests. It contains only the accesses to kernel data
 * and to message channels; the rest of the work is the time between them. In a multikernel each node has its
 * own copy of the kernel data. A call writes a request into a page that the next node reads, and the answer
 * comes back in another page. Nodes do not wait for answers, because only the transfer of the pages matters.
 * Throws InputError for an unknown kernel and for a share outside 0 to 1.
 */
export function webServer(
  kernel: Kernel,
  {
    nodes = 4,
    requests = 200,
    work = 1 / 2296,
    sharing = 0.03,
    writeShare = 0.3,
    kernelPages = 128,
    calls = 1,
    seed = 1,
  }: KernelOptions = {},
): AccessStream[] {
  if (!KERNELS.includes(kernel))
    throw new InputError(`unknown kernel: ${kernel}; known: ${KERNELS.join(", ")}`);
  for (const [name, share] of Object.entries({ sharing, writeShare })) {
    if (!(share >= 0 && share <= 1))
      throw new InputError(`invalid ${name}: ${share}; give a number from 0 to 1`);
  }
  const kernelAccesses = Math.round((sharing * work) / HIT_SECONDS);
  return Array.from({ length: nodes }, (_, node) => {
    const random = randomStream(seed, "workload", "kernel", node);
    const first = kernel === "monolithic" ? 0 : node * kernelPages;
    const messages = kernel === "multikernel" && nodes > 1 ? callsOf(node, nodes, nodes * kernelPages) : [];
    const accesses: [page: number, isWrite: boolean][] = [];
    const gap: number[] = [];
    for (let request = 0; request < requests; request++) {
      const before = accesses.length;
      for (let i = 0; i < kernelAccesses; i++)
        accesses.push(kernelAccess(random, first, kernelPages, writeShare));
      for (let call = 0; call < calls; call++) accesses.push(...messages);
      const count = Math.max(1, accesses.length - before);
      // A request without shared accesses still needs its time.
      if (accesses.length === before) accesses.push([first, false]);
      for (let i = 0; i < count; i++) gap.push(Math.max(0, work / count - HIT_SECONDS));
    }
    return {
      node,
      page: Int32Array.from(accesses, ([page]) => page),
      write: Uint8Array.from(accesses, ([, isWrite]) => (isWrite ? 1 : 0)),
      gap: Float64Array.from(gap),
    };
  });
}

function kernelAccess(
  random: Random,
  first: number,
  pages: number,
  writeShare: number,
): [page: number, isWrite: boolean] {
  return [first + Math.floor(random() * pages), random() < writeShare];
}

/**
 * Returns the accesses of one outgoing and one incoming call. The page of calls from a node to the next is
 * `base` + 2 * node; the page of answers is the next one.
 */
function callsOf(node: number, nodes: number, base: number): [page: number, isWrite: boolean][] {
  const out = base + 2 * node;
  const from = base + 2 * ((node + nodes - 1) % nodes);
  return [
    [out, true],
    [from, false],
    [from + 1, true],
    [out + 1, false],
  ];
}
