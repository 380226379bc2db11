/** How long messages between the nodes of a GiantVM take: measured, over three transports. */
import { from, type ColumnTable } from "arquero";
import { InputError } from "../../../base/errors.js";

export const TRANSPORTS = ["rdma", "ipoib", "tcp"] as const;
/** RDMA and IPoIB over 56 Gbit/s InfiniBand (ConnectX-3), TCP over Gigabit Ethernet. */
export type Transport = (typeof TRANSPORTS)[number];

/** Sizes of the requests that were measured, in bytes. */
export const REQUEST_BYTES: readonly number[] = Array.from({ length: 15 }, (_, i) => 64 * 2 ** i);

export interface TransportMeasurements {
  /** Mean microseconds of a request, by size as in REQUEST_BYTES. */
  readonly micros: readonly number[];
  /** Largest bandwidth that was seen, in MiB/s. */
  readonly mibPerSecond: number;
  /** Write to a page that another node owns: 90th percentile in microseconds, and that over the median. */
  readonly writeP90: number;
  readonly writeSpread: number;
}

/**
 * Sources: the requests, the authors' plotting data, github.com/snake0/paper-scripts, line-chart-latency.py
 * at 5c45595; bandwidth and writes, Jia et al., TACO 19(2), 2022, doi 10.1145/3505251, section on the DSM's
 * cost. TCP takes longer for 4 KiB than for 8 KiB: so it was measured.
 */
export const MEASURED_TRANSPORTS: Readonly<Record<Transport, TransportMeasurements>> = {
  rdma: {
    micros: [3.92, 4.11, 4.14, 4.18, 4.6, 5.41, 7.79, 9.4, 11.7, 18.4, 28.3, 48.8, 101, 178, 354],
    mibPerSecond: 2840.3,
    writeP90: 10,
    writeSpread: 1.25,
  },
  ipoib: {
    micros: [10.9, 11.3, 11.3, 11.4, 11.7, 15.7, 16.7, 18.9, 24.6, 80.9, 81.2, 269, 599, 1210, 6026],
    mibPerSecond: 770,
    writeP90: 18.3,
    writeSpread: 1.48,
  },
  tcp: {
    micros: [44.4, 46.5, 49.1, 56.9, 64.7, 83.5, 102.5, 53.6, 63.6, 131, 271, 549, 1106, 2220, 4449],
    mibPerSecond: 245.7,
    writeP90: 235.6,
    writeSpread: 1.8,
  },
};

/**
 * Returns the table of the measured requests: `transport`, `bytes`, and the mean `micros` (μs) that one
 * takes.
 */
export function transportLatencies(): ColumnTable {
  const rows = TRANSPORTS.flatMap((transport) =>
    REQUEST_BYTES.map((bytes, i) => ({ transport, bytes, micros: MEASURED_TRANSPORTS[transport].micros[i] })),
  );
  return from(rows);
}

/** What the model takes from the measurements of a transport; times in seconds, means. */
export interface TransportCosts {
  /** A small message and its answer. */
  readonly roundTrip: number;
  /** Fetching a page to read it, where two messages do. */
  readonly read: number;
  /** Fetching a page that another node owns, to write it, where two messages do. */
  readonly write: number;
  /** Bytes a second that a node can send. */
  readonly bandwidth: number;
  /** Standard deviation of the logarithm of a latency. */
  readonly sigma: number;
}

/** The 90th percentile of the standard normal distribution. */
const Z90 = 1.2815515655446004;

/**
 * Returns the costs that the model uses: the round trip is the measured request of 64 bytes, a read the one
 * of 4 KiB, a write the mean of a lognormal distribution with the measured median and 90th percentile. Reads
 * and writes are two measurements of their own, each taken for its operation: over TCP one is 42 % above the
 * other. Throws InputError for an unknown transport.
 */
export function transportCosts(transport: Transport): TransportCosts {
  if (!TRANSPORTS.includes(transport)) {
    throw new InputError(`unknown transport: ${transport}; known: ${TRANSPORTS.join(", ")}`);
  }
  const { micros, mibPerSecond, writeP90, writeSpread } = MEASURED_TRANSPORTS[transport];
  const sigma = Math.log(writeSpread) / Z90;
  return {
    roundTrip: micros[0] * 1e-6,
    read: micros[REQUEST_BYTES.indexOf(4096)] * 1e-6,
    write: (writeP90 / writeSpread) * Math.exp(sigma ** 2 / 2) * 1e-6,
    bandwidth: mibPerSecond * 2 ** 20,
    sigma,
  };
}
