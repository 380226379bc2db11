/** On which of its assumptions a result depends most. */
import { bootstrapMean, type Interval } from "../metrics/bootstrap.js";
import { randomStream } from "../random.js";
import type { OpenOptions } from "../trace/options.js";
import type { Workload } from "../trace/workload.js";
import { compare, type ComparisonOptions } from "./compare.js";
import { type RunMetricName } from "../simulate/metrics/catalogue.js";

/**
 * One setting of an assumption, other than the base's. Its LC rule is an option of the trace, the rest of the
 * simulation.
 */
export interface AssumptionSetting extends Pick<ComparisonOptions, "sharing" | "migration" | "model"> {
  /** The setting in a word or two, such as "128 GiB". */
  readonly label: string;
  readonly lcRule?: OpenOptions["lcRule"];
}

export interface Assumption {
  readonly name: string;
  readonly settings: readonly AssumptionSetting[];
}

/**
 * The five assumptions that matter most to a study of migration, with what else one could believe; the base has
 * the defaults. How much a migration moves is set by the memory of the reference machine, which the trace hides.
 */
export const ASSUMPTIONS: readonly Assumption[] = [
  {
    name: "lcRule",
    settings: [
      { label: "class==3", lcRule: "class==3" },
      { label: "priority>=9", lcRule: "priority>=9" },
    ],
  },
  {
    name: "sharing",
    settings: [
      { label: "lc-first", sharing: "lc-first" },
      { label: "fair", sharing: "fair" },
    ],
  },
  {
    name: "migrationSize",
    settings: [
      { label: "16 GiB", model: { referenceMemoryGib: 16 } },
      { label: "256 GiB", model: { referenceMemoryGib: 256 } },
    ],
  },
  {
    name: "interval",
    settings: [
      { label: "1", model: { interval: 1 } },
      { label: "12", model: { interval: 12 } },
    ],
  },
  {
    name: "staleness",
    settings: [
      { label: "0", model: { staleness: 0 } },
      { label: "6", model: { staleness: 6 } },
    ],
  },
];

export interface AssumptionPlan {
  /** Opens the repetitions under an LC rule: mostly a call of `openReplicates`. Called once a rule. */
  readonly open: (options: Pick<OpenOptions, "lcRule">) => Promise<readonly Workload[]>;
  /** Name of a built-in policy. */
  readonly policy: string;
  /** The policy that its effect is measured against. Default "no-migration". */
  readonly reference?: string;
  readonly figures: readonly RunMetricName[];
  /** Default ASSUMPTIONS. */
  readonly assumptions?: readonly Assumption[];
  /** What holds where an assumption does not say otherwise. */
  readonly base?: ComparisonOptions;
}

/**
 * An effect, the policy's figure less the reference's on the same workload: mean over repetitions and 95 %
 * bootstrap interval.
 */
export interface Effect extends Interval {
  readonly label: string;
  readonly samples: readonly number[];
}

export interface Swing {
  readonly figure: RunMetricName;
  readonly assumption: string;
  readonly base: Effect;
  /** In the order of the assumption's settings. */
  readonly settings: readonly Effect[];
  /** Distance of the outermost means, the base's among them. */
  readonly swing: number;
}

/**
 * Returns how far each assumption alone moves the policy's effect on each figure: for each figure one row per
 * assumption, the widest swing first. Every setting meets the same workloads, but for the LC rule's, which are the
 * same trace with other classes. One assumption changes at a time: interactions do not show. Throws InputError for
 * an unknown policy and for options out of range.
 */
export async function assumptionSwings({
  open,
  policy,
  reference = "no-migration",
  figures,
  assumptions = ASSUMPTIONS,
  base = {},
}: AssumptionPlan): Promise<Swing[]> {
  const opened = new Map<string | undefined, readonly Workload[]>();

  async function effectsOf({ label, lcRule, ...settings }: AssumptionSetting): Promise<Effect[]> {
    const workloads = opened.get(lcRule) ?? (await open({ lcRule }));
    opened.set(lcRule, workloads);
    const options = { ...base, ...settings, model: { ...base.model, ...settings.model } };
    const pairs = workloads.map((workload) => compare(workload, [reference, policy], options));
    return figures.map((figure) => {
      const samples = pairs.map(([before, after]) => after.summary[figure] - before.summary[figure]);
      return { label, samples, ...bootstrapMean(samples, randomStream(1, "noise", policy, figure, label)) };
    });
  }

  const baseline = await effectsOf({ label: "base" });
  const rows: Swing[] = [];
  for (const { name, settings } of assumptions) {
    const effects: Effect[][] = [];
    for (const setting of settings) effects.push(await effectsOf(setting));
    figures.forEach((figure, f) => {
      const own = effects.map((of) => of[f]);
      const means = [baseline[f], ...own].map(({ mean }) => mean);
      const swing = Math.max(...means) - Math.min(...means);
      rows.push({ figure, assumption: name, base: baseline[f], settings: own, swing });
    });
  }
  return figures.flatMap((figure) =>
    rows.filter((row) => row.figure === figure).sort((a, b) => b.swing - a.swing),
  );
}
