import { join } from "node:path";
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
import { type RunMetricName } from "../../simulate/metrics/catalogue.js";
import { nameBounds } from "./basis.js";
import { collectQuality } from "./data-quality.js";
import { experimentOf } from "./experiment-options.js";
import { markOutFolder } from "../../base/out-folder.js";
import { withProgress } from "./progress-bar.js";
import type { SimulationCommandOptions } from "./simulation-options.js";
import type { Streams } from "./streams.js";
import { writeNumber } from "../../base/write-numbers.js";
import { formatCell, textTable } from "./text-table.js";
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

/** The metrics of the printed table, which must fit on a screen. */
const PRINTED: readonly RunMetricName[] = [
  "utilization",
  "gini",
  "lcViolations",
  "lcHarmed",
  "beThroughput",
  "migrationGb",
];

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
  options: SimulationCommandOptions & ReplicateCommandOptions & { readonly policies: readonly string[] },
  { stdout, stderr }: Streams,
): Promise<void> {
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
  const quality = collectQuality();
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
  const averages = means(table);
  const found = differences(table, { baseline });
  const manifest = manifestOf(runs, design);
  if (out !== undefined) {
    await markOutFolder(out, "compare");
    await writeFileAtomic(join(out, "summary.csv"), table.toCSV());
    await writeFileAtomic(join(out, "differences.csv"), found.toCSV());
    await writeJson(join(out, "manifest.json"), { baseline, ...manifest });
  }
  if (options.json === true) {
    const [summary, rows, changes] = [table, averages, found].map((from) => from.objects());
    stdout.write(
      `${JSON.stringify({ summary, means: rows, baseline, differences: changes, manifest }, null, 2)}\n`,
    );
    return;
  }
  stdout.write(meansTable(averages.objects() as MeanRow[], found.objects() as DifferenceRow[]));
  stdout.write(
    `\n${legend(baseline, runs.length / design.policies.length)}${basis(runs, design)}${nameBounds(runs)}`,
  );
  if (out !== undefined) stdout.write(`all metrics of all replicates, differences and manifest: ${out}\n`);
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

function meansTable(means: readonly MeanRow[], changes: readonly DifferenceRow[]): string {
  return textTable(
    [...new Set(means.map(({ policy }) => policy))].map((policy) => {
      const row: Record<string, string> = { policy };
      for (const metric of PRINTED) {
        const isHere = (entry: MeanRow | DifferenceRow): boolean =>
          entry.policy === policy && entry.metric === metric;
        const verdict = changes.find(isHere)?.verdict ?? "no difference";
        row[metric] = [withArm(means.find(isHere)!), MARKS[verdict]].filter(Boolean).join(" ");
      }
      return row;
    }),
  );
}

const MARKS: Readonly<Record<Verdict, string>> = {
  higher: "higher",
  lower: "lower",
  "no difference": "",
  "too few replicates": "",
};

/** Writes a mean with the longer arm of its interval to two digits. */
function withArm({ mean, low, high }: MeanRow): string {
  if (Number.isNaN(low)) return formatCell(mean);
  return `${formatCell(mean)} ±${writeNumber(Math.max(mean - low, high - mean), 2)}`;
}

function legend(baseline: string, replicates: number): string {
  if (replicates < LEAST_PAIRS) {
    return (
      `means of ${replicates} replicates: too few for intervals and verdicts, which need ` +
      `${LEAST_PAIRS} (better 10)\n`
    );
  }
  return (
    `mean ± the longer arm of its 95 % bootstrap interval; higher, lower: than ${baseline}, paired by ` +
    "replicate,\n" +
    "adjusted for the number of policies (Holm); unmarked: no difference shown\n"
  );
}

function basis(runs: Runs, { windows }: Design): string {
  const { workload, simulation } = runs[0].manifest;
  const last = runs[runs.length - 1];
  const hours = Math.round((workload.steps * workload.stepSeconds) / 360) / 10;
  const count = new Set(runs.map(({ scenario }) => scenario.simulation.seed)).size;
  const over =
    windows === undefined
      ? `seeds ${simulation.seed} to ${last.manifest.simulation.seed}`
      : `windows that begin at steps ${runs[0].result.firstStep} to ${last.result.firstStep}`;
  return (
    `${workload.source}: ${workload.machines} machines, ${workload.steps} steps (${hours} ` +
    `h), ${count} replicates (${over}); ` +
    `usage ${workload.usage}; LC is ${workload.lcRule}\n`
  );
}
