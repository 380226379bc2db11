/** Simulated links beside the closed forms. */
import { table, type ColumnTable } from "arquero";
import { meanOf } from "../../metrics/statistics.js";
import { slowdowns } from "./control.js";
import { bigSwitch } from "./network.js";
import { oneLink, type OneLinkDiscipline } from "./queue/one-link.js";
import { runFlows } from "./run-flows.js";
import { meanBytes, type SizeDistribution } from "./sizes/distribution.js";
import { generateFlows } from "./sizes/generate.js";

export interface ClosedFormCase {
  readonly sizes: SizeDistribution;
  readonly load: number;
  readonly discipline: Extract<OneLinkDiscipline, "ps" | "srpt" | "mlfq">;
  readonly thresholds?: ArrayLike<number>;
}

/**
 * Returns a table with a row for each case: mean slowdown and mean completion time (in units of mean size
 * over link rate) in closed form and simulated, with the standard errors of the simulated means over the
 * seeds.
 */
export function againstClosedForms(
  cases: readonly ClosedFormCase[],
  { seeds, flows: count }: { readonly seeds: readonly number[]; readonly flows: number },
): ColumnTable {
  const network = bigSwitch(2);
  const rows = cases.map(({ sizes, load, discipline, thresholds = [] }) => {
    const closed = oneLink(sizes, load, discipline, { thresholds });
    const runs = seeds.map((seed) => {
      const flows = generateFlows(sizes, network, { load, flows: count, pairs: "one", seed });
      return runFlows(flows, network, discipline === "srpt" ? { order: "remaining" } : { thresholds });
    });
    const alone = meanBytes(sizes) / network.up[0];
    const slowdown = meanAndError(runs.map((run) => meanOf(slowdowns(run))));
    const time = meanAndError(runs.map(({ completionTime }) => meanOf(completionTime) / alone));
    return {
      ...{ workload: sizes.name, load, discipline },
      ...{ slowdown: closed.slowdown, simulatedSlowdown: slowdown.mean, slowdownError: slowdown.error },
      ...{ completionTime: closed.completionTime, simulatedTime: time.mean, timeError: time.error },
    };
  });
  const names = Object.keys(rows[0]) as (keyof (typeof rows)[number])[];
  return table(Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])])));
}

function meanAndError(values: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}
