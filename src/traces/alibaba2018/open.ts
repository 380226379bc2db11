/**
 * Alibaba's cluster-trace-v2018 (schema.txt and trace_2018.md of github.com/alibaba/clusterdata; 4,000
 * machines, 8 days, online services in containers together with batch jobs).
 */
import { InputError } from "../../base/errors.js";
import type { Row } from "../text/row.js";
import { add, type Counts } from "../../workload/build/counts.js";
import { buildMachines, type MachineRows } from "../../workload/build/machines.js";
import { createExecutionsBuilder, type ExecutionRows } from "../../workload/build/executions.js";
import { createTaskKeys } from "../../workload/build/task-keys.js";
import { beginWithFirst, buildObserved } from "../../workload/build/observed.js";
import { createWindowsBuilder } from "../../workload/build/usage-rows.js";
import type { OpenOptions } from "../../workload/open-options.js";
import { MACHINE_EVENT, type Workload } from "../../workload/workload.js";
import { addBackground, lastReading, readMachineUsage } from "./background.js";
import { addBatch } from "./batch.js";
import { addContainers } from "./containers.js";
import { findAlibabaTables, numberIn, readTable, SERVICE, type Reading, type Tables } from "./tables.js";

/** Cores of a machine if machine_meta has no value: nearly all machines of the trace have this number. */
const USUAL_CORES = 96;

/**
 * Opens a folder that holds tables of the trace, unpacked from their tar files (`batch_task.csv`, or several
 * files whose names begin with `batch_task`). The folder must hold at least one of batch_task,
 * batch_instance, container_meta and machine_usage; container_usage and machine_meta are optional.
 *
 * A row of batch_instance is a best-effort execution. Without that table, each row of batch_task becomes
 * `instance_num` executions (see `addBatch`). The executions of one batch task have consecutive indices
 * within the job, and the order of tasks that their names give is kept in `dependencies`. A container is a
 * latency-critical execution on each of its machines (job: 10^15 + the application's number; index: the
 * container's number); containers of the trace's first moment existed before the trace. The part of
 * machine_usage that the other tables do not explain becomes one latency-critical execution per machine (see
 * `addBackground`). The reference machine has the largest number of cores in machine_meta (96 without the
 * table) and memory 100.
 *
 * The trace lacks: when an instance was submitted (we take its start), how its use changes (we take the mean
 * over its whole life; an instance that lives longer than 10 minutes is not `measured`), classes and
 * priorities (see above), and the end of containers (we take the end of the trace). Everything is held in
 * memory: the whole table has 1.3 billion instances, so take a slice of it.
 * @throws InputError with file, line and column for an invalid row, and an InputError if no machine is named.
 */
export async function openAlibaba2018(path: string, options: OpenOptions = {}): Promise<Workload> {
  const tables = await findAlibabaTables(path);
  if (TELLING.every((table) => tables[table].length === 0)) {
    throw new InputError(
      `none of ${TELLING.join(", ")} in ${path}; the other tables do not say what was executed`,
    );
  }
  const counts: Counts = {};
  const { onError = "fail", onProgress } = options;
  const reading: Reading = { onError, onProgress, counts, inputs: [] };
  const { rows, cores } = await readMachines(tables, reading);
  const executions = createExecutionsBuilder();
  const tasks = createTaskKeys();
  const windows = createWindowsBuilder();
  const assumed = new Set<number>();
  const target = { executions, tasks, windows, assumed, cores };
  const lastContainer = await addContainers(tables, target, reading);
  const dependencies = await addBatch(tables, target, reading);
  const loads = await readMachineUsage(tables, reading);
  if (loads.size > 0) addBackground(loads, rows, windows.finish(), target);
  const executionRows = executions.finish();
  const last = lastTime(executionRows, Math.max(lastContainer, lastReading(loads)) * 1e6);
  // Batch tasks begin at their own times; containers and loads of the first moment existed before the trace.
  const isService = (row: number): boolean => executionRows.priority[row] === SERVICE.priority;
  const beginning = beginWithFirst(executionRows, 1, isService);
  return buildObserved(
    {
      source: "alibaba2018",
      ...beginning,
      last,
      tasks: tasks.finish(),
      windows: windows.finish(),
      assumed,
      machines: buildMachines(withNamed(rows, executionRows, counts), [], beginning.origin, counts),
      machineTable: "machine_meta.csv",
      areGenerated: false,
      dependencies,
      inputs: reading.inputs,
      counts,
    },
    options,
  );
}

/** Tables that describe work. */
const TELLING = ["batch_instance", "batch_task", "container_meta", "machine_usage"] as const;

/**
 * Returns the latest time of any execution, in microseconds; executions alive at the end have no end time.
 */
function lastTime({ start, end }: ExecutionRows, lastOther: number): number {
  let last = lastOther;
  for (const column of [start, end])
    for (const time of column) if (Number.isFinite(time) && time > last) last = time;
  return last;
}

/**
 * Returns the machines, each there for the whole trace: the first rows of machine_meta have time 0, and its
 * later rows do not say what changes.
 */
async function readMachines(
  { machine_meta }: Tables,
  reading: Reading,
): Promise<{ rows: Map<bigint, { cpu: number; memory: number }>; cores: number }> {
  const sizes = new Map<bigint, { cpu: number; memory: number }>();
  const visit = (row: Row): void => {
    const id = numberIn(row, 0);
    const [cpu, memory] = [row.numbers[4], row.numbers[5]];
    if (cpu <= 0) row.reject(4, "is not above 0");
    if (memory <= 0) row.reject(5, "is not above 0");
    const known = sizes.get(id) ?? { cpu: NaN, memory: NaN };
    sizes.set(id, {
      cpu: known.cpu >= cpu || Number.isNaN(cpu) ? known.cpu : cpu,
      memory: known.memory >= memory || Number.isNaN(memory) ? known.memory : memory,
    });
  };
  await readTable("machine_meta", machine_meta, visit, reading);
  const cores = [...sizes.values()].reduce((most, { cpu }) => (cpu > most ? cpu : most), 0) || USUAL_CORES;
  const rows = new Map(
    [...sizes].map(([id, { cpu, memory }]) => [
      id,
      { cpu: (Number.isNaN(cpu) ? cores : cpu) / cores, memory: (Number.isNaN(memory) ? 100 : memory) / 100 },
    ]),
  );
  return { rows, cores };
}

/**
 * Returns the machines of machine_meta, and the machines that only executions name; these get the size of the
 * reference machine. All are up from the beginning.
 */
function withNamed(
  sizes: Map<bigint, { readonly cpu: number; readonly memory: number }>,
  { machine }: ExecutionRows,
  counts: Counts,
): MachineRows {
  add(counts, "machines.assumedSize", 0);
  for (const id of machine) {
    if (id < 0n || sizes.has(id)) continue;
    sizes.set(id, { cpu: 1, memory: 1 });
    add(counts, "machines.assumedSize");
  }
  const all = [...sizes];
  return {
    id: BigInt64Array.from(all, ([id]) => id),
    time: new Float64Array(all.length),
    kind: new Uint8Array(all.length).fill(MACHINE_EVENT.add),
    cpu: Float64Array.from(all, ([, { cpu }]) => cpu),
    memory: Float64Array.from(all, ([, { memory }]) => memory),
  };
}
