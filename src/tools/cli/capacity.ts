import { join } from "node:path";
import { tableCsv } from "../../base/csv.js";
import { capacityChart, capacityTable } from "../../charts/capacity.js";
import { exportFigure } from "../../charts/export/figure-files.js";
import { exportTable } from "../../charts/export/table-files.js";
import { writeFileAtomic } from "../../base/files.js";
import { carryingCapacity } from "../../study/capacity/capacity.js";
import { capacityPoints, type CapacityPoint } from "../../study/capacity/points.js";
import type { Experiment } from "../../study/design.js";
import { findMetric } from "../../simulate/metrics/catalogue.js";
import { collectQuality } from "./data-quality.js";
import { experimentOf } from "./experiment-options.js";
import { checkOutFolder, markOutFolder } from "../../base/out-folder.js";
import { metricColumn, type MetricRow } from "./metric-table.js";
import { withProgress } from "./progress-bar.js";
import type { SimulationCommandOptions } from "./simulation-options.js";
import { widthOf, type Streams } from "./streams.js";
import { layOut, textColumns, type Cell } from "./text-table.js";
import { namedTrace } from "./trace-options.js";
import { wrap } from "./wrap.js";

/** The options of `schedlab capacity`. */
export interface CapacityOptions extends SimulationCommandOptions {
  readonly policy: readonly string[];
  readonly violations: readonly number[];
  readonly seeds: number;
  readonly max: number;
  readonly workers: number;
}

interface Study extends Experiment {
  readonly trace: string;
  readonly seeds: { readonly from: number; readonly count: number };
}

/** Finds how much best-effort work each policy carries before LC work suffers, and prints it. */
export async function capacity(
  argument: string | undefined,
  options: CapacityOptions,
  { stdout, stderr }: Streams,
): Promise<void> {
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
  const quality = collectQuality(widthOf(stderr));
  const searches = await withProgress(stderr, (onProgress) =>
    carryingCapacity(study, {
      levels: violations,
      max,
      workers,
      onProgress,
      onWorkload: quality.onWorkload,
    }),
  );
  stderr.write(quality.text());
  const points = capacityPoints(searches);
  if (out !== undefined) {
    await markOutFolder(out, "capacity");
    await exportFigure(capacityChart(searches), join(out, "capacity"));
    await exportTable(capacityTable(searches), join(out, "capacity-table"));
    await writeFileAtomic(join(out, "searches.csv"), tableCsv(searches));
  }
  if (json === true) {
    stdout.write(`${JSON.stringify({ study, points, searches: searches.objects() }, null, 2)}\n`);
    return;
  }
  const width = widthOf(stdout);
  const found = points.map(valuesOf);
  const figures = SHOWN.map((name) => metricColumn(found, findMetric(name)));
  stdout.write(layOut([...textColumns(points.map(row)), ...figures], { width, keys: 2 }));
  stdout.write(`\n${wrap(describe(study), width)}`);
  if (out !== undefined) stdout.write(`chart, its table and the searches: ${out}\n`);
}

function row({ policy, level, factor, limit }: CapacityPoint): Record<string, Cell> {
  return {
    policy,
    allowed: level,
    carried: factor.mean,
    low: factor.low,
    high: factor.high,
    limit,
  };
}

/** The metrics of the printed table. */
const SHOWN = ["utilization", "gini", "migrationGb", "beThroughput", "pending", "lcHarmed"] as const;

/** The means of a point's metrics; none is the best, because points carry different amounts of work. */
function valuesOf({ figures }: CapacityPoint): MetricRow {
  const values = Object.fromEntries(SHOWN.map((name) => [name, figures[name].mean]));
  return { values, competes: false };
}

function describe({ trace, seeds, sharing = "lc-first", migration = "pre-copy" }: Study): string {
  const { from, count } = seeds;
  const range = count === 1 ? `${from}` : `${from}-${from + count - 1}`;
  return (
    `Trace ${trace}, seeds ${range}; ${String(sharing)} sharing, ${String(migration)} migration; intervals ` +
    "are 95 % bootstrap over the seeds."
  );
}
