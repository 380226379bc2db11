/** Cells on servers as a Workload, for the clock loop: policies, carrying capacity and experiments. */
import { describeValue, InputError } from "../../base/errors.js";
import { meanOf } from "../../metrics/statistics.js";
import { MIGRATION_OUTCOME } from "../../simulate/migrations.js";
import type { Run } from "../../simulate/simulate.js";
import { workloadFrom } from "../../workload/from-rows/workload-from.js";
import type { TaskRow } from "../../workload/from-rows/rows.js";
import { BEST_EFFORT, LATENCY_CRITICAL, type Workload } from "../../workload/workload.js";
import { loadsOf, type CellLoads } from "./cells.js";
import { coresOfCells, greatest, type CellCoresOptions } from "./pooling.js";
import { NUMBERS, numbersOf } from "./options.js";
import { modelOf } from "./processing.js";

export interface CellWorkloadOptions extends CellCoresOptions {
  readonly servers: number;
  /** Cores of a server. Simulate with the model's `referenceCores` of the same number. */
  readonly coresPerServer: number;
  /** Memory of a server. Default 64 GiB, as the model's `referenceMemoryGib`. */
  readonly memoryGib?: number;
  /**
   * State that moves with a cell. Default 8 MiB: assumed, some buffers and contexts rather than a whole VM.
   */
  readonly stateMib?: number;
  /** What a cell requests: its mean or its greatest need. Default "mean". */
  readonly request?: "mean" | "peak";
  /**
   * A workload whose best-effort tasks run beside the cells. Its reference machine becomes a server; starts
   * and ends become whole steps. It must have steps of the same length.
   */
  readonly bestEffort?: Workload;
}

const SERVER_NUMBERS = {
  servers: NUMBERS.servers,
  coresPerServer: NUMBERS.coresPerServer,
  memoryGib: NUMBERS.memoryGib,
  stateMib: NUMBERS.stateMib,
};

/**
 * Returns a Workload of equal servers, each a reference machine, on which every cell is an LC task of the
 * whole time with the CPU of `coresOfCells`. Throws InputError for a cell that needs more than a server, and
 * for invalid options.
 */
export function cellWorkload(cells: CellLoads, options: CellWorkloadOptions): Workload {
  const { servers, coresPerServer, memoryGib, stateMib } = numbersOf(
    "cellWorkload",
    options,
    SERVER_NUMBERS,
    [...["request", "bestEffort"], ...["antennas", "iterations", "peak", "model"]],
  );
  const { request = "mean", bestEffort, antennas, iterations, peak: full, model } = options;
  if (!["mean", "peak"].includes(request))
    throw new InputError(`request of cellWorkload is ${describeValue(request)}; give "mean" or "peak"`);
  const needed = coresOfCells(cells, { antennas, iterations, peak: full, model });
  const { steps, stepSeconds } = needed;
  const tasks = cells.ids.map((id, c): TaskRow => {
    const cpu = loadsOf(needed, c).map((cores) => cores / coresPerServer);
    const peak = greatest(cpu);
    if (peak > 1)
      throw new InputError(
        `cell ${id} needs ${(peak * coresPerServer).toFixed(2)} cores, more than a server has; ` +
          "give more coresPerServer, or fewer antennas",
      );
    return {
      ...{ id: `cell ${id}`, start: 0, cpu, class: "LC" },
      cpuRequest: request === "peak" ? peak : meanOf(cpu),
      memory: stateMib / 1024 / memoryGib,
    };
  });
  const others = bestEffort === undefined ? [] : bestEffortRows(bestEffort, stepSeconds, steps);
  return workloadFrom(
    { machines: { count: servers }, tasks: [...tasks, ...others] },
    { source: "cells", stepSeconds, steps },
  );
}

/** Returns the best-effort tasks that start in these steps. */
function bestEffortRows(
  { executions, usage, ...given }: Workload,
  stepSeconds: number,
  steps: number,
): TaskRow[] {
  if (given.stepSeconds !== stepSeconds)
    throw new InputError(
      `best-effort work in steps of ${given.stepSeconds} s beside cells in steps of ${stepSeconds} s; ` +
        "give the same",
    );
  return Array.from(executions.taskClass, (_, row) => row)
    .filter((row) => executions.taskClass[row] === BEST_EFFORT && usage.firstStep[row] < steps)
    .map((row): TaskRow => {
      const [from, to] = [usage.offsets[row], usage.offsets[row + 1]];
      return {
        ...{ id: `best-effort ${row}`, start: usage.firstStep[row] * stepSeconds, class: "BE" },
        ...{ cpu: usage.cpu.subarray(from, to), memory: usage.memory.subarray(from, to) },
        ...{ cpuRequest: executions.cpuRequest[row], memoryRequest: executions.memoryRequest[row] },
        priority: executions.priority[row],
      };
    });
}

/**
 * Returns the slots that cells lost in a run: the downtime of their completed migrations over the length of a
 * slot. Each is a missed deadline.
 *
 * @param slot Length of a slot in microseconds; default that of LTE.
 */
export function lostSlots(
  { migrations }: Pick<Run, "migrations">,
  { executions }: Pick<Workload, "executions">,
  slot?: number,
): number {
  const { slot: length } = modelOf(slot === undefined ? {} : { slot });
  let downtime = 0;
  migrations.downtime.forEach((seconds, row) => {
    const isCell = executions.taskClass[migrations.execution[row]] === LATENCY_CRITICAL;
    if (isCell && MIGRATION_OUTCOME[migrations.outcome[row]] === "completed") downtime += seconds;
  });
  return (1e6 * downtime) / length;
}
