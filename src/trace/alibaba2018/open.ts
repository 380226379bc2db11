/**
 * Alibaba's cluster-trace-v2018 (schema.txt and trace_2018.md of github.com/alibaba/clusterdata; 4,000 machines, 8 days, online services in
 * containers beside batch jobs).
 */
import { InputError } from "../../errors.js";
import type { Row } from "../csv.js";
import { add, type Counts } from "../google2011/counts.js";
import { buildMachines } from "../google2011/machines.js";
import type { MachineRows } from "../google2011/rows.js";
import { createRunsBuilder, type RunRows } from "../google2011/runs.js";
import { createTaskKeys } from "../task-keys.js";
import { buildObserved, createWindowsBuilder } from "../observed.js";
import type { OpenOptions } from "../options.js";
import { MACHINE_EVENT, type Workload } from "../workload.js";
import { addBatch } from "./batch.js";
import { addContainers } from "./containers.js";
import { findAlibabaTables, numberIn, readTable, type Reading, type Tables } from "./tables.js";

const STEP = 300e6;
/** Cores of a machine where machine_meta does not say: those of nearly all machines of the trace. */
const USUAL_CORES = 96;

/**
 * Opens a folder that holds tables of the trace, unpacked from their tar files (`batch_instance.csv`, or several files whose names
 * begin so, `.gz` too): batch_instance or container_meta at least; batch_task, container_usage and machine_meta where they are there.
 *
 * A row of batch_instance is a best-effort run; runs of one batch task have indices that follow each other within the job, and the order that
 * task names tell is kept in `dependencies`. A container is a latency-critical run on each machine where it is (job 10^15 + its
 * application's number, index its own number). The reference machine has the most cores of machine_meta (96 without it) and memory 100.
 *
 * What the trace lacks: when an instance was submitted (its start is taken), how its use changes (the mean over its life throughout: one that
 * lives longer than 10 minutes is not `measured`), classes and priorities (see above), and the end of containers (they live on).
 * Everything is held in memory: of the 1.3 billion instances of the whole table, take a slice.
 * @throws InputError naming file, line and column for a row that makes no sense.
 */
export async function openAlibaba2018(folder: string, options: OpenOptions = {}): Promise<Workload> {
  const tables = await findAlibabaTables(folder);
  if (tables.batch_instance.length === 0 && tables.container_meta.length === 0) {
    throw new InputError(
      `neither batch_instance nor container_meta in ${folder}; the other tables say nothing about what ran where`,
    );
  }
  const counts: Counts = {};
  const { onError = "fail", onProgress } = options;
  const reading: Reading = { onError, onProgress, counts, inputs: [] };
  const { rows, cores } = await readMachines(tables, reading);
  const runs = createRunsBuilder();
  const tasks = createTaskKeys();
  const windows = createWindowsBuilder();
  const target = { runs, tasks, windows, cores };
  const lastContainer = await addContainers(tables, target, reading);
  const dependencies = await addBatch(tables, target, reading);
  const runRows = runs.finish();
  const first = runRows.start.reduce((least, time) => Math.min(least, time), Infinity);
  const origin = Number.isFinite(first) ? Math.floor(first / STEP) * STEP : 0;
  return buildObserved(
    {
      source: "alibaba2018",
      origin,
      last: lastTime(runRows, lastContainer * 1e6),
      tasks: tasks.finish(),
      runs: runRows,
      windows: windows.finish(),
      machines: buildMachines(withNamed(rows, runRows, counts), [], origin, counts),
      areGenerated: false,
      dependencies,
      inputs: reading.inputs,
      counts,
    },
    options,
  );
}

function lastTime({ end }: RunRows, lastContainer: number): number {
  return end.reduce((most, time) => (Number.isFinite(time) ? Math.max(most, time) : most), lastContainer);
}

/** Machines that are there all the time: the first rows of machine_meta are at time 0, and its later ones do not say what changes. */
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

/** Machines of machine_meta and, of the reference machine's size, those that only runs name: all up from the beginning. */
function withNamed(
  sizes: Map<bigint, { readonly cpu: number; readonly memory: number }>,
  { machine }: RunRows,
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
