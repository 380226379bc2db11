/**
 * Alibaba's cluster-trace-v2018 (schema.txt and trace_2018.md of github.com/alibaba/clusterdata; 4,000
 * machines, 8 days, online services in containers beside batch jobs).
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

/** Cores of a machine where machine_meta does not say: those of nearly all machines of the trace. */
const USUAL_CORES = 96;

/**
 * Opens a folder that holds tables of the trace, unpacked from their tar files (`batch_task.csv`, or several
 * files whose names begin so): batch_task, batch_instance, container_meta or machine_usage at least;
 * container_usage and machine_meta where they are there.
 *
 * A row of batch_instance is a best-effort execution; without that table a row of batch_task is as many
 * executions as it has instances (see `addBatch`). Executions of one batch task have indices that follow each
 * other within the job, and the order that task names tell is kept in `dependencies`. A container is a
 * latency-critical execution on each machine where it is (job 10^15 + its application's number, index its own
 * number); those of the trace's first moment were there before. machine_usage becomes a latency-critical
 * execution a machine of what the other tables leave unexplained (see `addBackground`). The reference machine
 * has the most cores of machine_meta (96 without it) and memory 100.
 *
 * What the trace lacks: when an instance was submitted (its start is taken), how its use changes (the mean
 * over its life throughout: one that lives longer than 10 minutes is not `measured`), classes and priorities
 * (see above), and the end of containers (they live on). Everything is held in memory: of the 1.3 billion
 * instances of the whole table, take a slice.
 * @throws InputError naming file, line and column for a row that makes no sense, and where no machine is
 * named.
 */
export async function openAlibaba2018(path: string, options: OpenOptions = {}): Promise<Workload> {
  const tables = await findAlibabaTables(path);
  if (TELLING.every((table) => tables[table].length === 0)) {
    throw new InputError(
      `none of ${TELLING.join(", ")} in ${path}; the other tables say nothing about what ran`,
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
  // Batch tasks begin when they say; containers and loads of the trace's first moment were there before it.
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

/** Tables that tell of work. */
const TELLING = ["batch_instance", "batch_task", "container_meta", "machine_usage"] as const;

/** The latest time of any execution, in microseconds; those that are alive at the end have none. */
function lastTime({ start, end }: ExecutionRows, lastOther: number): number {
  let last = lastOther;
  for (const column of [start, end])
    for (const time of column) if (Number.isFinite(time) && time > last) last = time;
  return last;
}

/**
 * Machines that are there all the time: the first rows of machine_meta are at time 0, and its later ones do
 * not say what changes.
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
 * Machines of machine_meta and, of the reference machine's size, those that only executions name: all up from
 * the beginning.
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
