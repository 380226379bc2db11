/** The questions that the notebook on distributed shared memory asks, as rows. */
import { KERNELS, webServer, type Kernel, type KernelOptions } from "./kernel.js";
import { sharingPattern, SHARING_PATTERNS, type PatternOptions, type SharingPattern } from "./patterns.js";
import { HIT_SECONDS, runDsm, type DsmRun } from "./run.js";
import { MEASURED_TRANSPORTS, transportCosts, TRANSPORTS, type Transport } from "./transports.js";

export interface PatternRow {
  readonly pattern: SharingPattern;
  readonly transport: Transport;
  /** Mean time of an access, in seconds, over that of an access to the node's own memory. */
  readonly slowdown: number;
  /** Faults for each access. */
  readonly faultShare: number;
  /** On the network, for each access. */
  readonly bytesPerAccess: number;
  readonly messages: number;
}

/** Returns how each pattern of sharing fares over each transport. */
export function comparePatterns(options: PatternOptions = {}): PatternRow[] {
  return SHARING_PATTERNS.flatMap((pattern) => {
    const streams = sharingPattern(pattern, options);
    return TRANSPORTS.map((transport): PatternRow => {
      const run = runDsm(streams, { transport });
      return { pattern, transport, messages: run.messages, ...perAccess(run) };
    });
  });
}

function perAccess(run: DsmRun): Pick<PatternRow, "slowdown" | "faultShare" | "bytesPerAccess"> {
  const { accesses, finished, readFaults, writeFaults, upgrades, bytes } = run;
  const busy = finished.reduce((sum, time) => sum + time, 0);
  return {
    slowdown: busy / accesses / HIT_SECONDS,
    faultShare: (readFaults + writeFaults + upgrades) / accesses,
    bytesPerAccess: bytes / accesses,
  };
}

export interface ThrashingRow {
  readonly transport: Transport;
  readonly writeShare: number;
  readonly slowdown: number;
}

/** Returns how much slower accesses to pages that all nodes use become as more of them are writes. */
export function thrashing(writeShares: readonly number[], options: PatternOptions = {}): ThrashingRow[] {
  return TRANSPORTS.flatMap((transport) =>
    writeShares.map((writeShare) => {
      const run = runDsm(sharingPattern("thrashing", { ...options, writeShare }), { transport });
      return { transport, writeShare, slowdown: perAccess(run).slowdown };
    }),
  );
}

export interface KernelRow {
  readonly kernel: Kernel;
  readonly transport: Transport;
  readonly nodes: number;
  readonly sharing: number;
  /** Requests a second of all nodes together. */
  readonly throughput: number;
  /** Faults for each request. */
  readonly faults: number;
  /** The multikernel's throughput over this one's. */
  readonly gap: number;
}

/** Returns the throughput of a web server on both kernels for every value of `sharing` and number of nodes. */
export function compareKernels(
  {
    sharing,
    nodes,
    transport,
  }: { sharing: readonly number[]; nodes: readonly number[]; transport: Transport },
  options: Omit<KernelOptions, "sharing" | "nodes"> = {},
): KernelRow[] {
  return nodes.flatMap((count) =>
    sharing.flatMap((share) => {
      const rows = KERNELS.map((kernel) => {
        const { requests = 200, ...rest } = options;
        const streams = webServer(kernel, { ...rest, requests, sharing: share, nodes: count });
        const run = runDsm(streams, { transport, nodes: count });
        const served = requests * count;
        return {
          kernel,
          transport,
          nodes: count,
          sharing: share,
          throughput: served / run.seconds,
          faults: (run.readFaults + run.writeFaults + run.upgrades) / served,
        };
      });
      const best = rows[KERNELS.indexOf("multikernel")].throughput;
      return rows.map((row): KernelRow => ({ ...row, gap: best / row.throughput }));
    }),
  );
}

export interface LatencyRow {
  readonly transport: Transport;
  readonly quantity: "4 KiB fetch, mean" | "non-owner write, P50" | "non-owner write, P90";
  /** Microseconds. */
  readonly measured: number;
  readonly modelled: number;
}

/**
 * Returns the latencies of the model beside the measured ones: two nodes that fetch each other's pages, `faults` times
 * to read and to write. The model takes its means and its spread from these measurements, so that agreement says
 * that the protocol adds nothing to them and loses nothing; it predicts nothing.
 */
export function checkLatencies({ faults = 20_000, seed = 1 } = {}): LatencyRow[] {
  return TRANSPORTS.flatMap((transport): LatencyRow[] => {
    // Even pages are at home at node 0: node 1's first access to each is a fault that two messages serve.
    const page = Int32Array.from({ length: faults }, (_, i) => 2 * i);
    const from = (isWrite: number): DsmRun =>
      runDsm(
        [{ node: 1, page, write: new Uint8Array(faults).fill(isWrite), gap: new Float64Array(faults) }],
        {
          transport,
          seed,
        },
      );
    const reads = from(0).readLatencies;
    const writes = from(1).writeLatencies.sort();
    const { writeP90, writeSpread } = MEASURED_TRANSPORTS[transport];
    const at = (share: number): number => writes[Math.ceil(share * faults) - 1] * 1e6;
    const mean = (reads.reduce((sum, x) => sum + x, 0) / faults) * 1e6;
    return [
      {
        transport,
        quantity: "4 KiB fetch, mean",
        measured: transportCosts(transport).read * 1e6,
        modelled: mean,
      },
      {
        transport,
        quantity: "non-owner write, P50",
        measured: writeP90 / writeSpread,
        modelled: at(0.5),
      },
      { transport, quantity: "non-owner write, P90", measured: writeP90, modelled: at(0.9) },
    ];
  });
}
