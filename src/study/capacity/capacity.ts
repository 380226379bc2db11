/** How much best-effort work a cluster carries before its latency-critical work suffers. */
import type { ColumnTable } from "arquero";
import { InputError } from "../../base/errors.js";
import { keysOf, refuseUnknownKeys } from "../../base/known-keys.js";
import { readDesign, type Experiment } from "../design.js";
import { tableOf, type ExperimentOptions } from "../experiment.js";
import { simulatedColumns, simulatedOf, type Cell, type ResultColumn } from "../result-table.js";
import { runDesign, type Done } from "../run-design.js";
import { isReference, REFERENCES } from "./references.js";
import type { ReplicateCapacity } from "./replicate.js";
import type { CapacityTask } from "./search-scenario.js";
import { CAPACITY_FIGURES } from "./violations.js";

/** Violations allowed where nobody says: one in a thousand, in a hundred, in twenty. */
export const VIOLATION_LEVELS: readonly number[] = [0.001, 0.01, 0.05];

export interface CapacityOptions extends Omit<ExperimentOptions, "folder"> {
  /** Violations allowed, as shares above 0 and below 1. Default VIOLATION_LEVELS. */
  readonly levels?: readonly number[];
  /** Largest factor of best-effort work to try. Default 4. */
  readonly max?: number;
  /** Width of the last bracket as a share of the factor. Default .05. */
  readonly precision?: number;
}

const OPTIONS = keysOf<Required<CapacityOptions>>({
  workers: true,
  onProgress: true,
  onWorkload: true,
  levels: true,
  max: true,
  precision: true,
});

/**
 * Returns the carrying capacity of a cluster under each policy of an experiment, then under two references: a
 * row for each run of the experiment and each level of violations allowed, with the columns of `experiment`
 * up to the repetition, `level` among them, then
 *
 * - `factor`: the largest factor of best-effort work (`scaleBestEffort`) at which the LC violations that it
 *   adds
 *   (`addedViolations`) stay at or below the level and the work is carried (`isCarried`), found by bisection; 0 where
 *   the level is passed without any best-effort work;
 * - `violations`: LC violations that best-effort work adds there, and figures of the summary at that factor,
 *   NaN where
 *   they are not defined;
 * - `limit`: why it is not more: "violations", "undone" or "range", where the factor is a lower bound;
 *   "never" where
 *   the level is passed without any best-effort work.
 *
 * The references: "no-co-location" gives LC tasks the fewest machines that hold them at the level and
 * best-effort tasks the others, each task to the least loaded; "perfectly-even" is best-effort work as a
 * fluid, poured over LC work as evenly as can be in every step (`waterFill`), without requests, memory or
 * moves to pay for.
 *
 * Under sharing "fair" best-effort work takes LC work's CPU by weight and tails grow at once; under
 * "lc-first", the default, it harms LC work by interference alone, and at generous levels what ends the
 * search is the room for requests, the same under every policy. Throws InputError for a level, maximum or
 * precision out of range, for metrics in the experiment, and as `experiment`.
 */
export async function carryingCapacity(
  given: Experiment,
  options: CapacityOptions = {},
): Promise<ColumnTable> {
  refuseUnknownKeys(options, OPTIONS, "option of carryingCapacity");
  const { levels = VIOLATION_LEVELS, max = 4, precision = 0.05, ...rest } = options;
  checkSearch({ levels, max, precision });
  const design = await readDesign(given);
  if (design.metrics !== undefined)
    throw new InputError("metrics in the search of a capacity: it has figures of its own; leave them out");
  const taken = design.policies.find(({ name }) => isReference(name));
  if (taken !== undefined)
    throw new InputError(`a policy called ${taken.name}, as a reference is; give it another name`);
  const policies = [...design.policies, ...REFERENCES];
  const task = { kind: "capacity", levels, max, precision } as const;
  const found = await runDesign({ ...design, policies }, task, rest);
  return tableOf(
    capacityColumns(
      found,
      design.set.map(({ key }) => key),
    ),
  );
}

function capacityColumns(found: readonly Done<CapacityTask>[], settings: readonly string[]): ResultColumn[] {
  const rows = found.flatMap(({ scenario, manifest, capacities }) =>
    capacities.map((capacity) => ({ scenario, result: simulatedOf(manifest, scenario), capacity })),
  );
  const column = (name: string, read: (capacity: ReplicateCapacity) => Cell): ResultColumn => ({
    name,
    kind: "number",
    values: rows.map(({ capacity }) => read(capacity)),
  });
  const axes = simulatedColumns(rows, settings);
  const at = axes.findIndex(({ name }) => name === "seed");
  return [
    ...axes.slice(0, at),
    column("level", ({ level }) => level),
    ...axes.slice(at),
    column("factor", ({ factor }) => factor),
    column("violations", ({ violations }) => violations),
    ...CAPACITY_FIGURES.map((name) => column(name, ({ figures }) => figures[name])),
    { ...column("limit", ({ limit, never }) => (never ? "never" : limit)), kind: "text" },
  ];
}

function checkSearch({
  levels,
  max,
  precision,
}: Required<Pick<CapacityOptions, "levels" | "max" | "precision">>): void {
  for (const level of levels) {
    if (typeof (level as unknown) !== "number" || !(level > 0 && level < 1))
      throw new InputError(`invalid level of violations: ${level}; give a share above 0 and below 1`);
  }
  if (new Set(levels).size < levels.length)
    throw new InputError(`a level given twice: ${levels.join(", ")}; give each once`);
  if (levels.length === 0) throw new InputError("no level of violations; give at least one");
  if (!(max > 0 && Number.isFinite(max)))
    throw new InputError(`invalid largest factor: ${max}; give a number above 0`);
  if (!(precision > 0 && precision < 1))
    throw new InputError(`invalid precision: ${precision}; give a share above 0 and below 1`);
}
