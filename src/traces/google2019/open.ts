/** Google's cluster-usage traces v3 of May 2019 (ClusterData2019.md): one cell, as exported from BigQuery. */
import { InputError } from "../../base/errors.js";
import { add, type Counts } from "../../workload/build/counts.js";
import { NO_CLASS } from "../borg/event-types.js";
import { inferExecutions } from "../borg/infer.js";
import { buildExecutions } from "../borg/lifecycle.js";
import { buildMachines } from "../../workload/build/machines.js";
import { joinExecutions, type ExecutionRows } from "../../workload/build/executions.js";
import { createTaskKeys } from "../../workload/build/task-keys.js";
import { groupRows } from "../../workload/build/tasks.js";
import { orderUsage } from "../../workload/build/usage-windows.js";
import { buildObserved } from "../../workload/build/observed.js";
import type { OpenOptions } from "../../workload/open-options.js";
import { STEP_MICROSECONDS, type Workload } from "../../workload/workload.js";
import {
  findGoogle2019Tables,
  readInstanceEvents,
  readInstanceUsage,
  readMachineEvents,
  type Reading,
} from "./tables.js";

/** As in 2011, the trace begins at this time stamp, not at 0. */
const TRACE_ORIGIN = 600e6;

/**
 * Opens a folder with exports of one cell's tables, at any depth. It needs instance_events or instance_usage,
 * and uses machine_events if it exists. The formats are JSON lines, CSV with a header line (both may be
 * `.gz`) and Parquet (uncompressed, snappy or gzip). 64-bit integers may be text. Rows and files may be in
 * any order. Events get the types of the 2011 trace and follow its life cycle; `openGoogle2011` says what
 * happens if machines, events, requests or usage are missing.
 *
 * A Workload does not keep: alloc sets (left out, but the jobs inside them are kept), queueing in the batch
 * scheduler (QUEUE, ENABLE: counted), vertical scaling, constraints, collection_events (dependencies between
 * jobs), the distribution of CPU within a window, and priorities finer than `toTracePriority`. The report
 * counts what was left out.
 * @throws InputError with file, line (row in Parquet) and column for an invalid row.
 */
export async function openGoogle2019(folder: string, options: OpenOptions = {}): Promise<Workload> {
  const { onError = "fail", onProgress } = options;
  const files = await findGoogle2019Tables(folder);
  if (files.instance_events.length === 0 && files.instance_usage.length === 0) {
    throw new InputError(
      `neither instance_events nor instance_usage in ${folder}; machine_events alone does not say what was ` +
        "executed",
    );
  }
  const counts: Counts = {};
  const reading: Reading = { onError, onProgress, counts, inputs: [] };
  const tasks = createTaskKeys();
  const machineRows = await readMachineEvents(files.machine_events, reading);
  const events = await readInstanceEvents(files.instance_events, tasks, reading);
  const windows = await readInstanceUsage(files.instance_usage, tasks, reading);
  const last = [events.time, windows.end].flatMap((times) => times.reduce((a, b) => Math.max(a, b), 0));
  const end = Math.max(...last);
  const { executions: known, unstarted } = buildExecutions(events, tasks.count(), [], counts);
  const hasExecutions = new Uint8Array(tasks.count());
  for (const task of known.task) hasExecutions[task] = 1;
  // Duplicates are counted later, when the usage is sampled.
  const groups = orderUsage(windows, groupRows(windows.task, tasks.count()), {});
  const inferred = inferExecutions(windows, groups, {
    hasExecutions: (task) => hasExecutions[task] === 1,
    facts: unstarted,
    last: end,
    counts,
  });
  const executions = withClasses(joinExecutions(known, inferred), counts);
  const origin = originOf(events.time, windows.start);
  const named = [...executions.machine].filter((machine) => machine >= 0n);
  return buildObserved(
    {
      source: "google2019",
      origin,
      last: end,
      tasks: tasks.finish(),
      executions,
      windows,
      machines: buildMachines(machineRows, named, origin, counts),
      machineTable: "machine_events",
      areGenerated: false,
      inputs: reading.inputs,
      counts,
    },
    options,
  );
}

function withClasses(executions: ExecutionRows, counts: Counts): ExecutionRows {
  add(counts, "classes.assumedZero", executions.schedulingClass.filter((code) => code === NO_CLASS).length);
  return {
    ...executions,
    schedulingClass: executions.schedulingClass.map((code) => (code === NO_CLASS ? 0 : code)),
  };
}

/** Returns 600 s, or the beginning of the step in which a slice without a "before the trace" state begins. */
function originOf(eventTimes: Float64Array, windowStarts: Float64Array): number {
  const times = eventTimes.length > 0 ? eventTimes : windowStarts;
  const first = times.reduce((least, time) => Math.min(least, time), Infinity);
  if (first <= TRACE_ORIGIN || !Number.isFinite(first)) return TRACE_ORIGIN;
  return TRACE_ORIGIN + Math.floor((first - TRACE_ORIGIN) / STEP_MICROSECONDS) * STEP_MICROSECONDS;
}
