/** Measured times of messages between the nodes of a GiantVM, over three transports. */
import { from, type ColumnTable } from "arquero";
import { InputError } from "../../../base/errors.js";

export const TRANSPORTS = ["rdma", "ipoib", "tcp"] as const;
/** RDMA and IPoIB over 56 Gbit/s InfiniBand (ConnectX-3), TCP over Gigabit Ethernet. */
export type Transport = (typeof TRANSPORTS)[number];

/** Sizes of the measured requests, in bytes. */
export const REQUEST_BYTES: readonly number[] = Array.from({ length: 15 }, (_, i) => 64 * 2 ** i);

export interface TransportMeasurements {
  /** Mean microseconds of a request, by size as in REQUEST_BYTES. */
  readonly micros: readonly number[];
  /** Largest measured bandwidth, in MiB/s. */
  readonly mibPerSecond: number;
  /** Write to a page that another node owns: 90th percentile in microseconds, and its ratio to the median. */
  readonly writeP90: number;
  readonly writeSpread: number;
}

/**
 * Sources of the requests: the authors' plotting data, github.com/snake0/paper-scripts, line-chart-latency.py
 * at 5c45595; of bandwidth and writes: Jia et al., TACO 19(2), 2022, doi 10.1145/3505251, section on the
 * DSM's cost. TCP takes longer for 4 KiB than for 8 KiB in the measured data, too.
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

/** Returns the table of the measured requests: `transport`, `bytes`, and the mean latency `micros` (μs). */
export function transportLatencies(): ColumnTable {
  const rows = TRANSPORTS.flatMap((transport) =>
    REQUEST_BYTES.map((bytes, i) => ({ transport, bytes, micros: MEASURED_TRANSPORTS[transport].micros[i] })),
  );
  return from(rows);
}

/** The model's parameters from the measurements of a transport; times are means in seconds. */
export interface TransportCosts {
  /** A small message and its answer. */
  readonly roundTrip: number;
  /** Fetching a page for reading with two messages. */
  readonly read: number;
  /** Fetching a page that another node owns, for writing, with two messages. */
  readonly write: number;
  /** Bytes per second that a node can send. */
  readonly bandwidth: number;
  /** Standard deviation of the logarithm of a latency. */
  readonly sigma: number;
}

/** The 90th percentile of the standard normal distribution. */
const Z90 = 1.2815515655446004;

/**
 * Returns the costs that the model uses. The round trip is the measured request of 64 bytes, a read is the
 * request of 4 KiB, and a write is the mean of a lognormal distribution with the measured median and 90th
 * percentile. Reads and writes come from separate measurements; over TCP they differ by 42 %. Throws
 * InputError for an unknown transport.
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
