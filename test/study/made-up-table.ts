import { table, type ColumnTable } from "arquero";
import type { Run } from "../../src/simulate/simulate.js";
import { joinLong } from "../../src/study/long-tables.js";

/** The columns that identify made-up runs; a replicate's seed is its number, from 1. */
function axesOf(replicates: readonly (readonly Run[])[]): Record<string, (string | number)[]> {
  const runs = replicates.flat();
  return {
    trace: runs.map(({ manifest }) => manifest.workload.source),
    machines: runs.map(({ manifest }) => manifest.workload.machines),
    steps: runs.map(({ manifest }) => manifest.workload.steps),
    lcRule: runs.map(({ manifest }) => manifest.workload.lcRule),
    usage: runs.map(({ manifest }) => manifest.workload.usage),
    sharing: runs.map(({ manifest }) => manifest.simulation.sharing),
    migration: runs.map(({ manifest }) => manifest.simulation.migration),
    policy: runs.map(({ policy }) => policy),
    seed: replicates.flatMap((of, i) => of.map(() => i + 1)),
  };
}

/** Returns made-up runs, a list for each replicate, in the form of the table of `experiment`. */
export function tableOfRuns(replicates: readonly (readonly Run[])[]): ColumnTable {
  const runs = replicates.flat();
  const names = Object.keys(runs[0].summary).filter((name) => name !== "policy") as "gini"[];
  return table({
    ...axesOf(replicates),
    ...Object.fromEntries(names.map((name) => [name, runs.map(({ summary }) => summary[name])])),
  });
}

/** Returns their steps in the form of the long table of `experiment`. */
export function stepsOfRuns(replicates: readonly (readonly Run[])[]): ColumnTable {
  return joinLong(
    axesOf(replicates),
    replicates.flat().map(({ steps }) => steps),
  );
}
