/** The parameters of the testbed model. */
import type { Parameter, Values } from "../../../base/parameters.js";

/**
 * The origin of a value: the testbed's hardware, a measurement, the calibration to one published metric, or
 * our assumption.
 */
export type Origin = "hardware" | "measured" | "calibrated" | "assumed";

interface TestbedParameter extends Parameter {
  readonly origin: Origin;
}

const MIB = 2 ** 20;

/** The parameters with their defaults; the calibrated defaults are the rounded results of `calibrate`. */
export const TESTBED = {
  hosts: {
    default: 4,
    unit: "hosts",
    origin: "hardware",
    description: "each host is one NUMA node of the GiantVM; the LC service is on host 0",
    min: 2,
    max: 64,
    integer: true,
  },
  cpus: {
    default: 8,
    unit: "pCPUs a host",
    origin: "hardware",
    description: "each host has as many vCPUs, each pinned to its pCPU; one LC worker on each pCPU of host 0",
    min: 1,
    max: 256,
    integer: true,
  },
  duration: {
    default: 600,
    unit: "s",
    origin: "assumed",
    description: "length of a run",
    min: 1,
    max: 86_400,
  },
  tick: {
    default: 0.1,
    unit: "s",
    origin: "assumed",
    description: "period in which CPU shares are recomputed",
    min: 0.001,
    max: 10,
  },
  interval: {
    default: 10,
    unit: "s",
    origin: "measured",
    description: "between two decisions (GiantVM, TACO 19(2), 2022, 4.2.3)",
    min: 0.1,
    max: 86_400,
  },
  service: {
    default: 15.02,
    unit: "us of CPU a request",
    origin: "calibrated",
    description: "mean, exponential; from the requests a second without BE, all workers busy",
    min: 0.001,
    max: 1e6,
  },
  clients: {
    default: 1052,
    unit: "connections",
    origin: "calibrated",
    description: "mean; from requests times mean latency without BE (Little's law)",
    min: 0,
    max: 1e6,
  },
  clientsSpread: {
    default: 0.07,
    unit: "of clients",
    origin: "calibrated",
    description: "standard deviation of the Gaussian load; from the P99 without BE",
    min: 0,
    max: 10,
  },
  loadPeriod: {
    default: 5,
    unit: "s",
    origin: "assumed",
    description: "period in which the Gaussian load is drawn again",
    min: 0.1,
    max: 86_400,
  },
  think: {
    default: 0,
    unit: "us",
    origin: "assumed",
    description:
      "mean, exponential, between an answer and the client's next request; " +
      "0, because requests times latency already account for all clients",
    min: 0,
    max: 1e6,
  },
  dilation: {
    default: 100,
    unit: "requests",
    origin: "assumed",
    description:
      "number of real requests per simulated request: the queue runs slower by this factor, latencies are " +
      "divided by it",
    min: 1,
    max: 1e6,
  },
  background: {
    default: 0.0748,
    unit: "of a pCPU",
    origin: "calibrated",
    description: "mean load of other work on hosts 1 to 3; from the CPU utilization without BE",
    min: 0,
    max: 0.95,
  },
  burst: {
    default: 5,
    unit: "s",
    origin: "assumed",
    description:
      "mean length of a burst of other work, which has one runnable thread on every pCPU of its host",
    min: 0.1,
    max: 86_400,
  },
  processes: {
    default: 1,
    unit: "processes",
    origin: "assumed",
    description: "number of BE processes; each is moved as a whole",
    min: 1,
    max: 1000,
    integer: true,
  },
  threads: {
    default: 3,
    unit: "threads a process",
    origin: "calibrated",
    description: "CPU-bound; from the CPU utilization of naive",
    min: 1,
    max: 1000,
    integer: true,
  },
  wander: {
    default: 5,
    unit: "s",
    origin: "assumed",
    description: "period in which the guest's CFS moves each BE thread to another vCPU of its node",
    min: 0.1,
    max: 86_400,
  },
  spreadStall: {
    default: 0.04,
    unit: "of a thread's time",
    origin: "measured",
    description:
      "wait of a thread for the DSM while its process runs on several nodes (Pi, CPU-bound: DSM share " +
      "4.0 %)",
    min: 0,
    max: 0.99,
  },
  workingSet: {
    default: 74.2e6 / MIB,
    unit: "MiB a process",
    origin: "measured",
    description: "data that a move of a process transfers (OpenSSL: 74.2 MB per migration)",
    min: 0,
    max: 1e6,
  },
  bandwidth: {
    default: 501,
    unit: "MiB/s",
    origin: "measured",
    description: "rate of the DSM, a 4 KiB page at a time (RDMA; IPoIB 234, TCP 38.1)",
    min: 0.001,
    max: 1e6,
  },
  fetchStall: {
    default: 0.5,
    unit: "of a thread's time",
    origin: "measured",
    description:
      "wait of a thread for pages while its working set is transferred (throughput halves for 1 to 2 s)",
    min: 0.01,
    max: 0.99,
  },
  hintedPages: {
    default: 5000,
    unit: "pages/s a process",
    origin: "measured",
    description: "pages that Linux NUMA balancing moves for a process on several nodes (GiantVM, NPB CG)",
    min: 0,
    max: 1e9,
  },
  probe: {
    default: 0.1,
    unit: "s an interval",
    origin: "assumed",
    description: "time for which las-robust keeps one vCPU of each node without BE work busy",
    min: 0,
    max: 86_400,
  },
} as const satisfies Readonly<Record<string, TestbedParameter>>;

export type TestbedParameters = Values<typeof TESTBED>;
