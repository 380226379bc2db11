import { join } from "node:path";
import { from } from "arquero";
import { tableCsv } from "../../base/csv.js";
import { InputError } from "../../base/errors.js";
import { writeFileAtomic, writeJson } from "../../base/files.js";
import { LEAST_PAIRS } from "../../metrics/paired.js";
import { readDesign, type Design } from "../../study/design.js";
import {
  differences,
  means,
  type DifferenceRow,
  type MeanRow,
  type Verdict,
} from "../../study/differences.js";
import { tableOf } from "../../study/experiment.js";
import { resultColumns } from "../../study/result-table.js";
import { runDesign, type Done } from "../../study/run-design.js";
import { listScenarios, workloadKey } from "../../study/scenarios.js";
import type { RunTask } from "../../study/worker.js";
import { isBound } from "../../simulate/manifest.js";
import { COMPARED, RUN_METRICS } from "../../simulate/metrics/catalogue.js";
import type { Metric } from "../../simulate/metrics/metric.js";
import { describeOrder, nameBounds } from "./basis.js";
import { chooseColumns, comparisonText, type ComparisonOptions, type PolicyRow } from "./comparison.js";
import { collectQuality } from "./data-quality.js";
import { experimentOf } from "./experiment-options.js";
import { markOutFolder } from "../../base/out-folder.js";
import { sortRows } from "./metric-table.js";
import { withProgress } from "./progress-bar.js";
import type { SimulationCommandOptions } from "./simulation-options.js";
import { widthOf, type Streams } from "./streams.js";
import { namedTrace } from "./trace-options.js";
import { describeUnreachedMarks } from "./unreached-marks.js";

/** The options of `compare` that `simulate` does not have. */
export interface ReplicateCommandOptions {
  readonly seeds?: number;
  readonly windows?: number;
  readonly windowSteps?: number;
  readonly baseline?: string;
  readonly workers: number;
}

/** Whether replicates are requested. Throws InputError for options that need replicates. */
export function isRepeated({ seeds, windows, windowSteps, baseline }: ReplicateCommandOptions): boolean {
  if (seeds !== undefined || windows !== undefined) return true;
  const idle =
    baseline !== undefined ? "--baseline" : windowSteps !== undefined ? "--window-steps" : undefined;
  if (idle !== undefined) throw new InputError(`${idle} needs replicates; give --seeds or --windows as well`);
  return false;
}

/**
 * `schedlab compare TRACE --seeds N` or `--windows N`: means with intervals, and differences from the
 * baseline.
 */
export async function compareRepeatedly(
  argument: string | undefined,
  options: SimulationCommandOptions &
    ReplicateCommandOptions &
    ComparisonOptions & { readonly policies: readonly string[] },
  { stdout, stderr }: Streams,
): Promise<void> {
  const choice = chooseColumns(options);
  const { policies, seed = 1, seeds: count, windows, windowSteps, workers, out } = options;
  if (count !== undefined && windows !== undefined)
    throw new InputError(`${count} seeds and ${windows} windows: give one of the two`);
  const seeds = count === undefined ? seed : { from: seed, count };
  const trace = namedTrace(argument, options);
  const design = await readDesign(
    {
      trace,
      policies,
      seeds,
      windows,
      windowSteps,
      ...experimentOf(options),
    },
    { keyOfSet: "--set key" },
  );
  const baseline = chooseBaseline(options, design);
  refuseOneWorkload(design);
  const quality = collectQuality(widthOf(stderr));
  const runs = await withProgress(stderr, (onProgress) =>
    runDesign(design, { kind: "run" } as const, { workers, onProgress, onWorkload: quality.onWorkload }),
  );
  stderr.write(
    quality.text() + describeUnreachedMarks(runs.map(({ result, manifest }) => ({ ...result, manifest }))),
  );
  const table = tableOf(
    resultColumns(
      runs,
      design.set.map(({ key }) => key),
    ),
  );
  const needed = new Set<string>([...COMPARED, ...[...choice.metrics, choice.sort].map(({ name }) => name)]);
  const metrics = RUN_METRICS.filter((name) => needed.has(name));
  const averages = means(table, { metrics });
  const found = differences(table, { baseline, metrics });
  const manifest = manifestOf(runs, design);
  if (out !== undefined) {
    await markOutFolder(out, "compare");
    await writeFileAtomic(join(out, "summary.csv"), tableCsv(table));
    await writeFileAtomic(join(out, "differences.csv"), tableCsv(found));
    await writeJson(join(out, "manifest.json"), { baseline, ...manifest });
  }
  if (options.json === true) {
    const [summary, rows, changes] = [table, averages, found].map((from) => from.objects());
    stdout.write(
      `${JSON.stringify({ summary, means: rows, baseline, differences: changes, manifest }, null, 2)}\n`,
    );
    return;
  }
  const rows = policyRows(averages.objects() as MeanRow[], found.objects() as DifferenceRow[], runs);
  if (options.csv === true) {
    stdout.write(meansCsv(sortRows(rows, choice.sort), choice.metrics));
    return;
  }
  const written =
    out === undefined ? "" : `all metrics of all replicates, differences and manifest: ${out}\n`;
  stdout.write(
    comparisonText(rows, choice, {
      width: widthOf(stdout),
      isMarkdown: options.markdown,
      legend: legend(baseline, runs.length / design.policies.length),
      basis: basis(runs, design) + describeOrder(runs) + nameBounds(runs) + written,
    }),
  );
}

