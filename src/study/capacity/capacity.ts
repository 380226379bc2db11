/** How much best-effort work a cluster carries before its latency-critical work suffers. */
import type { ColumnTable } from "arquero";
import { InputError } from "../../base/errors.js";
import { asShare } from "../../base/parameters.js";
import { keysOf, refuseUnknownKeys } from "../../base/known-keys.js";
import { readDesign, type Experiment } from "../design.js";
import { tableOf, type ExperimentOptions } from "../experiment.js";
import { simulatedColumns, simulatedOf, type Cell, type ResultColumn } from "../result-table.js";
import { runDesign, type Done } from "../run-design.js";
import { isReference, REFERENCES } from "./references.js";
import type { ReplicateCapacity } from "./replicate.js";
import type { CapacityTask } from "./search-scenario.js";
import { CAPACITY_FIGURES } from "./violations.js";

/** Default levels of violations: 0.1 %, 1 % and 5 % of LC work. */
export const VIOLATION_LEVELS: readonly number[] = [0.001, 0.01, 0.05];

export interface CapacityOptions extends Omit<ExperimentOptions, "folder"> {
  /** Allowed violations, as shares above 0 and below 1. Default VIOLATION_LEVELS. */
  readonly levels?: readonly number[];
  /** Largest factor of best-effort work to try, at most 1000. Default 4. */
  readonly max?: number;
  /** Width of the last bracket as a share of the factor, at least 0.0001. Default 0.05. */
  readonly precision?: number;
}

/** The search copies best-effort work as many times, and halves its bracket down to this share. */
const MOST_WORK = 1000;
const FINEST = 0.0001;

const OPTIONS = keysOf<Required<CapacityOptions>>({
  workers: true,
  onProgress: true,
  onWorkload: true,
  levels: true,
  max: true,
  precision: true,
});

/**
 * Returns the carrying capacity of a cluster under each policy of an experiment, then under two references.
 * The table has a row for each run of the experiment and each allowed level of violations. Its columns are
 * those of `experiment` up to the replicate, with `level` among them, then
 *
 * - `factor`: the largest factor of best-effort work (`scaleBestEffort`) at which the added LC violations
 *   (`addedViolations`) do not exceed the level and the work is carried (`isCarried`), found by bisection; 0
 *   where LC work alone exceeds the level;
 * - `violations`: LC violations that best-effort work adds at that factor, followed by metrics of the summary
 *   at that factor (NaN where not defined);
 * - `limit`: why the factor is not larger: "violations"; "undone"; "range", where it is only a lower bound;
 *   "never", where LC work alone exceeds the level; "undefined" for "perfectly-even" where LC work may move.
 *
 * The reference "no-co-location" gives LC tasks the fewest machines that keep them within the level, and
 * best-effort tasks the other machines; each task goes to the least loaded machine of its part. The reference
 * "perfectly-even" treats best-effort work as a fluid that is spread over LC work as evenly as possible in
 * every step (`waterFill`), without requests, memory or migration costs.
 *
 * Under sharing "fair", best-effort work takes CPU from LC work by weight, so LC tails grow immediately.
 * Under "lc-first", the default, it harms LC work by interference alone; at high levels the search then ends
 * where no more requests fit, which is the same under every policy. Throws InputError for a level, maximum or
 * precision out of range and for metrics in the experiment, and the same errors as `experiment`.
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
    throw new InputError("metrics given for a capacity search, whose metrics are fixed; leave them out");
  if (design.order.includes("enforced"))
    throw new InputError(
      'order "enforced" given for a capacity search, whose copies of tasks come after none; leave order out',
    );
  const taken = design.policies.find(({ name }) => isReference(name));
  if (taken !== undefined)
    throw new InputError(
      `policy name ${taken.name} is reserved for a reference; give the policy another name`,
    );
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
    if (typeof (level as unknown) === "number" && level > 0 && level < 1) continue;
    const remedy = level >= 1 && level < 100 ? `; ${asShare(level)}` : "";
    throw new InputError(`invalid level of violations: ${level}; it is a share above 0 and below 1${remedy}`);
  }
  if (new Set(levels).size < levels.length)
    throw new InputError(`a level given twice: ${levels.join(", ")}; give each once`);
  if (levels.length === 0) throw new InputError("no level of violations; give at least one");
  if (!(max > 0 && max <= MOST_WORK))
    throw new InputError(`invalid largest factor: ${max}; give a number above 0, at most ${MOST_WORK}`);
  if (!(precision >= FINEST && precision < 1))
    throw new InputError(`invalid precision: ${precision}; give a share from ${FINEST} to below 1`);
}
