import { InputError } from "../../base/errors.js";
import type { Row } from "../text/row.js";
import { add, type Counts } from "../../workload/build/counts.js";
import type { ExecutionsBuilder } from "../../workload/build/executions.js";
import type { TaskKeys } from "../../workload/build/task-keys.js";
import type { WindowsBuilder } from "../../workload/build/usage-rows.js";
import { OUTCOME } from "../../workload/workload.js";
import {
  numberIn,
  PERCENT_OF_CORE,
  PERCENT_OF_MEMORY,
  readTable,
  SERVICE,
  type Reading,
  type Tables,
} from "./tables.js";

/** Added to an application's number, so that applications and batch jobs have different numbers. */
export const APPLICATION = 10n ** 15n;

/** A usage row is valid until the container's next row, for at most this many seconds. */
const LONGEST_WINDOW = 600;

interface Container {
  readonly id: bigint;
  readonly app: bigint;
  /** The container's machines, each with the time in seconds from which the container is there. */
  readonly stays: { readonly machine: bigint; readonly from: number }[];
  /** In per cent of a core and of the largest machine's memory; NaN where no row has a value. */
  cpu: number;
  memory: number;
}

export interface ContainerTarget {
  readonly executions: ExecutionsBuilder;
  readonly tasks: TaskKeys;
  readonly windows: WindowsBuilder;
  readonly cores: number;
}

/**
 * Adds an execution for each stay of a container on a machine: from its first row of container_meta there
 * until its first row on another machine, or else to the end of the trace. The execution's windows are the
 * rows of container_usage; rows of a container without meta are left out. Counts under "containers.". Returns
 * the time of the latest row, in seconds.
 */
export async function addContainers(
  { container_meta, container_usage }: Pick<Tables, "container_meta" | "container_usage">,
  { executions, tasks, windows, cores }: ContainerTarget,
  reading: Reading,
): Promise<number> {
  const { counts } = reading;
  for (const name of ["usageWithoutMeta", "withoutRequest", "moved", "duplicateRows"])
    add(counts, `containers.${name}`, 0);
  const containers = new Map<bigint, Container>();
  let last = 0;
  await readTable(
    "container_meta",
    container_meta,
    (row) => {
      learn(row, containers);
      last = Math.max(last, row.numbers[2]);
    },
    reading,
  );
  const samples = new Map<number, Sample[]>();
  const taskOf = (container: Container): number =>
    tasks.number(APPLICATION + container.app, Number(container.id));
  const visit = (row: Row): void => {
    const container = containers.get(numberIn(row, 0));
    const machine = numberIn(row, 1);
    if (container === undefined) {
      add(counts, "containers.usageWithoutMeta");
      return;
    }
    last = Math.max(last, row.numbers[2]);
    const task = taskOf(container);
    const cpu = percentOf(row, 3) * (container.cpu / (PERCENT_OF_CORE * cores));
    const memory = percentOf(row, 4) * (container.memory / PERCENT_OF_MEMORY);
    const own = samples.get(task);
    const sample = { time: row.numbers[2], machine, cpu, memory };
    if (own === undefined) samples.set(task, [sample]);
    else own.push(sample);
  };
  await readTable("container_usage", container_usage, visit, reading);
  for (const container of containers.values()) {
    const task = taskOf(container);
    add(counts, "containers.withoutRequest", Number(Number.isNaN(container.cpu)));
    addStays(container, task, cores, executions);
    add(counts, "containers.moved", stays(container).length - 1);
    addWindows(samples.get(task) ?? [], task, windows, counts);
  }
  const unused = counts["containers.usageWithoutMeta"];
  if (unused > 0 && samples.size === 0)
    throw new InputError(
      `no row of container_usage (${unused}) belongs to a container in container_meta: these tables ` +
        "do not belong together; give both of one trace",
    );
  return last;
}

interface Sample {
  readonly time: number;
  readonly machine: bigint;
  readonly cpu: number;
  readonly memory: number;
}

function learn(row: Row, containers: Map<bigint, Container>): void {
  const id = numberIn(row, 0);
  if (id >= 2n ** 31n) row.reject(0, "is an id above 2^31 - 1");
  const machine = numberIn(row, 1);
  const app = numberIn(row, 3);
  const [cpu, memory] = [row.numbers[5], row.numbers[7]];
  const known = containers.get(id);
  if (known !== undefined && known.app !== app)
    row.reject(3, `is not the app_du of an earlier row, app_${known.app}`);
  const container = known ?? { id, app, stays: [], cpu: NaN, memory: NaN };
  containers.set(id, container);
  container.stays.push({ machine, from: row.numbers[2] });
  // The largest request of all rows, so that the order of rows does not matter.
  if (!(container.cpu >= cpu) && cpu > 0) container.cpu = cpu;
  if (!(container.memory >= memory) && memory > 0) container.memory = memory;
}

/** Returns the share of the request; NaN if the value is empty or negative. */
function percentOf(row: Row, column: number): number {
  const value = row.numbers[column];
  return value >= 0 ? value / 100 : NaN;
}

/** Returns the stays in order of time; successive rows with the same machine become one stay. */
function stays(container: Container): Container["stays"] {
  const ordered = container.stays
    .slice()
    .sort((a, b) => a.from - b.from || (a.machine < b.machine ? -1 : a.machine > b.machine ? 1 : 0));
  return ordered.filter(({ machine }, row) => row === 0 || ordered[row - 1].machine !== machine);
}

function addStays(container: Container, task: number, cores: number, executions: ExecutionsBuilder): void {
  stays(container).forEach(({ machine, from }, row, all) => {
    const next = all.at(row + 1)?.from;
    if (next === from) return;
    executions.push({
      task,
      submit: from * 1e6,
      start: from * 1e6,
      end: next === undefined ? Infinity : next * 1e6,
      outcome: next === undefined ? OUTCOME.alive : OUTCOME.lost,
      machine,
      ...SERVICE,
      cpu: container.cpu / (PERCENT_OF_CORE * cores),
      memory: container.memory / PERCENT_OF_MEMORY,
    });
  });
}

function addWindows(samples: readonly Sample[], task: number, windows: WindowsBuilder, counts: Counts): void {
  const sorted = samples.slice().sort((a, b) => a.time - b.time || a.cpu - b.cpu || a.memory - b.memory);
  const ordered = sorted.filter((sample, row) => row === 0 || !isSame(sorted[row - 1], sample));
  add(counts, "containers.duplicateRows", sorted.length - ordered.length);
  ordered.forEach(({ time, machine, cpu, memory }, row) => {
    const next = ordered.at(row + 1)?.time ?? Infinity;
    // Of several rows with one time, only the last in this order has a length.
    const end = Math.min(next > time ? next : Infinity, time + LONGEST_WINDOW);
    windows.push(task, time * 1e6, end * 1e6, cpu, memory, machine);
  });
}

function isSame(a: Sample, b: Sample): boolean {
  return (
    a.time === b.time && a.machine === b.machine && Object.is(a.cpu, b.cpu) && Object.is(a.memory, b.memory)
  );
}
