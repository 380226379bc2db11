/** The load of machines that the other tables do not explain, by machine_usage. */
import { add } from "../../workload/build/counts.js";
import type { UsageRows, WindowsBuilder } from "../../workload/build/usage-rows.js";
import type { ExecutionsBuilder } from "../../workload/build/executions.js";
import type { TaskKeys } from "../../workload/build/task-keys.js";
import { OUTCOME, STEP_SECONDS } from "../../workload/workload.js";
import { numberIn, readTable, SERVICE, type Reading, type Tables } from "./tables.js";

/** Added to a machine's number, it gives the job number of the machine's background load. */
const BACKGROUND = 2n * 10n ** 15n;

/** Sums of a machine's readings, by step from time 0. A step without a reading is a hole in the arrays. */
interface Load {
  readonly cpu: number[];
  readonly memory: number[];
  readonly readings: number[];
}

/** A machine's capacity, in reference machines. */
interface Size {
  readonly cpu: number;
  readonly memory: number;
}

/** Reads machine_usage: the readings of each machine, as fractions of the machine. */
export async function readMachineUsage(
  { machine_usage }: Pick<Tables, "machine_usage">,
  reading: Reading,
): Promise<ReadonlyMap<bigint, Load>> {
  const loads = new Map<bigint, Load>();
  add(reading.counts, "background.withoutValue", 0);
  await readTable(
    "machine_usage",
    machine_usage,
    (row) => {
      const [, time, cpu, memory] = row.numbers;
      const machine = numberIn(row, 0);
      // The trace marks failed readings by -1 and 101.
      if (!(cpu >= 0 && cpu <= 100 && memory >= 0 && memory <= 100)) {
        add(reading.counts, "background.withoutValue");
        return;
      }
      const load = loads.get(machine) ?? { cpu: [], memory: [], readings: [] };
      loads.set(machine, load);
      const step = Math.floor(time / STEP_SECONDS);
      load.cpu[step] = (load.cpu[step] ?? 0) + cpu / 100;
      load.memory[step] = (load.memory[step] ?? 0) + memory / 100;
      load.readings[step] = (load.readings[step] ?? 0) + 1;
    },
    reading,
  );
  return loads;
}

/** Returns the end of the last step with a reading, in seconds; 0 without any reading. */
export function lastReading(loads: ReadonlyMap<bigint, Load>): number {
  let steps = 0;
  for (const { readings } of loads.values()) steps = Math.max(steps, readings.length);
  return steps * STEP_SECONDS;
}

export interface BackgroundTarget {
  readonly executions: ExecutionsBuilder;
  readonly tasks: TaskKeys;
  readonly windows: WindowsBuilder;
}

/**
 * Adds a latency-critical execution for each machine with readings, from its first reading to the end of the
 * trace. Its use in each step is the machine's readings minus the use of the executions known to be on this
 * machine. The use of executions on unknown machines is subtracted from the loads of all machines in
 * proportion. `sizes` are the machines of the trace, `known` the windows of all executions so far.
 */
export function addBackground(
  loads: ReadonlyMap<bigint, Load>,
  sizes: ReadonlyMap<bigint, Size>,
  known: UsageRows,
  { executions, tasks, windows }: BackgroundTarget,
): void {
  const placed = sumPlaced(known, loads);
  const rest = [...loads].map(([machine, load]) => restOf(machine, load, sizes, placed));
  const factor = unplacedFactor(rest, placed, sizes, loads);
  for (const { machine, steps } of rest) {
    const task = tasks.number(BACKGROUND + machine, 0);
    const [firstStep] = steps.keys();
    const first = firstStep * STEP_SECONDS * 1e6;
    const peak = { cpu: 0, memory: 0 };
    for (const [step, { cpu, memory }] of steps) {
      const start = step * STEP_SECONDS * 1e6;
      const left = { cpu: cpu * factor(step, "cpu"), memory: memory * factor(step, "memory") };
      peak.cpu = Math.max(peak.cpu, left.cpu);
      peak.memory = Math.max(peak.memory, left.memory);
      windows.push(task, start, start + STEP_SECONDS * 1e6, left.cpu, left.memory, machine);
    }
    executions.push({
      task,
      submit: first,
      start: first,
      end: Infinity,
      outcome: OUTCOME.alive,
      machine,
      // The background load cannot be moved, so we treat it as a service.
      ...SERVICE,
      ...peak,
    });
  }
}

