/** Hosts for traces that do not say on which machines their work ran. */
import { InputError } from "../../base/errors.js";
import type { Machines } from "./machines.js";
import type { ExecutionRows } from "./executions.js";
import type { OpenOptions } from "../open-options.js";

/** Our assumption: a cluster of such a trace has a quarter more than its tasks ask for at the peak. */
const HEADROOM = 1.25;

/**
 * Returns how many hosts to generate: `machines` where it is a number, else `usual`.
 * @throws InputError for a number that is not a whole one from 1, and for a shape: these machines have but
 * one.
 */
export function hostCount(
  { machines = "all", shape = "auto" }: Pick<OpenOptions, "machines" | "shape">,
  format: string,
  usual: number,
): number {
  if (typeof shape === "object") {
    throw new InputError(
      `invalid shape for ${format}: ${shape.cpu}/${shape.memory}; its hosts are generated, leave it out`,
    );
  }
  const hosts = machines === "all" ? usual : machines;
  if (!Number.isInteger(hosts) || hosts < 1) {
    throw new InputError(`invalid machines: ${hosts}; give a whole number of 1 or more`);
  }
  return hosts;
}

/** Returns hosts of the reference machine's size, in the cluster all the time, with ids from 1. */
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
 * Returns how many reference machines hold what executions ask for at the same time at most, with a quarter
 * to spare; at least 1.
 */
export function hostsNeeded(executions: ExecutionRows): number {
  const most = Math.max(peak(executions, executions.cpu), peak(executions, executions.memory));
  // The sum's rounding must not decide over a whole host.
  return Math.max(1, Math.ceil(HEADROOM * most - 1e-9));
}

/** The largest sum of a column over the executions under way at one time. */
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