/** Throws InputError where all seeds give the same workload, as for a saved workload that is kept whole. */
function refuseOneWorkload(design: Design): void {
  const keys = new Set(listScenarios(design).map(({ workload }) => workloadKey(workload)));
  if (design.windows !== undefined || design.seeds.length === 1 || keys.size > 1) return;
  throw new InputError(
    `the seeds make no difference for ${design.traces[0].name}: each keeps the same machines; give ` +
      "fewer machines, or windows in place of seeds",
  );
}

function chooseBaseline({ baseline }: ReplicateCommandOptions, { policies }: Design): string {
  const names = policies.map(({ name }) => name);
  if (baseline === undefined) return names.includes("no-migration") ? "no-migration" : names[0];
  if (names.includes(baseline)) return baseline;
  throw new InputError(
    `unknown baseline: ${baseline}; give one of the policies compared: ${names.join(", ")}`,
  );
}

type Runs = readonly Done<RunTask>[];

/** Returns the manifest of each replicate once; within a replicate, manifests differ only in the policy. */
function manifestOf(runs: Runs, { policies }: Design): object {
  const ofFirst = runs.filter(({ scenario }) => scenario.policy.name === policies[0].name);
  const [{ manifest: first, scenario }] = ofFirst;
  const ofReplicate = runs.filter((run) => run.scenario.simulation.seed === scenario.simulation.seed);
  return {
    schedlab: first.schedlab,
    policies: ofReplicate.map(({ manifest }) => manifest.policy),
    replicates: ofFirst.map(({ manifest: { workload, simulation } }) => ({ workload, simulation })),
  };
}

/** A policy's means, and how it differs from the baseline in each metric. */
interface ReplicatedRow extends PolicyRow {
  readonly means: Readonly<Record<string, MeanRow>>;
  readonly verdicts: Readonly<Record<string, Verdict>>;
}

function policyRows(
  means: readonly MeanRow[],
  changes: readonly DifferenceRow[],
  runs: Runs,
): ReplicatedRow[] {
  const bounds = new Set(runs.filter(isBound).map(({ scenario }) => scenario.policy.name));
  return [...new Set(means.map(({ policy }) => policy))].map((policy) => {
    const own = means.filter((row) => row.policy === policy);
    const verdicts = changes
      .filter((row) => row.policy === policy)
      .map(({ metric, verdict }) => [metric, verdict] as const);
    const byMetric = <T>(read: (row: MeanRow) => T): Record<string, T> =>
      Object.fromEntries(own.map((row) => [row.metric, read(row)]));
    return {
      policy,
      competes: !bounds.has(policy),
      means: byMetric((row) => row),
      values: byMetric(({ mean }) => mean),
      arms: byMetric(({ mean, low, high }) => Math.max(mean - low, high - mean)),
      verdicts: Object.fromEntries(verdicts),
      marks: Object.fromEntries(verdicts.map(([metric, verdict]) => [metric, MARKS[verdict]])),
    };
  });
}

/** Returns the means as CSV, a row for each policy and metric, with values as computed. */
function meansCsv(rows: readonly ReplicatedRow[], metrics: readonly Metric[]): string {
  const cells = rows.flatMap(({ means, verdicts }) =>
    metrics.map(({ name }) => ({ ...means[name], verdict: verdicts[name] ?? "" })),
  );
  return tableCsv(from(cells));
}

const MARKS: Readonly<Record<Verdict, string>> = {
  higher: ">",
  lower: "<",
  "no difference": "",
  "too few replicates": "",
};

function legend(baseline: string, replicates: number): string {
  if (replicates < LEAST_PAIRS) {
    return (
      `means of ${countOf(replicates)}: too few for intervals and verdicts, which need ` +
      `${LEAST_PAIRS} (better 10)`
    );
  }
  return (
    `mean ± the longer arm of its 95 % bootstrap interval; <, >: lower, higher than ${baseline}, paired by ` +
    "replicate, adjusted for the number of policies (Holm); unmarked: no difference shown"
  );
}

function countOf(replicates: number): string {
  return replicates === 1 ? "one replicate" : `${replicates} replicates`;
}

function rangeOf(what: string, first = 0, last = first): string {
  return first === last ? `${what} ${first}` : `${what}s ${first} to ${last}`;
}

function basis(runs: Runs, { windows }: Design): string {
  const { workload, simulation } = runs[0].manifest;
  const last = runs[runs.length - 1];
  const hours = Math.round((workload.steps * workload.stepSeconds) / 360) / 10;
  const count = new Set(runs.map(({ scenario }) => scenario.simulation.seed)).size;
  const over =
    windows === undefined
      ? rangeOf("seed", simulation.seed, last.manifest.simulation.seed)
      : `windows that begin at ${rangeOf("step", runs[0].result.firstStep, last.result.firstStep)}`;
  return (
    `${workload.source}: ${workload.machines} machines, ${workload.steps} steps (${hours} ` +
    `h), ${countOf(count)} (${over}); ` +
    `usage ${workload.usage}; LC is ${workload.lcRule}\n`
  );
}
