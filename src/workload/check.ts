import { InputError } from "../base/errors.js";
import { LC_RULES, OUTCOME, type Workload } from "./workload.js";

/** Workloads that have passed the check. The runs of a sweep share a workload and do not change it. */
const SOUND = new WeakSet<Workload>();

/** Throws InputError, which names table, column and row, for a workload with a fault or without machines. */
export function requireSound(workload: Workload): void {
  const fault = workload.machines.id.length === 0 ? "machines has no rows" : findFault(workload);
  if (fault !== undefined)
    throw new InputError(`invalid workload: ${fault}; build it again, or correct the code that built it`);
}

/**
 * Returns what is wrong with a workload, or undefined where nothing is: columns of unequal length, offsets,
 * steps or times that decrease, row numbers outside a table, unknown codes, and amounts that are not finite,
 * negative, or larger than any trace has. Makes one pass over all columns; a workload that has passed is not
 * read again.
 */
export function findFault(workload: Workload): string | undefined {
  if (SOUND.has(workload)) return undefined;
  const fault = findBadStructure(workload) ?? findBadValue(workload) ?? findBadSample(workload);
  if (fault === undefined) SOUND.add(workload);
  return fault;
}

/**
 * In reference machines. The latency model loops over the cores of a machine, so a huge value would take
 * forever, and sums of larger samples are not exact (simulate/demand.ts); products of tiny values are 0, and
 * shares of them meaningless.
 */
const LARGEST_MACHINE = 1000;
const SMALLEST_MACHINE = 1e-9;
/** Sums of such amounts and times are finite, as are sums of their products with them. */
const LARGEST_AMOUNT = 1e15;

/** The most steps of a workload: the clock loop has columns with a row for each. */
export const MOST_STEPS = 10_000_000;

/** Returns the first invalid time, amount or code. */
function findBadValue(workload: Workload): string | undefined {
  const { machines, machineEvents, executions } = workload;
  return (
    outOfRange("machines.up", machines.up, 0, 1) ??
    outOfRange("machineEvents.kind", machineEvents.kind, 0, 2) ??
    outOfRange("executions.taskClass", executions.taskClass, 0, 1) ??
    outOfRange("executions.initial", executions.initial, 0, 1) ??
    outOfRange("executions.measured", executions.measured, 0, 1) ??
    noAmount("executions", executions, ["outcome"], (code) => OUTCOMES.has(code)) ??
    noSize("machines", machines) ??
    noSize("machineEvents", machineEvents) ??
    noAmount("machineEvents", machineEvents, ["time"]) ??
    noAmount("executions", executions, ["submit"], (time) => Math.abs(time) <= LARGEST_AMOUNT) ??
    noAmount("executions", executions, ["start", "end", "cpuRequest", "memoryRequest"]) ??
    badEventOrder(machineEvents.time) ??
    badTimes(workload)
  );
}

const OUTCOMES: ReadonlySet<number> = new Set(Object.values(OUTCOME));

function badEventOrder(time: Float64Array): string | undefined {
  const row = time.findIndex((at, i) => i > 0 && at < time[i - 1]);
  return row < 0 ? undefined : `machineEvents.time of row ${row} is ${time[row]}, before ${time[row - 1]}`;
}

function findBadSample({ usage }: Workload): string | undefined {
  for (const name of ["cpu", "memory"] as const) {
    const column = usage[name];
    // A loop, because there may be a billion samples.
    for (let sample = 0; sample < column.length; sample++) {
      if (!(column[sample] >= 0 && column[sample] <= LARGEST_MACHINE))
        return `usage.${name} of sample ${sample} is ${column[sample]}, outside 0 to ${LARGEST_MACHINE}`;
    }
  }
  return undefined;
}

/** Returns the first fault of the structure. Reads no samples. */
function findBadStructure(workload: Workload): string | undefined {
  const { machines, machineEvents, executions, usage } = workload;
  return (
    unequalLengths("machines", machines, machines.id.length) ??
    unequalLengths("machineEvents", machineEvents, machineEvents.time.length) ??
    unequalLengths("executions", executions, executions.job.length) ??
    badScalar(workload) ??
    badOffsets(workload) ??
    (usage.cpu.length === usage.memory.length
      ? undefined
      : `usage.cpu has ${usage.cpu.length} samples, usage.memory ${usage.memory.length}`) ??
    outOfRange("executions.machine", executions.machine, -1, machines.id.length - 1) ??
    outOfRange("machineEvents.machine", machineEvents.machine, 0, machines.id.length - 1) ??
    badDependencies(workload)
  );
}

