/** Groups the rows of a table of runs by what was simulated; each group has one row per replicate. */
import type { ColumnTable } from "arquero";
import { describeValue, InputError } from "../base/errors.js";
import { didYouMean } from "../base/nearest.js";
import { REPLICATE, type Cell } from "./result-table.js";

/** Runs that differ only in the replicate. */
export interface Group {
  /** The value in the column `of`, usually the policy. */
  readonly contender: string;
  /** The values in the columns `axes`. */
  readonly setting: readonly Cell[];
  /** Row numbers of the table by replicate. */
  readonly rows: ReadonlyMap<string, number>;
}

export interface GroupedRuns {
  /** The columns that distinguish settings: those of `by`, without `of`. */
  readonly axes: readonly string[];
  /** The metrics: the columns with numbers after the columns of the replicate. */
  readonly figures: readonly string[];
  /** The groups in the order of their first rows. */
  readonly groups: readonly Group[];
  readonly column: (name: string) => ArrayLike<Cell>;
}

export interface GroupOptions {
  /** The column whose values are compared. Default "policy". */
  readonly of?: string;
  /**
   * The columns that distinguish settings. Default: all columns before `seed` or `firstStep` whose values
   * differ.
   */
  readonly by?: readonly string[];
  /**
   * The columns that distinguish replicates, such as "trace" where each workload is a replicate. Default:
   * `seed` and `firstStep`.
   */
  readonly over?: readonly string[];
}

/**
 * Returns the groups of a table from `experiment`. Throws InputError for a table without rows, without the
 * column `of` or without a column of the replicate, for an unknown column, and where two rows of a group
 * belong to the same replicate.
 */
export function groupRuns(runs: ColumnTable, { of = "policy", by, over }: GroupOptions = {}): GroupedRuns {
  checkTable(runs);
  const names = runs.columnNames();
  const replicate = over ?? names.filter((name) => (REPLICATE as readonly string[]).includes(name));
  if (runs.numRows() === 0) throw new InputError("no runs: the table has no rows");
  for (const name of [of, ...(by ?? []), ...(over ?? [])]) {
    if (!names.includes(name))
      throw new InputError(`no column ${name}${didYouMean(name, names)}; the table has: ${names.join(", ")}`);
  }
  if (replicate.length === 0)
    throw new InputError(
      `no column ${REPLICATE.join(" or ")} that distinguishes replicates; keep it in the table`,
    );
  const columns = new Map<string, ArrayLike<Cell>>();
  const column = (name: string): ArrayLike<Cell> => {
    const known = columns.get(name) ?? (runs.array(name) as ArrayLike<Cell>);
    columns.set(name, known);
    return known;
  };
  const places = names.flatMap((name, i) => ((REPLICATE as readonly string[]).includes(name) ? [i] : []));
  const first = Math.min(...places, names.length);
  const last = Math.max(...places, ...replicate.map((name) => names.indexOf(name)));
  const differs = (name: string): boolean =>
    Array.from(column(name)).some((value) => value !== column(name)[0]);
  const axes = (by ?? names.slice(0, first).filter(differs)).filter(
    (name) => name !== of && !replicate.includes(name),
  );
  return {
    axes,
    figures: names.slice(last + 1).filter((name) => typeof column(name)[0] === "number"),
    groups: collect(runs.numRows(), { of, axes, replicate, column }),
    column,
  };
}

/** The usual mistakes are a missing `await` and an answer with several tables. */
function checkTable(runs: unknown): void {
  if (typeof runs === "object" && runs !== null && "columnNames" in runs && "array" in runs) return;
  const hint = runs instanceof Promise ? "; put await before experiment" : "";
  throw new InputError(
    `the runs are ${describeValue(runs)}, not a table; give the arquero table that experiment returns${hint}`,
  );
}

function collect(
  count: number,
  {
    of,
    axes,
    replicate,
    column,
  }: Pick<GroupedRuns, "axes" | "column"> & { readonly of: string; readonly replicate: readonly string[] },
): Group[] {
  const groups = new Map<string, Group & { readonly rows: Map<string, number> }>();
  for (let row = 0; row < count; row++) {
    const contender = String(column(of)[row]);
    const setting = axes.map((name) => column(name)[row]);
    const key = JSON.stringify([contender, setting]);
    const group = groups.get(key) ?? { contender, setting, rows: new Map<string, number>() };
    groups.set(key, group);
    const at = JSON.stringify(replicate.map((name) => column(name)[row]));
    if (group.rows.has(at)) {
      const which = replicate.map((name) => `${name} ${String(column(name)[row])}`).join(", ");
      throw new InputError(
        `two rows of ${contender} have ${which}: name the column in which they differ in \`by\`, or ` +
          "filter the table",
      );
    }
    group.rows.set(at, row);
  }
  return [...groups.values()];
}

/** Returns a metric of the group, one value per replicate. */
export function samplesOf(runs: GroupedRuns, { rows }: Group, figure: string): Float64Array {
  const column = runs.column(figure);
  return Float64Array.from(rows.values(), (row) => Number(column[row] ?? NaN));
}

/** Returns a metric of two groups, one value of each per replicate that both groups have. */
export function pairsOf(
  runs: GroupedRuns,
  one: Group,
  other: Group,
  figure: string,
): readonly [Float64Array, Float64Array] {
  const column = runs.column(figure);
  const shared = [...one.rows.keys()].filter((replicate) => other.rows.has(replicate));
  const of = (group: Group): Float64Array =>
    Float64Array.from(shared, (replicate) => Number(column[group.rows.get(replicate)!] ?? NaN));
  return [of(one), of(other)];
}

/** Throws InputError for a metric that the runs do not have. */
export function checkFigures(runs: GroupedRuns, figures: readonly string[]): void {
  for (const figure of figures) {
    if (runs.figures.includes(figure)) continue;
    throw new InputError(
      `unknown metric: ${figure}${didYouMean(figure, runs.figures)}; the runs have: ` +
        runs.figures.join(", "),
    );
  }
}
