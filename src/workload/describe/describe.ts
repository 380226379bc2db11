import { describeArrivals, describeDurations } from "./flow.js";
import { machineLoad } from "./load.js";
import type { DescribeRow } from "./row.js";
import { describeMachines, describeStart } from "./start.js";
import { describeBalance, describeUse } from "./use.js";
import type { Workload } from "../workload.js";

export type { DescribeRow } from "./row.js";

/**
 * Returns a workload's statistics, one row each, of a trace of Google's beside those published for that of
 * 2011: machines, tasks at the beginning, arrivals, durations and ends of executions, use of CPU and memory,
 * and how evenly the trace's own placement loads the machines that are up when it begins. CPU and memory are
 * in reference machines or shares of capacity, times in seconds. A published value is null where none is
 * known or where it means something else for this trace.
 */
export function describeWorkload(workload: Workload): DescribeRow[] {
  const load = machineLoad(workload);
  const rows = [
    ...describeMachines(workload),
    ...describeStart(workload),
    ...describeArrivals(workload),
    ...describeDurations(workload),
    ...describeUse(workload, load),
    ...describeBalance(workload, load),
  ];
  // Beside the trace of another company, Google's figures would only mislead.
  return GOOGLES.has(workload.source) ? rows : rows.map((row) => ({ ...row, published: null, source: null }));
}

/**
 * Sources whose statistics may be held against those of Google's cell: its own traces, and what is generated
 * after them.
 */
const GOOGLES: ReadonlySet<string> = new Set(["google2011", "google2019", "synthetic"]);
