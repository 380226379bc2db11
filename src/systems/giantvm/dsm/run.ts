/** Streams of memory accesses, run against a distributed shared memory: faults, messages, bytes, time. */
import { randomNormal } from "d3-random";
import { InputError } from "../../../base/errors.js";
import { randomStream } from "../../../base/random.js";
import { createDirectory, type Fault } from "./directory.js";
import { transportCosts, type Transport, type TransportCosts } from "./transports.js";

/** The accesses of one thread, in its order; one entry of each column an access. */
export interface AccessStream {
  readonly node: number;
  readonly page: Int32Array;
  /** 1 for a write. */
  readonly write: Uint8Array;
  /** Seconds of work of its own before the access. */
  readonly gap: Float64Array;
}

export interface DsmOptions {
  readonly transport: Transport;
  /** Nodes; default: one more than the highest that a stream names. */
  readonly nodes?: number;
  /**
   * Seconds that a fault takes besides its messages, to leave the guest and to map the page. Default 7.2 us:
   * a whole fault takes about 15 us over RDMA (TACO 2022), 7.79 of them messages; the difference is ours.
   */
  readonly trap?: number;
  /**
   * Where given, latencies vary lognormally around their means, as the measured writes do. Default: they do
   * not.
   */
  readonly seed?: number;
}

/** Times in seconds. */
export interface DsmRun {
  readonly accesses: number;
  readonly readFaults: number;
  readonly writeFaults: number;
  /** Writes to a page of which the node had a copy to read. */
  readonly upgrades: number;
  readonly messages: number;
  /** Messages that carry a page. */
  readonly pagesSent: number;
  /** On the network: pages, and HEADER for every message. */
  readonly bytes: number;
  /** Until the last stream is done. */
  readonly seconds: number;
  /** Sum over the streams of what they waited for faults. */
  readonly stalled: number;
  /** When each stream is done. */
  readonly finished: Float64Array;
  readonly faultsByPage: Int32Array;
  /**
   * Latency of the messages of each fault that fetched a page, without waits for its turn and without the
   * trap.
   */
  readonly readLatencies: Float64Array;
  readonly writeLatencies: Float64Array;
}

/** Seconds of an access to memory of the node's own: a cache miss (TACO 2022). */
export const HIT_SECONDS = 60e-9;
export const DSM_PAGE = 4096;
/** Bytes of a message without its page: the smallest request that was measured. */
export const HEADER = 64;

/**
 * Runs the streams side by side and returns what that took. Accesses are served in order of time. A page
 * changes hands one fault at a time: who comes later waits; so does who asks a node that is still sending.
 * Every access gets its page for that one access at least; there is no time for which a node may keep it.
 *
 * A read fault takes the measured 4 KiB request, a write fault that fetches the page the measured write by a
 * non-owner, an upgrade a round trip; a third hop half a round trip more, and invalidations one more. Throws
 * InputError for no stream and for an unknown transport or node.
 */
export function runDsm(streams: readonly AccessStream[], options: DsmOptions): DsmRun {
  if (streams.length === 0) throw new InputError("no access stream to run: give at least one");
  const { transport, trap = 7.2e-6, seed } = options;
  const highest = streams.reduce((most, { node }) => Math.max(most, node), 0);
  const { nodes = highest + 1 } = options;
  if (highest >= nodes) throw new InputError(`unknown node of a stream: ${highest}; there are ${nodes}`);
  const costs = transportCosts(transport);
  const directory = createDirectory({ nodes, pages: countPages(streams) });
  const vary = variation(costs, seed);
  const finished = new Float64Array(streams.length);
  const next = new Int32Array(streams.length);
  /** When each stream makes its next access. */
  const due = Float64Array.from(streams, ({ gap }) => (gap.length > 0 ? gap[0] : Infinity));
  const pageFree = new Float64Array(directory.pages);
  const senderFree = new Float64Array(nodes);
  const faultsByPage = new Int32Array(directory.pages);
  const latencies: Record<Fault["kind"], number[]> = { read: [], write: [], upgrade: [] };
  let messages = 0;
  let stalled = 0;

  /** Returns when the fault that begins at `now` is over. */
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

  for (let s = earliest(due); due[s] < Infinity; s = earliest(due)) {
    const { node, page, write, gap } = streams[s];
    const at = next[s]++;
    const fault = directory.access(node, page[at], write[at] === 1);
    finished[s] = (fault ? serve(fault, page[at], due[s]) : due[s]) + HIT_SECONDS;
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

/** Returns the index of the least number, the first of several. */
function earliest(due: Float64Array): number {
  let found = 0;
  for (let s = 1; s < due.length; s++) if (due[s] < due[found]) found = s;
  return found;
}

function latencyOf({ kind, hops, invalidated }: Fault, { roundTrip, read, write }: TransportCosts): number {
  const ask = kind === "read" ? read : kind === "write" ? write : hops === 0 ? 0 : roundTrip;
  return ask + (hops === 3 ? roundTrip / 2 : 0) + (invalidated > 0 ? roundTrip : 0);
}

/** Returns a source of lognormal factors with mean 1, or of ones where there is no seed. */
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
