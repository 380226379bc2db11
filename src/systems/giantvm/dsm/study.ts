/** Makes the tables of the notebook on distributed shared memory. */
import { from, type ColumnTable } from "arquero";
import { KERNELS, webServer, type KernelOptions } from "./kernel.js";
import { sharingPattern, SHARING_PATTERNS, type PatternOptions } from "./patterns.js";
import { HIT_SECONDS, runDsm, type DsmRun } from "./run.js";
import { MEASURED_TRANSPORTS, transportCosts, TRANSPORTS, type Transport } from "./transports.js";

/**
 * Returns a table of each sharing pattern over each transport: `pattern`, `transport`, `messages`, `slowdown`
 * (mean time of an access over that of one to the node's own memory), `faultShare` (faults per access) and
 * `bytesPerAccess` (on the network).
 */
export function comparePatterns(options: PatternOptions = {}): ColumnTable {
  const rows = SHARING_PATTERNS.flatMap((pattern) => {
    const streams = sharingPattern(pattern, options);
    return TRANSPORTS.map((transport) => {
      const run = runDsm(streams, { transport });
      return { pattern, transport, messages: run.messages, ...perAccess(run) };
    });
  });
  return from(rows);
}

function perAccess(run: DsmRun): Record<"slowdown" | "faultShare" | "bytesPerAccess", number> {
  const { accesses, finished, readFaults, writeFaults, upgrades, bytes } = run;
  const busy = finished.reduce((sum, time) => sum + time, 0);
  return {
    slowdown: busy / accesses / HIT_SECONDS,
    faultShare: (readFaults + writeFaults + upgrades) / accesses,
    bytesPerAccess: bytes / accesses,
  };
}

/**
 * Returns a table of the slowdown of accesses to pages that all nodes use, by the share of writes:
 * `transport`, `writeShare`, `slowdown`.
 */
export function thrashing(writeShares: readonly number[], options: PatternOptions = {}): ColumnTable {
  const rows = TRANSPORTS.flatMap((transport) =>
    writeShares.map((writeShare) => {
      const run = runDsm(sharingPattern("thrashing", { ...options, writeShare }), { transport });
      return { transport, writeShare, slowdown: perAccess(run).slowdown };
    }),
  );
  return from(rows);
}

/**
 * Returns a table of a web server on both kernels for every value of `sharing` and number of nodes: `kernel`,
 * `transport`, `nodes`, `sharing`, `throughput` (requests per second of all nodes together), `faults` (per
 * request) and `gap` (the multikernel's throughput over this kernel's).
 */
export function compareKernels(
  {
    sharing,
    nodes,
    transport,
  }: { sharing: readonly number[]; nodes: readonly number[]; transport: Transport },
  options: Omit<KernelOptions, "sharing" | "nodes"> = {},
): ColumnTable {
  const all = nodes.flatMap((count) =>
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
      return rows.map((row) => ({ ...row, gap: best / row.throughput }));
    }),
  );
  return from(all);
}

/**
 * Returns a table of the latencies of the model beside the measured ones, in microseconds (`transport`,
 * `quantity`, `measured`, `modelled`): one node fetches pages of another, `faults` times for reading and for
 * writing. The model takes its means and its spread from these measurements, so agreement only shows that the
 * protocol code does not distort them; it is not a prediction.
 */
export function checkLatencies({ faults = 20_000, seed = 1 } = {}): ColumnTable {
  const rows = TRANSPORTS.flatMap((transport) => {
    // Even pages are managed by node 0, so node 1's first access to each is a fault with two messages.
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
  return from(rows);
}
