import { describeArrivals, describeDurations } from "./flow.js";
import { machineLoad } from "./load.js";
import type { DescribeRow } from "./row.js";
import { describeMachines, describeStart } from "./start.js";
import { describeBalance, describeUse } from "./use.js";
import type { Workload } from "../workload.js";

export type { DescribeRow } from "./row.js";

/**
 * Returns a workload's statistics, one per row: machines, tasks at the beginning, arrivals, durations and
 * ends of executions, use of CPU and memory, and how evenly the trace's own placement loads the machines that
 * are up when the trace begins. CPU and memory are in reference machines or shares of capacity, times in
 * seconds. For a trace of Google, a row also has the published value for the 2011 trace, null where none is
 * known.
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
  // Google's values would mislead beside the trace of another company.
  return GOOGLES.has(workload.source) ? rows : rows.map((row) => ({ ...row, published: null, source: null }));
}

/**
 * Sources whose statistics may be compared with Google's cell: Google's traces, and generated ones, which
 * imitate them.
 */
const GOOGLES: ReadonlySet<string> = new Set(["google2011", "google2019", "synthetic"]);
