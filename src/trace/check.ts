import { LC_RULES, type Workload } from "./workload.js";

/**
 * Returns what is wrong with a workload's structure (columns of unequal length, offsets that go back, rows that
 * point outside a table), or undefined where it holds together. One pass over the runs; samples are not looked at.
 */
export function findFault(workload: Workload): string | undefined {
  const { machines, machineEvents, runs, usage } = workload;
  return (
    unequalLengths("machines", machines, machines.id.length) ??
    unequalLengths("machineEvents", machineEvents, machineEvents.time.length) ??
    unequalLengths("runs", runs, runs.job.length) ??
    badScalar(workload) ??
    badOffsets(workload) ??
    (usage.cpu.length === usage.memory.length
      ? undefined
      : `usage.cpu has ${usage.cpu.length} samples, usage.memory ${usage.memory.length}`) ??
    outOfRange("runs.machine", runs.machine, -1, machines.id.length - 1) ??
    outOfRange("machineEvents.machine", machineEvents.machine, 0, machines.id.length - 1) ??
    badDependencies(workload)
  );
}

function badDependencies({ dependencies }: Workload): string | undefined {
  if (dependencies === undefined) return undefined;
  const { job, firstIndex, instances, offsets, after } = dependencies;
  const rows = job.length;
  const edges = offsets.at(-1) ?? -1;
  return (
    unequalLengths("dependencies", { firstIndex, instances }, rows) ??
    unequalLengths("dependencies", { offsets }, rows + 1) ??
    (offsets.some((offset, row) => offset < (offsets[row - 1] ?? 0))
      ? "dependencies.offsets goes back"
      : undefined) ??
    (edges === after.length ? undefined : `dependencies.offsets ends at ${edges}, not ${after.length}`) ??
    outOfRange("dependencies.after", after, 0, rows - 1)
  );
}

function badScalar({ steps, stepSeconds, lcRule }: Workload): string | undefined {
  if (!Number.isInteger(steps) || steps < 0) return `steps is ${steps}`;
  if (!(stepSeconds > 0)) return `stepSeconds is ${stepSeconds}`;
  return LC_RULES.includes(lcRule) ? undefined : `lcRule is ${lcRule}`;
}

function unequalLengths(table: string, columns: object, rows: number): string | undefined {
  for (const [name, column] of Object.entries(columns) as [string, ArrayLike<unknown>][]) {
    if (column.length !== rows) return `${table}.${name} has ${column.length} rows, not ${rows}`;
  }
  return undefined;
}

function badOffsets({ runs, usage }: Workload): string | undefined {
  const { offsets, firstStep, cpu } = usage;
  const rows = runs.job.length;
  if (firstStep.length !== rows) return `usage.firstStep has ${firstStep.length} rows, not ${rows}`;
  if (offsets.length !== rows + 1) return `usage.offsets has ${offsets.length} rows, not ${rows + 1}`;
  if (offsets[0] !== 0) return `usage.offsets begins with ${offsets[0]}, not 0`;
  for (let row = 0; row < rows; row++) {
    if (offsets[row + 1] < offsets[row]) return `usage.offsets goes back at run ${row}`;
  }
  if (offsets[rows] !== cpu.length) return `usage.offsets ends at ${offsets[rows]}, not ${cpu.length}`;
  return undefined;
}

function outOfRange(name: string, rows: Int32Array, least: number, most: number): string | undefined {
  for (const [index, row] of rows.entries()) {
    if (row < least || row > most) return `${name} of row ${index} is ${row}, outside ${least} to ${most}`;
  }
  return undefined;
}
