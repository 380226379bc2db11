/**
 * Runs streams of memory accesses on a distributed shared memory; counts faults, messages, bytes and time.
 */
import { randomNormal } from "d3-random";
import { InputError } from "../../../base/errors.js";
import { randomStream } from "../../../base/random.js";
import { createDirectory, type Directory, type Fault } from "./directory.js";
import { transportCosts, type Transport, type TransportCosts } from "./transports.js";

/** The accesses of one thread in order; each column has one entry per access. */
export interface AccessStream {
  readonly node: number;
  readonly page: Int32Array;
  /** 1 for a write. */
  readonly write: Uint8Array;
  /** Seconds of work before the access. */
  readonly gap: Float64Array;
}

export interface DsmOptions {
  readonly transport: Transport;
  /** The number of nodes. Default: the highest node of a stream, plus 1. */
  readonly nodes?: number;
  /**
   * Seconds that a fault takes besides its messages, to exit the guest and to map the page. Default 7.2 us: a
   * whole fault takes about 15 us over RDMA (TACO 2022), of which messages take 7.79 us.
   */
  readonly trap?: number;
  /**
   * With a seed, latencies vary lognormally around their means, as the measured writes do. Default: no
   * variation.
   */
  readonly seed?: number;
  /** Called with the directory before the first access. */
  readonly onStart?: (directory: Directory) => void;
  /** Called after each access, in the order in which they are served. */
  readonly onAccess?: (access: ServedAccess) => void;
}

export interface ServedAccess {
  /** The states after the access. */
  readonly directory: Directory;
  readonly node: number;
  readonly page: number;
  readonly isWrite: boolean;
  /** Undefined where the node's own copy allowed the access. */
  readonly fault: Fault | undefined;
  /** From the beginning of the access to its end. */
  readonly seconds: number;
}

/** Times in seconds. */
export interface DsmRun {
  readonly accesses: number;
  readonly readFaults: number;
  readonly writeFaults: number;
  /** Writes to a page of which the node had a read-only copy. */
  readonly upgrades: number;
  readonly messages: number;
  /** Messages that carry a page. */
  readonly pagesSent: number;
  /** Bytes on the network: pages, and HEADER for every message. */
  readonly bytes: number;
  /** Time until the last stream has ended. */
  readonly seconds: number;
  /** Time that the streams waited for faults, summed over streams. */
  readonly stalled: number;
  /** The time at which each stream ends. */
  readonly finished: Float64Array;
  readonly faultsByPage: Int32Array;
  /** Message latency of each fault that fetched a page, without queueing and without the trap. */
  readonly readLatencies: Float64Array;
  readonly writeLatencies: Float64Array;
}

/** Seconds of an access to the node's own memory: a cache miss (TACO 2022). */
export const HIT_SECONDS = 60e-9;
export const DSM_PAGE = 4096;
/** Bytes of a message without its page: the smallest request that was measured. */
export const HEADER = 64;

/**
 * Runs the streams concurrently and returns counts and times. Accesses are served in order of time. A page
 * serves one fault at a time, and a node sends one page at a time, so later faults wait. A node keeps a page
 * at least for the access that faulted, but has no minimum time for which it may keep the page.
 *
 * A read fault takes as long as the measured 4 KiB request, a write fault that fetches the page as long as
 * the measured write by a non-owner, and an upgrade one round trip. A third hop adds half a round trip, and
 * invalidations add a whole one. Throws InputError for no stream and for an unknown transport or node.
 */
export function runDsm(streams: readonly AccessStream[], options: DsmOptions): DsmRun {
  if (streams.length === 0) throw new InputError("no access stream to run: give at least one");
  const { transport, trap = 7.2e-6, seed, onStart, onAccess } = options;
  const highest = streams.reduce((most, { node }) => Math.max(most, node), 0);
  const { nodes = highest + 1 } = options;
  if (highest >= nodes) throw new InputError(`unknown node of a stream: ${highest}; there are ${nodes}`);
  const costs = transportCosts(transport);
  const directory = createDirectory({ nodes, pages: countPages(streams) });
  const vary = variation(costs, seed);
  const finished = new Float64Array(streams.length);
  const next = new Int32Array(streams.length);
  /** The time of each stream's next access. */
  const due = Float64Array.from(streams, ({ gap }) => (gap.length > 0 ? gap[0] : Infinity));
  const pageFree = new Float64Array(directory.pages);
  const senderFree = new Float64Array(nodes);
  const faultsByPage = new Int32Array(directory.pages);
  const latencies: Record<Fault["kind"], number[]> = { read: [], write: [], upgrade: [] };
  let messages = 0;
  let stalled = 0;

  /** Serves a fault that begins at `now` and returns the time at which it ends. */
  function serve(fault: Fault, page: number, now: number): number {
    const hasPage = fault.kind !== "upgrade";
    const latency = latencyOf(fault, costs) * vary();
    const begin = Math.max(now, pageFree[page], hasPage ? senderFree[fault.from] : 0);
    if (hasPage) senderFree[fault.from] = begin + (DSM_PAGE + HEADER) / costs.bandwidth;
    pageFree[page] = begin + latency + trap;
    latencies[fault.kind].push(latency);
    faultsByPage[page]++;
    messages += fault.messages;
    stalled += pageFree[page] - now;
    return pageFree[page];
  }

  onStart?.(directory);
  for (let s = earliest(due); due[s] < Infinity; s = earliest(due)) {
    const { node, page, write, gap } = streams[s];
    const at = next[s]++;
    const fault = directory.access(node, page[at], write[at] === 1);
    finished[s] = (fault ? serve(fault, page[at], due[s]) : due[s]) + HIT_SECONDS;
    const seconds = finished[s] - due[s];
    onAccess?.({ directory, node, page: page[at], isWrite: write[at] === 1, fault, seconds });
    due[s] = next[s] < page.length ? finished[s] + gap[next[s]] : Infinity;
  }
  const { read, write, upgrade } = latencies;
  const pagesSent = read.length + write.length;
  return {
    accesses: streams.reduce((sum, { page }) => sum + page.length, 0),
    readFaults: read.length,
    writeFaults: write.length,
    upgrades: upgrade.length,
    messages,
    pagesSent,
    bytes: pagesSent * DSM_PAGE + messages * HEADER,
    seconds: finished.reduce((last, time) => Math.max(last, time), 0),
    stalled,
    finished,
    faultsByPage,
    readLatencies: Float64Array.from(read),
    writeLatencies: Float64Array.from(write),
  };
}

/** Returns the index of the smallest number, the first of equals. */
function earliest(due: Float64Array): number {
  let found = 0;
  for (let s = 1; s < due.length; s++) if (due[s] < due[found]) found = s;
  return found;
}

function latencyOf({ kind, hops, invalidated }: Fault, { roundTrip, read, write }: TransportCosts): number {
  const ask = kind === "read" ? read : kind === "write" ? write : hops === 0 ? 0 : roundTrip;
  return ask + (hops === 3 ? roundTrip / 2 : 0) + (invalidated > 0 ? roundTrip : 0);
}

/** Returns a source of lognormal factors with mean 1; without a seed, all factors are 1. */
function variation({ sigma }: TransportCosts, seed: number | undefined): () => number {
  if (seed === undefined) return () => 1;
  const normal = randomNormal.source(randomStream(seed, "noise", "dsm"))(-(sigma ** 2) / 2, sigma);
  return () => Math.exp(normal());
}

function countPages(streams: readonly AccessStream[]): number {
  let most = -1;
  for (const { page } of streams) for (let i = 0; i < page.length; i++) if (page[i] > most) most = page[i];
  return most + 1;
}