/** Executions must be in order of their first step, and each must have at least one sample. */
function badTimes({ executions, usage, steps }: Workload): string | undefined {
  const { start, end } = executions;
  const { firstStep, offsets } = usage;
  for (let execution = 0; execution < start.length; execution++) {
    if (end[execution] < start[execution])
      return `executions.end of row ${execution} is ${end[execution]}, before its start ${start[execution]}`;
    const first = firstStep[execution];
    if (first < 0 || first >= steps)
      return `usage.firstStep of execution ${execution} is ${first}, outside 0 to ${steps - 1}`;
    if (execution > 0 && first < firstStep[execution - 1])
      return (
        `usage.firstStep of execution ${execution} is ${first}, before that of the execution above it, ` +
        `${firstStep[execution - 1]}`
      );
    const samples = offsets[execution + 1] - offsets[execution];
    if (samples === 0) return `execution ${execution} has no sample of usage`;
    if (first + samples > steps)
      return `execution ${execution} has ${samples} samples from step ${first} on, of ${steps} steps`;
  }
  return undefined;
}

function noSize(table: string, columns: Pick<Workload["machines"], "cpu" | "memory">): string | undefined {
  const isSize = (size: number): boolean =>
    size === 0 || (size >= SMALLEST_MACHINE && size <= LARGEST_MACHINE);
  return noAmount(table, columns, ["cpu", "memory"], isSize);
}

function noAmount<T extends object>(
  table: string,
  columns: T,
  names: readonly (keyof T & string)[],
  is = (value: number): boolean => value >= 0 && value <= LARGEST_AMOUNT,
): string | undefined {
  for (const name of names) {
    const column = columns[name] as Float64Array;
    const row = column.findIndex((value) => !is(value));
    if (row >= 0) return `${table}.${name} of row ${row} is ${column[row]}`;
  }
  return undefined;
}

function badDependencies({ dependencies }: Workload): string | undefined {
  if (dependencies === undefined) return undefined;
  const { job, firstIndex, instances, offsets, after } = dependencies;
  const rows = job.length;
  const edges = offsets.at(-1) ?? -1;
  return (
    unequalLengths("dependencies", { firstIndex, instances }, rows) ??
    unequalLengths("dependencies", { offsets }, rows + 1) ??
    (offsets[0] === 0 ? undefined : `dependencies.offsets begins with ${offsets[0]}, not 0`) ??
    (offsets.some((offset, row) => offset < (offsets[row - 1] ?? 0))
      ? "dependencies.offsets decreases"
      : undefined) ??
    (edges === after.length ? undefined : `dependencies.offsets ends at ${edges}, not ${after.length}`) ??
    outOfRange("dependencies.instances", instances, 0, Infinity) ??
    outOfRange("dependencies.after", after, 0, rows - 1)
  );
}

function badScalar({ steps, stepSeconds, originSeconds, lcRule }: Workload): string | undefined {
  if (!(Number.isInteger(steps) && steps >= 0 && steps <= MOST_STEPS))
    return `steps is ${steps}, outside 0 to ${MOST_STEPS}`;
  if (!(stepSeconds > 0 && stepSeconds <= LARGEST_AMOUNT)) return `stepSeconds is ${stepSeconds}`;
  if (!Number.isFinite(originSeconds)) return `originSeconds is ${originSeconds}`;
  return LC_RULES.includes(lcRule) ? undefined : `lcRule is ${lcRule}`;
}

function unequalLengths(table: string, columns: object, rows: number): string | undefined {
  for (const [name, column] of Object.entries(columns) as [string, ArrayLike<unknown>][]) {
    if (column.length !== rows) return `${table}.${name} has ${column.length} rows, not ${rows}`;
  }
  return undefined;
}

function badOffsets({ executions, usage }: Workload): string | undefined {
  const { offsets, firstStep, cpu } = usage;
  const rows = executions.job.length;
  if (firstStep.length !== rows) return `usage.firstStep has ${firstStep.length} rows, not ${rows}`;
  if (offsets.length !== rows + 1) return `usage.offsets has ${offsets.length} rows, not ${rows + 1}`;
  if (offsets[0] !== 0) return `usage.offsets begins with ${offsets[0]}, not 0`;
  for (let row = 0; row < rows; row++) {
    if (offsets[row + 1] < offsets[row]) return `usage.offsets decreases at execution ${row}`;
  }
  if (offsets[rows] !== cpu.length) return `usage.offsets ends at ${offsets[rows]}, not ${cpu.length}`;
  return undefined;
}

function outOfRange(
  name: string,
  rows: Int32Array | Uint8Array,
  least: number,
  most: number,
): string | undefined {
  const index = rows.findIndex((row: number) => row < least || row > most);
  return index < 0 ? undefined : `${name} of row ${index} is ${rows[index]}, outside ${least} to ${most}`;
}
