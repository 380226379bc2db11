/** Generates hosts for traces that do not name the machines of their executions. */
import { InputError } from "../../base/errors.js";
import type { Machines } from "./machines.js";
import type { ExecutionRows } from "./executions.js";
import type { OpenOptions } from "../open-options.js";

/** A larger number of generated hosts is a mistake in the trace or in the options. */
const MOST_HOSTS = 1_000_000;

/** Our assumption: the cluster of such a trace has a quarter more capacity than the peak of the requests. */
const HEADROOM = 1.25;

/**
 * Returns the number of hosts to generate: `machines` if it is a number, else `usual`.
 * @throws InputError for a number that is not a whole number of at least 1, and for a shape, because all
 * generated hosts have the same.
 */
export function hostCount(
  { machines = "all", shape = "auto" }: Pick<OpenOptions, "machines" | "shape">,
  format: string,
  usual: number,
): number {
  if (typeof shape === "object") {
    throw new InputError(
      `invalid shape for ${format}: ${shape.cpu}/${shape.memory}; leave it out, as the hosts are generated`,
    );
  }
  const hosts = machines === "all" ? usual : machines;
  if (hosts > MOST_HOSTS && machines === "all")
    throw new InputError(
      `the requests or the header of this ${format} trace need ${hosts} machines, more than a million: ` +
        "correct the largest of them, or give machines",
    );
  if (!Number.isInteger(hosts) || hosts < 1 || hosts > MOST_HOSTS) {
    throw new InputError(`invalid machines: ${hosts}; give a whole number from 1 to ${MOST_HOSTS}`);
  }
  return hosts;
}

/** Returns hosts of the size of the reference machine that are always up, with ids from 1. */
export function generateHosts(hosts: number): Machines {
  return {
    id: BigInt64Array.from({ length: hosts }, (_, row) => BigInt(row + 1)),
    cpu: new Float64Array(hosts).fill(1),
    memory: new Float64Array(hosts).fill(1),
    up: new Uint8Array(hosts).fill(1),
    events: {
      time: new Float64Array(0),
      machine: new Int32Array(0),
      kind: new Uint8Array(0),
      cpu: new Float64Array(0),
      memory: new Float64Array(0),
    },
  };
}

/**
 * Returns the number of reference machines that hold the peak of the executions' requests, with a quarter to
 * spare; at least 1.
 */
export function hostsNeeded(executions: ExecutionRows): number {
  const most = Math.max(peak(executions, executions.cpu), peak(executions, executions.memory));
  // A rounding error of the sum must not add a whole host.
  return Math.max(1, Math.ceil(HEADROOM * most - 1e-9));
}

/** Returns the largest sum of a column over the executions that are running at the same time. */
function peak({ start, end }: ExecutionRows, column: Float64Array): number {
  const rows = Int32Array.from(start, (_, row) => row);
  const byStart = rows.slice().sort((a, b) => start[a] - start[b] || column[a] - column[b]);
  const byEnd = rows.slice().sort((a, b) => (end[a] === end[b] ? column[a] - column[b] : end[a] - end[b]));
  let [sum, most, ended] = [0, 0, 0];
  for (const row of byStart) {
    while (end[byEnd[ended]] <= start[row]) sum -= column[byEnd[ended++]] || 0;
    sum += column[row] || 0;
    if (sum > most) most = sum;
  }
  return most;
}
