import { join } from "node:path";
import { InputError } from "../errors.js";
import { writeFileAtomic, writeJson } from "../files.js";
import { LEAST_PAIRS } from "../metrics/paired.js";
import { compareReplicates } from "../study/compare-replicates.js";
import { dealSettings } from "../study/deal-settings.js";
import {
  differencesTable,
  policiesOf,
  replicateDifferences,
  replicateMeans,
  type Difference,
  type ReplicateMean,
} from "../study/differences.js";
import { firstStepOf, type ReplicateRun } from "../study/replicate-run.js";
import { type RunMetricName } from "../simulate/metrics/catalogue.js";
import { replicatesTable } from "../simulate/tables.js";
import { parseTrace } from "../trace/open.js";
import { planReplicates } from "../trace/replicates.js";
import { nameBounds } from "./basis.js";
import { qualityParagraph } from "./data-quality.js";
import { markOutFolder } from "./out-folder.js";
import { withProgress } from "./progress-bar.js";
import type { SimulationCommandOptions } from "./simulation-options.js";
import type { Streams } from "./streams.js";
import { writeNumber } from "../write-numbers.js";
import { formatCell, textTable } from "./text-table.js";
import { namedTrace, toOpenOptions } from "./trace-options.js";
import { describeUnreachedMarks } from "./unreached-marks.js";

/** What `compare` takes beside the options that it shares with `simulate`. */
export interface ReplicateCommandOptions {
  readonly policy: readonly string[];
  readonly seeds?: number;
  readonly windows?: number;
  readonly windowSteps?: number;
  readonly baseline?: string;
  readonly workers: number;
}

/** Figures of the printed table, which has to fit a screen. */
const PRINTED: readonly RunMetricName[] = [
  "utilization",
  "gini",
  "lcViolations",
  "lcHarmed",
  "beThroughput",
  "migrationGb",
];

/** True where repetitions are asked for. Throws InputError for options that mean nothing without them. */
export function isRepeated({ seeds, windows, windowSteps, baseline }: ReplicateCommandOptions): boolean {
  if (seeds !== undefined || windows !== undefined) return true;
  const idle =
    baseline !== undefined ? "--baseline" : windowSteps !== undefined ? "--window-steps" : undefined;
  if (idle !== undefined)
    throw new InputError(`${idle} without repetitions; give --seeds or --windows as well`);
  return false;
}

/** `schedlab compare TRACE --seeds N` or `--windows N`: means with intervals, and what differs from the baseline. */
export async function compareRepeatedly(
  argument: string | undefined,
  options: SimulationCommandOptions & ReplicateCommandOptions,
  { stdout, stderr }: Streams,
): Promise<void> {
  const { policy, seeds, windows, windowSteps, workers, sharing, migration, out } = options;
  const settings = dealSettings(options.set, policy);
  const baseline = chooseBaseline(options);
  const trace = namedTrace(argument, options);
  let quality = "";
  const runs = await withProgress(stderr, async (onProgress) => {
    const plan = { ...toOpenOptions(options, onProgress), seeds, windows, windowSteps };
    const replicates = await planReplicates(trace, plan);
    if (parseTrace(trace).format !== "synthetic") quality = qualityParagraph(await replicates[0].open());
    return compareReplicates(replicates, policy, { ...settings, sharing, migration, workers, onProgress });
  });
  stderr.write(quality + describeUnreachedMarks(runs.flat()));
  const means = replicateMeans(runs);
  const differences = replicateDifferences(runs, { baseline });
  const manifest = manifestOf(runs);
  if (out !== undefined) {
    await markOutFolder(out, "compare");
    await writeFileAtomic(join(out, "summary.csv"), replicatesTable(runs).toCSV());
    await writeFileAtomic(join(out, "differences.csv"), differencesTable(differences).toCSV());
    await writeJson(join(out, "manifest.json"), { baseline, ...manifest });
  }
  if (options.json === true) {
    const summary = replicatesTable(runs).objects();
    stdout.write(`${JSON.stringify({ summary, means, baseline, differences, manifest }, null, 2)}\n`);
    return;
  }
  stdout.write(meansTable(policiesOf(runs), means, differences));
  stdout.write(`\n${legend(baseline, runs.length)}${basis(runs)}${nameBounds(runs[0])}`);
  if (out !== undefined) stdout.write(`all figures of all repetitions, differences and manifest: ${out}\n`);
}

function chooseBaseline({ baseline, policy }: ReplicateCommandOptions): string {
  if (baseline === undefined) return policy.includes("no-migration") ? "no-migration" : policy[0];
  if (policy.includes(baseline)) return baseline;
  throw new InputError(
    `unknown baseline: ${baseline}; give one of the policies compared: ${policy.join(", ")}`,
  );
}

/** What each repetition rests on; within one, manifests differ in the policy alone. */
function manifestOf(runs: readonly (readonly ReplicateRun[])[]): object {
  const [{ schedlab }] = runs[0].map(({ manifest }) => manifest);
  return {
    schedlab,
    policies: runs[0].map(({ manifest }) => manifest.policy),
    repetitions: runs.map(([{ manifest }]) => ({
      workload: manifest.workload,
      simulation: manifest.simulation,
    })),
  };
}

function meansTable(
  policies: readonly string[],
  means: readonly ReplicateMean[],
  differences: readonly Difference[],
): string {
  return textTable(
    policies.map((policy) => {
      const row: Record<string, string> = { policy };
      for (const metric of PRINTED) {
        const mean = means.find((entry) => entry.policy === policy && entry.metric === metric)!;
        const found = differences.find((entry) => entry.policy === policy && entry.metric === metric);
        row[metric] = [withArm(mean), MARKS[found?.verdict ?? "no difference"]].filter(Boolean).join(" ");
      }
      return row;
    }),
  );
}

const MARKS: Readonly<Record<Difference["verdict"], string>> = {
  higher: "higher",
  lower: "lower",
  "no difference": "",
  "too few repetitions": "",
};

/** A mean with the longer arm of its interval, to two digits. */
function withArm({ mean, low, high }: ReplicateMean): string {
  if (Number.isNaN(low)) return formatCell(mean);
  return `${formatCell(mean)} ±${writeNumber(Math.max(mean - low, high - mean), 2)}`;
}

function legend(baseline: string, repetitions: number): string {
  if (repetitions < LEAST_PAIRS) {
    return (
      `means of ${repetitions} repetitions: too few for intervals and verdicts, which take ` +
      `${LEAST_PAIRS} (better 10)\n`
    );
  }
  return (
    `mean ± the longer arm of its 95 % bootstrap interval; higher, lower: than ${baseline}, paired by repetition,\n` +
    "adjusted for the number of policies (Holm); unmarked: no difference shown\n"
  );
}

function basis(runs: readonly (readonly ReplicateRun[])[]): string {
  const { workload, simulation } = runs[0][0].manifest;
  const last = runs[runs.length - 1][0].manifest;
  const hours = Math.round((workload.steps * workload.stepSeconds) / 360) / 10;
  const over =
    "firstStep" in workload.options
      ? `windows that begin at steps ${firstStepOf(runs[0][0].manifest)} to ${firstStepOf(last)}`
      : `seeds ${simulation.seed} to ${last.simulation.seed}`;
  return (
    `${workload.source}: ${workload.machines} machines, ${workload.steps} steps (${hours} ` +
    `h), ${runs.length} repetitions (${over}); ` +
    `usage ${workload.usage}; LC is ${workload.lcRule}\n`
  );
}
