/** Simulated links beside the closed forms. */
import { from, type ColumnTable } from "arquero";
import { meanOf } from "../../metrics/statistics.js";
import {
  ANYTHING,
  checkKeys,
  checkValue,
  listOf,
  oneOf,
  SEEDS,
  whole,
  type Checks,
} from "../../base/checks.js";
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
  /** Bytes; for "mlfq" only. */
  readonly thresholds?: ArrayLike<number>;
}

export interface AgainstOptions {
  readonly seeds: readonly number[];
  /** Flows of each run. */
  readonly flows: number;
}

const OPTIONS: Checks<AgainstOptions> = { seeds: SEEDS, flows: whole() };
// `oneLink` checks the others.
const CASE: Checks<ClosedFormCase> = {
  ...{ sizes: ANYTHING, load: ANYTHING, thresholds: ANYTHING },
  discipline: oneOf(["ps", "srpt", "mlfq"]),
};

/**
 * Returns a table with a row for each case: mean slowdown and mean completion time (in units of mean size
 * over link rate) in closed form and simulated, with the standard errors of the simulated means over the
 * seeds. Throws InputError as `oneLink` does, and for a discipline that is not simulated.
 */
export function againstClosedForms(cases: readonly ClosedFormCase[], options: AgainstOptions): ColumnTable {
  checkKeys("againstClosedForms", options, OPTIONS);
  checkValue("cases of againstClosedForms", cases, listOf(ANYTHING));
  cases.forEach((one, i) => {
    checkKeys(`case ${i} of againstClosedForms`, one, CASE);
  });
  const { seeds, flows: count } = options;
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
  return from(rows);
}

function meanAndError(values: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}
