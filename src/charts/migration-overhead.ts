import type { Run } from "../simulate/simulate.js";
import { describeRuns, joinTexts } from "./captions.js";
import type { Figure } from "./figure.js";
import { groupedBars } from "./grouped-bars.js";
import { LABELS, type Quantity } from "./labels.js";
import { checkRuns } from "./lines-over-time.js";
import { POLICY } from "./columns.js";

/** What migrations cost, of a whole run. */
export type OverheadFigure = "migrationGb" | "linkShare" | "downtimeSeconds" | "stalledSeconds";

const QUANTITIES: Readonly<Record<OverheadFigure, Quantity>> = {
  migrationGb: LABELS.migrationGb,
  linkShare: LABELS.linkShare,
  downtimeSeconds: LABELS.downtimeSeconds,
  stalledSeconds: {
    label: { en: "Waits for pages, throttling", zh: "缺页等待与限速" },
    unit: "s",
    scale: 1,
  },
};

/**
 * Returns the chart of what migrations cost, by policy (groups) and by the way tasks are moved (bars). `runs`
 * holds a run for every pair of the two. Throws InputError for no run and where a pair is missing.
 */
export function migrationOverhead(
  runs: readonly Run[],
  figure: OverheadFigure = "migrationGb",
  { scale = "linear" }: { scale?: "linear" | "log" } = {},
): Figure {
  checkRuns(runs);
  const y = QUANTITIES[figure];
  const policies = [...new Set(runs.map(({ policy }) => policy))];
  const migrations = [...new Set(runs.map(migrationOf))];
  const valueOf = (run: Run): number =>
    figure === "stalledSeconds" ? stalledSeconds(run) : run.summary[figure];
  return groupedBars(
    policies.map((policy) => ({ en: policy, zh: policy })),
    migrations.map((migration) => ({
      name: { en: migration, zh: migration },
      values: policies.flatMap((policy) =>
        runs.filter((run) => run.policy === policy && migrationOf(run) === migration).map(valueOf),
      ),
    })),
    {
      name: `migration-overhead-${figure}`,
      title: { en: `${y.label.en} by policy and mechanism`, zh: `不同策略与迁移机制的${y.label.zh}` },
      caption: joinTexts(
        {
          en:
            "Sums over the run; traffic and times are modelled. The trace does not say which tasks " +
            "talk to each other: only the traffic of migrations counts.",
          zh: "整次仿真的总和；流量与时间均为建模所得。轨迹未记录任务间的通信，只计迁移流量。",
        },
        scale === "log" ? { en: "What is 0 has no bar.", zh: "零值不显示。" } : { en: "", zh: "" },
        describeRuns(runs),
      ),
      category: POLICY,
      series: { en: "Migration", zh: "迁移机制" },
      y,
      scale,
    },
  );
}

/** Seconds that tasks stood still besides downtime, in all migrations that reached their end. */
function stalledSeconds({ moves }: Run): number {
  return moves.stalled.reduce((sum, seconds, row) => (moves.outcome[row] === 1 ? sum + seconds : sum), 0);
}

function migrationOf({ manifest }: Run): string {
  return manifest.simulation.migration;
}
