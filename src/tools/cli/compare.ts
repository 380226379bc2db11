import { LINE_UP, POLICIES } from "../../policies/index.js";
import { isBound, type Manifest } from "../../simulate/manifest.js";
import { basisOf, describeOrder, nameBounds } from "./basis.js";
import { chooseColumns, comparisonCsv, comparisonText, type ComparisonOptions } from "./comparison.js";
import { compareRepeatedly, isRepeated, type ReplicateCommandOptions } from "./compare-replicates.js";
import { checkOutFolder } from "../../base/out-folder.js";
import { runOnce } from "./run-once.js";
import type { SimulationCommandOptions } from "./simulation-options.js";
import { widthOf, type Streams } from "./streams.js";

/** The options of `schedlab compare`. */
export interface CompareOptions extends SimulationCommandOptions, ReplicateCommandOptions, ComparisonOptions {
  /** Names and paths, or "all" alone. Default: LINE_UP. */
  readonly policy?: readonly string[];
}

/** Simulates several policies on one trace, once or over replicates, and prints one row for each. */
export async function compare(
  argument: string | undefined,
  { policy = LINE_UP, ...rest }: CompareOptions,
  streams: Streams,
): Promise<void> {
  const policies = policy.join() === "all" ? POLICIES.map(({ name }) => name) : policy;
  const options = { ...rest, policies };
  if (options.out !== undefined) await checkOutFolder(options.out, "compare");
  if (isRepeated(options)) await compareRepeatedly(argument, options, streams);
  else await compareOnce(argument, options, streams);
}

async function compareOnce(
  argument: string | undefined,
  options: SimulationCommandOptions & ComparisonOptions & { readonly policies: readonly string[] },
  { stdout, stderr }: Streams,
): Promise<void> {
  const { out, csv, markdown: isMarkdown } = options;
  const choice = chooseColumns(options);
  const { runs, workload } = await runOnce("compare", argument, options, stderr);
  const summary = runs.map(({ scenario, result }) => ({ policy: scenario.policy.name, ...result.figures }));
  if (options.json === true) {
    stdout.write(`${JSON.stringify({ summary, manifest: manifestOf(runs) }, null, 2)}\n`);
    return;
  }
  const rows = runs.map(({ scenario, result, manifest }) => ({
    policy: scenario.policy.name,
    values: result.figures,
    competes: !isBound({ manifest }),
  }));
  if (csv === true) {
    stdout.write(comparisonCsv(rows, choice));
    return;
  }
  const written = out === undefined ? "" : `tables and manifests: ${out}\n`;
  const basis = basisOf(workload) + describeOrder(runs) + nameBounds(runs) + written;
  stdout.write(comparisonText(rows, choice, { width: widthOf(stdout), isMarkdown, basis }));
}

/** Returns one manifest for all runs, which differ only in the policy. */
function manifestOf(runs: readonly { readonly manifest: Manifest }[]): object {
  const { policy: _, ...shared } = runs[0].manifest;
  return { ...shared, policies: runs.map(({ manifest }) => manifest.policy) };
}
