import { availableParallelism } from "node:os";
import { join } from "node:path";
import { InvalidArgumentError, type Command } from "commander";
import { capacityChart, capacityTable } from "../../charts/capacity.js";
import { asShare } from "../../base/parameters.js";
import { parseDecimal } from "../../base/decimal.js";
import { exportFigure } from "../../charts/export/figure-files.js";
import { exportTable } from "../../charts/export/table-files.js";
import { writeFileAtomic } from "../../base/files.js";
import { carryingCapacity } from "../../study/capacity/capacity.js";
import { capacityPoints, type CapacityPoint } from "../../study/capacity/points.js";
import type { Experiment } from "../../study/design.js";
import { collectQuality } from "./data-quality.js";
import { commaSeparated, experimentOf } from "./experiment-options.js";
import { decimalNumber, wholeNumber } from "./numbers.js";
import { checkOutFolder, markOutFolder } from "../../base/out-folder.js";
import { withProgress } from "./progress-bar.js";
import { addSetOption } from "./set-options.js";
import { addModelOptions, type SimulationCommandOptions } from "./simulation-options.js";
import type { Streams } from "./streams.js";
import { textTable, type Cell } from "./text-table.js";
import { addTraceOptions, namedTrace } from "./trace-options.js";

interface CapacityCommandOptions extends SimulationCommandOptions {
  readonly policy: readonly string[];
  readonly violations: readonly number[];
  readonly seeds: number;
  readonly max: number;
  readonly workers: number;
}

const MEANING = `
For each policy and level, the command finds how much best-effort work the cluster carries, as a multiple
of the trace's own: the added violations of latency-critical (LC) work must not exceed the level, and at
most 5 % of the best-effort work (or 1 % of the trace's) may remain undone. Added violations are the larger
of two increases over LC work alone: LC load above the tail SLO (a queueing model), and LC task-steps short
of CPU. The search is a bisection for each seed; the table has means over seeds. \`limit\` says what ended
the search: violations, undone, or range (the largest factor was carried, so the true value may be higher).

Two references are searched as well: no-co-location, with LC and best-effort tasks on separate machines,
and perfectly-even, with best-effort work as a fluid that needs no requests, memory or migrations.

Example:
  $ schedlab capacity synthetic --machines 100 --policy no-migration,gini-greedy --seeds 5 --sharing fair`;

interface Study extends Experiment {
  readonly trace: string;
  readonly seeds: { readonly from: number; readonly count: number };
}

/**
 * `schedlab capacity TRACE`: how much best-effort work each policy carries before latency-critical work
 * suffers.
 */
export function addCapacity(program: Command, { stdout, stderr }: Streams): void {
  const command = addModelOptions(
    addTraceOptions(
      program.command("capacity").description("find how much best-effort work each policy carries"),
    ),
  )
    .option(
      "--policy <names>",
      "the policies, separated by commas: names, or paths of modules",
      commaSeparated,
      ["no-migration", "threshold", "gini-greedy", "steal-time"],
    )
    .option(
      "--violations <shares>",
      "shares of LC work that may be violated, separated by commas",
      shares,
      [0.001, 0.01, 0.05],
    )
    .option(
      "--seeds <n>",
      "number of replicates, whose seeds begin at --seed",
      wholeNumber({ min: 1, max: 10_000 }),
      5,
    )
    .option("--max <factor>", "largest multiple of best-effort work to try", decimalNumber({ min: 0.01 }), 4)
    .option("--workers <n>", "worker threads", wholeNumber({ min: 1, max: 1024 }), availableParallelism())
    .option("--out <dir>", "folder for the chart and its table")
    .option("--json", "print one JSON object");
  addSetOption(command)
    .addHelpText("after", MEANING)
    .action(async (argument: string | undefined, options: CapacityCommandOptions) => {
      const { policy, violations, seeds: count, max, workers, out, json } = options;
      if (out !== undefined) await checkOutFolder(out, "capacity");
      const trace = namedTrace(argument, options);
      const { seed = 1 } = options;
      const study: Study = {
        trace,
        policies: policy,
        seeds: { from: seed, count },
        ...experimentOf(options),
      };
      const quality = collectQuality();
      const found = await withProgress(stderr, (onProgress) =>
        carryingCapacity(study, {
          levels: violations,
          max,
          workers,
          onProgress,
          onWorkload: quality.onWorkload,
        }),
      );
      stderr.write(quality.text());
      const points = capacityPoints(found);
      if (out !== undefined) {
        await markOutFolder(out, "capacity");
        await exportFigure(capacityChart(found), join(out, "capacity"));
        await exportTable(capacityTable(found), join(out, "capacity-table"));
        await writeFileAtomic(join(out, "searches.csv"), found.toCSV());
      }
      if (json === true) {
        stdout.write(`${JSON.stringify({ study, points, searches: found.objects() }, null, 2)}\n`);
        return;
      }
      stdout.write(textTable(points.map(row)));
      stdout.write(`\n${describe(study)}\n`);
      if (out !== undefined) stdout.write(`chart, its table and the searches: ${out}\n`);
    });
}

function row({ policy, level, factor, limit, figures }: CapacityPoint): Record<string, Cell> {
  return {
    policy,
    allowed: level,
    carried: factor.mean,
    low: factor.low,
    high: factor.high,
    limit,
    utilization: figures.utilization.mean,
    gini: figures.gini.mean,
    migrationGb: figures.migrationGb.mean,
    beThroughput: figures.beThroughput.mean,
    pending: figures.pending.mean,
    lcHarmed: figures.lcHarmed.mean,
  };
}

function describe({ trace, seeds, sharing = "lc-first", migration = "pre-copy" }: Study): string {
  const { from, count } = seeds;
  const range = count === 1 ? `${from}` : `${from}-${from + count - 1}`;
  return (
    `Trace ${trace}, seeds ${range}; ${String(sharing)} sharing, ${String(migration)} migration; intervals ` +
    "are 95 % bootstrap over the seeds."
  );
}

function shares(text: string): number[] {
  return text.split(",").map((part) => {
    const value = parseDecimal(part.trim());
    if (value !== undefined && value > 0 && value < 1) return value;
    const remedy = value !== undefined && value >= 1 && value < 100 ? `: ${asShare(value)}` : "";
    throw new InvalidArgumentError(`Give shares above 0 and below 1, such as .001,.01,.05${remedy}.`);
  });
}
