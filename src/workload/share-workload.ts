/** Puts workloads into memory that all threads of the process can read. */
import type { Column } from "../base/columns/column.js";
import { sharedColumn, type ColumnKind } from "../base/columns/shared-column.js";
import { mapColumns } from "../base/columns/columns.js";
import type { Workload } from "./workload.js";

type WorkloadColumn = Column | Float32Array;

/** Returns the workload with its columns in shared memory; columns that are already there are not copied. */
export function shareWorkload(workload: Workload): Workload {
  return shareWorkloads([workload])[0];
}

/** Like `shareWorkload`; a column that several of the workloads share is copied only once. */
export function shareWorkloads(workloads: readonly Workload[]): Workload[] {
  const copies = new Map<WorkloadColumn, WorkloadColumn>();
  const share = (column: WorkloadColumn): WorkloadColumn => {
    if (column.buffer instanceof SharedArrayBuffer) return column;
    const copy = copies.get(column) ?? copyShared(column);
    copies.set(column, copy);
    return copy;
  };
  return workloads.map((workload) => ({
    ...workload,
    machines: mapColumns(workload.machines, share),
    machineEvents: mapColumns(workload.machineEvents, share),
    executions: mapColumns(workload.executions, share),
    usage: mapColumns(workload.usage, share),
    ...(workload.dependencies && { dependencies: mapColumns(workload.dependencies, share) }),
  }));
}

function copyShared(column: WorkloadColumn): WorkloadColumn {
  const copy = sharedColumn(column.constructor as ColumnKind<WorkloadColumn>, column.length);
  copy.set(column as never);
  return copy;
}
