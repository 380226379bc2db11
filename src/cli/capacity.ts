import { availableParallelism } from "node:os";
import { join } from "node:path";
import { InvalidArgumentError, type Command } from "commander";
import { capacityChart, capacityTable, limitOf } from "../charts/capacity.js";
import type { Text } from "../charts/figure.js";
import { parseDecimal } from "../decimal.js";
import { exportFigure } from "../export/figure-files.js";
import { exportTable } from "../export/table-files.js";
import { dealSettings } from "../study/deal-settings.js";
import { carryingCapacity, type CapacityPoint } from "../study/capacity/capacity.js";
import { collectQuality } from "./data-quality.js";
import { decimalNumber, wholeNumber } from "./numbers.js";
import { checkOutFolder, markOutFolder } from "./out-folder.js";
import { withProgress } from "./progress-bar.js";
import { addSetOption } from "./set-options.js";
import { addModelOptions, type SimulationCommandOptions } from "./simulation-options.js";
import type { Streams } from "./streams.js";
import { textTable, type Cell } from "./text-table.js";
import { addTraceOptions, namedTrace, toOpenOptions } from "./trace-options.js";

interface CapacityCommandOptions extends SimulationCommandOptions {
  readonly policy: readonly string[];
  readonly violations: readonly number[];
  readonly seeds: number;
  readonly max: number;
  readonly workers: number;
}

const MEANING = `
For each policy and level: the most best-effort work, as a multiple of the trace's own, at which the
violations that it adds to latency-critical (LC) work stay at or below the level while at most 5 % of it
(or 1 % of the trace's) is left undone. Added violations are the greater increase, over LC work alone, of LC load above the tail
SLO (a queueing model) and of LC task-steps short of CPU. The search is a bisection for each seed; the
table has means over seeds. \`limit\` says why it is not more: violations, undone, or range (it may be more).

Two references are searched as well: no-co-location, with LC and best-effort tasks on machines of their
own, and perfectly-even, with best-effort work as a fluid that needs no requests, memory or migrations.

Example:
  $ schedlab capacity synthetic --machines 100 --policy no-migration,gini-greedy --seeds 5 --sharing fair`;

/** `schedlab capacity TRACE`: how much best-effort work each policy carries before latency-critical work suffers. */
export function addCapacity(program: Command, { stdout, stderr }: Streams): void {
  const command = addModelOptions(
    addTraceOptions(
      program.command("capacity").description("find how much best-effort work each policy carries"),
    ),
  )
    .option("--policy <names>", "the policies, separated by commas", names, [
      "no-migration",
      "threshold",
      "gini-greedy",
      "steal-time",
    ])
    .option(
      "--violations <shares>",
      "shares of LC work that may be violated, separated by commas",
      shares,
      [0.001, 0.01, 0.05],
    )
    .option("--seeds <n>", "repetitions, from --seed on", wholeNumber({ min: 1, max: 10_000 }), 5)
    .option("--max <factor>", "largest multiple of best-effort work to try", decimalNumber({ min: 0.01 }), 4)
    .option("--workers <n>", "worker threads", wholeNumber({ min: 1, max: 1024 }), availableParallelism())
    .option("--out <dir>", "folder for the chart and its table")
    .option("--json", "print one JSON object");
  addSetOption(command)
    .addHelpText("after", MEANING)
    .action(async (argument: string | undefined, options: CapacityCommandOptions) => {
      const { policy, violations, seeds: count, max, workers, sharing, migration, out, json } = options;
      if (out !== undefined) await checkOutFolder(out, "capacity");
      const trace = namedTrace(argument, options);
      const { seed = 1, onProgress: _, ...open } = toOpenOptions(options);
      const seeds = Array.from({ length: count }, (_seed, i) => seed + i);
      const study = { trace, open, seeds, policies: policy, levels: violations, max, sharing, migration };
      const settings = dealSettings(options.set, policy);
      const quality = collectQuality();
      const { onWorkload } = quality;
      const points = await withProgress(stderr, (onProgress) =>
        carryingCapacity({ ...study, ...settings, workers, onProgress, onWorkload }),
      );
      stderr.write(quality.text());
      if (out !== undefined) {
        await markOutFolder(out, "capacity");
        await exportAll(out, points, describeStudy(study));
      }
      if (json === true) {
        stdout.write(`${JSON.stringify({ study: { ...study, ...settings }, points }, null, 2)}\n`);
        return;
      }
      stdout.write(textTable(points.map(row)));
      stdout.write(`\n${describeStudy(study).en}\n`);
      if (out !== undefined) stdout.write(`chart and table: ${out}\n`);
    });
}

function row({ factor, violations, figures, ...point }: CapacityPoint): Record<string, Cell> {
  return {
    policy: point.policy,
    allowed: point.level,
    carried: factor.mean,
    low: factor.low,
    high: factor.high,
    limit: limitOf({ factor, violations, figures, ...point }),
    utilization: figures.utilization.mean,
    gini: figures.gini.mean,
    migrationGb: figures.migrationGb.mean,
    beThroughput: figures.beThroughput.mean,
    pending: figures.pending.mean,
    lcHarmed: figures.lcHarmed.mean,
  };
}

function describeStudy({
  trace,
  seeds,
  sharing = "lc-first",
  migration = "pre-copy",
}: {
  trace: string;
  seeds: readonly number[];
  sharing?: string;
  migration?: string;
}): Text {
  const range = seeds.length === 1 ? `${seeds[0]}` : `${seeds[0]}-${seeds[seeds.length - 1]}`;
  return {
    en:
      `Trace ${trace}, seeds ${range}; ${sharing} sharing, ${migration} migration; intervals ` +
      "are 95 % bootstrap over the seeds.",
    zh: `轨迹 ${trace}，种子 ${range}；${sharing} 共享，${migration} 迁移；区间为各种子上的 95 % 自助法区间。`,
  };
}

async function exportAll(folder: string, points: readonly CapacityPoint[], caption: Text): Promise<void> {
  await exportFigure(capacityChart(points, { caption }), join(folder, "capacity"));
  await exportTable(capacityTable(points), join(folder, "capacity-table"));
}

function names(text: string): string[] {
  return text.split(",").map((name) => name.trim());
}

function shares(text: string): number[] {
  return text.split(",").map((part) => {
    const value = parseDecimal(part.trim());
    if (value === undefined || !(value > 0 && value < 1))
      throw new InvalidArgumentError("Give shares above 0 and below 1, such as .001,.01,.05.");
    return value;
  });
}