type Use = { cpu: number; memory: number };
/** Use of executions in reference machines, by machine (-1: not known), then by step. */
type Placed = ReadonlyMap<bigint, Map<number, Use>>;

function sumPlaced(
  { start, end, machine, cpu, memory }: UsageRows,
  loads: ReadonlyMap<bigint, Load>,
): Placed {
  const placed = new Map<bigint, Map<number, Use>>();
  const lastStep = lastReading(loads) / STEP_SECONDS - 1;
  for (let row = 0; row < start.length; row++) {
    if (machine[row] >= 0n && !loads.has(machine[row])) continue;
    const steps = placed.get(machine[row]) ?? new Map<number, Use>();
    placed.set(machine[row], steps);
    const [from, to] = [start[row] / 1e6 / STEP_SECONDS, end[row] / 1e6 / STEP_SECONDS];
    for (let step = Math.floor(from); step < to && step <= lastStep; step++) {
      const share = Math.min(to, step + 1) - Math.max(from, step);
      const sum = steps.get(step) ?? { cpu: 0, memory: 0 };
      sum.cpu += share * (cpu[row] || 0);
      sum.memory += share * (memory[row] || 0);
      steps.set(step, sum);
    }
  }
  return placed;
}

function restOf(
  machine: bigint,
  { cpu, memory, readings }: Load,
  sizes: ReadonlyMap<bigint, Size>,
  placed: Placed,
): { machine: bigint; steps: Map<number, Use> } {
  const size = sizes.get(machine) ?? { cpu: 1, memory: 1 };
  const known = placed.get(machine);
  const steps = new Map<number, Use>();
  readings.forEach((count, step) => {
    const own = known?.get(step) ?? { cpu: 0, memory: 0 };
    steps.set(step, {
      cpu: Math.max(0, (cpu[step] / count) * size.cpu - own.cpu),
      memory: Math.max(0, (memory[step] / count) * size.memory - own.memory),
    });
  });
  return { machine, steps };
}

/** Returns the fraction of a step's loads that is left without the executions on unknown machines. */
function unplacedFactor(
  rest: readonly { readonly machine: bigint; readonly steps: ReadonlyMap<number, Use> }[],
  placed: Placed,
  sizes: ReadonlyMap<bigint, Size>,
  loads: ReadonlyMap<bigint, Load>,
): (step: number, resource: keyof Use) => number {
  const unplaced = placed.get(-1n);
  if (unplaced === undefined) return () => 1;
  const totals = new Map<number, Use>();
  for (const { steps } of rest) {
    for (const [step, { cpu, memory }] of steps) {
      const total = totals.get(step) ?? { cpu: 0, memory: 0 };
      totals.set(step, { cpu: total.cpu + cpu, memory: total.memory + memory });
    }
  }
  const capacity = (machines: Iterable<bigint>, resource: keyof Use): number =>
    [...machines].reduce((sum, machine) => sum + (sizes.get(machine)?.[resource] ?? 1), 0);
  const all = new Set([...sizes.keys(), ...loads.keys()]);
  // A slice of the table has readings of only some machines; these get their share of the unplaced work.
  const share = {
    cpu: capacity(loads.keys(), "cpu") / capacity(all, "cpu"),
    memory: capacity(loads.keys(), "memory") / capacity(all, "memory"),
  };
  return (step, resource) => {
    const total = totals.get(step)?.[resource] ?? 0;
    const work = (unplaced.get(step)?.[resource] ?? 0) * share[resource];
    return total > 0 ? Math.max(0, 1 - work / total) : 1;
  };
}
