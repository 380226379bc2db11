/** One row that says how a run went. */
import { quantileOfSorted } from "../metrics/fairness.js";
import { BALANCED_BELOW, giniAuthor } from "../metrics/gini.js";
import { migrationFigures, type MigrationFigures } from "../metrics/migration.js";
import { relativeThroughput, slowdownFigures } from "../metrics/slowdown.js";
import { BEST_EFFORT, OUTCOME, type Workload } from "../trace/workload.js";
import { MOVE_OUTCOME } from "./migrations.js";
import type { Peaks } from "./observe.js";
import type { RunTotals } from "./record.js";
import type { Counts, MoveColumns, StepColumns, TaskColumns } from "./run.js";
import type { Settings } from "./settings.js";

/** Every figure of the summary with its meaning and unit. Means are over steps unless it says otherwise. */
export const SUMMARY_COLUMNS = {
  utilization: "CPU delivered, share of capacity",
  lcUtilization: "of it, to LC tasks",
  beUtilization: "of it, to best-effort tasks",
  memoryUtilization: "memory used, share of capacity",
  gini: "Gini of delivered utilization over machines, mean of the steps' (population form)",
  giniUnbiased: "the same in the small-sample form, G n / (n - 1)",
  giniP95: "95th percentile of the steps' Gini",
  giniBound: "least Gini that any placement of divisible best-effort work could reach",
  giniMemory: "Gini of memory utilization",
  giniAuthor: "the thesis author's variant: over each machine's time-averaged utilization, shifted by 1e-7",
  balancedShare: "steps with a Gini below .25, the thesis's mark of balance, share",
  jain: "Jain's index",
  cov: "coefficient of variation",
  contended: "machine-steps in which not everybody got what it wanted, share",
  peakLoad: "highest load of a machine that the policy saw (CPU wanted over capacity)",
  peakSteal:
    "highest steal time of a machine that it saw (CPU that best-effort tasks wanted and did not get, share of capacity)",
  lcShortfall: "CPU that LC tasks wanted and did not get, share of all they wanted",
  lcViolations: "LC task-steps with less than 95 % of the CPU wanted, share",
  lcTail: "LC slowdown at the 99th percentile, M/G/m model, weighted by LC load",
  lcTailViolations: "LC load on machines whose tail is above the SLO, share",
  lcHarmed:
    "LC load whose tail is above 1.2 times what it would be without best-effort work and migrations, share",
  lcSlo: "the SLO: 1.2 times the tail of LC work alone at the trace's median LC load",
  beThroughput: "best-effort CPU delivered, share of what the trace's own best-effort work took",
  beSlowdown: "time from arrival to end over time in the trace, mean of best-effort tasks that ended",
  beSlowdownP95: "its 95th percentile",
  waitSeconds: "time from arrival to placement, mean of tasks placed, s",
  ended: "tasks that ended",
  running: "tasks still on a machine at the end",
  pending: "tasks still waiting at the end",
  expired: "LC tasks that never found a machine before their time was over",
  evicted: "tasks that lost their machine and started anew",
  moves: "migrations started",
  movesAborted: "of them, aborted since the task ended or a machine left",
  movesRefused: "moves that guards or network refused",
  tasksMoved: "distinct tasks that migrated",
  pingPong: "returns of a task to a machine it left within the last 10 steps",
  migrationGb: "migration traffic, GB",
  linkShare: "of what all links can carry",
  peakFlows: "most migrations under way at a time",
  downtimeSeconds: "time that migrating tasks ran nowhere, s",
  overhead: "CPU spent on migrations, share of capacity",
} as const;
export type SummaryColumn = keyof typeof SUMMARY_COLUMNS;

export type Summary = { readonly policy: string } & Readonly<Record<SummaryColumn, number>>;

interface Outcome {
  readonly policy: string;
  readonly steps: StepColumns;
  readonly tasks: TaskColumns;
  readonly moves: MoveColumns;
  readonly counts: Counts;
  /** Of each machine, over the steps in which it was up. */
  readonly meanUtilization: Float64Array;
  readonly totals: RunTotals;
  readonly peaks: Peaks;
  /** CPU that best-effort tasks take in the trace, summed over the steps. */
  readonly beInTrace: number;
  readonly slo: number;
}

/** Returns the summary of a run. Figures that are not defined, such as LC ones without LC tasks, are NaN. */
export function summarize(workload: Workload, settings: Settings, outcome: Outcome): Summary {
  const { policy, counts, steps } = outcome;
  return {
    policy,
    ...utilizationFigures(steps),
    peakLoad: outcome.peaks.load,
    peakSteal: outcome.peaks.steal,
    ...balanceFigures(steps, outcome.meanUtilization),
    ...lcFigures(outcome),
    ...beFigures(workload, outcome),
    ended: counts.ended,
    running: counts.running,
    pending: counts.waiting,
    expired: counts.expired,
    evicted: counts.evicted,
    ...networkFigures(workload, settings, outcome),
    overhead: mean(steps.overhead),
  };
}

type Figures<K extends SummaryColumn> = Pick<Summary, K>;

function utilizationFigures(
  steps: StepColumns,
): Figures<"utilization" | "lcUtilization" | "beUtilization" | "memoryUtilization" | "contended"> {
  return {
    utilization: mean(steps.utilization),
    lcUtilization: mean(steps.lcUtilization),
    beUtilization: mean(steps.beUtilization),
    memoryUtilization: mean(steps.memoryUtilization),
    contended: mean(steps.contended),
  };
}

function balanceFigures(
  steps: StepColumns,
  meanUtilization: Float64Array,
): Figures<
  | "gini"
  | "giniUnbiased"
  | "giniP95"
  | "giniBound"
  | "giniMemory"
  | "giniAuthor"
  | "balancedShare"
  | "jain"
  | "cov"
> {
  const defined = steps.gini.filter((g) => !Number.isNaN(g));
  return {
    gini: mean(steps.gini),
    giniUnbiased: mean(steps.gini.map((g, step) => (g * steps.machines[step]) / (steps.machines[step] - 1))),
    giniP95: quantileOfSorted(defined.slice().sort(), 0.95),
    giniBound: mean(steps.giniBound),
    giniMemory: mean(steps.giniMemory),
    giniAuthor: giniAuthor(meanUtilization.filter((u) => !Number.isNaN(u))),
    balancedShare: defined.filter((g) => g < BALANCED_BELOW).length / defined.length,
    jain: mean(steps.jain),
    cov: mean(steps.cov),
  };
}

function lcFigures({
  steps,
  totals,
  slo,
}: Outcome): Figures<"lcShortfall" | "lcViolations" | "lcTail" | "lcTailViolations" | "lcHarmed" | "lcSlo"> {
  return {
    lcShortfall: totals.lcLost / totals.lcWanted,
    lcViolations: totals.lcViolations / totals.lcTaskSteps,
    lcTail: mean(steps.lcTail),
    lcTailViolations: mean(steps.lcTailViolations),
    lcHarmed: mean(steps.lcHarmed),
    lcSlo: slo,
  };
}

function beFigures(
  workload: Workload,
  { tasks, totals, beInTrace }: Outcome,
): Figures<"beThroughput" | "beSlowdown" | "beSlowdownP95" | "waitSeconds"> {
  const { start, end, taskClass, outcome } = workload.runs;
  // A run that was alive when the trace ended has no length to compare with.
  const counts = (run: number): boolean => taskClass[run] === BEST_EFFORT && outcome[run] !== OUTCOME.alive;
  const slowdown = slowdownFigures(
    tasks.ended.map((ended, run) => (counts(run) ? ended - start[run] : NaN)),
    end.map((ended, run) => ended - start[run]),
  );
  return {
    beThroughput: relativeThroughput(totals.beServed, beInTrace),
    beSlowdown: slowdown.mean,
    beSlowdownP95: slowdown.p95,
    waitSeconds: mean(tasks.placed.map((placed, run) => placed - start[run])),
  };
}

function networkFigures(
  { stepSeconds, machines }: Workload,
  { model, steps }: Settings,
  { moves, counts }: Outcome,
): Figures<
  | "moves"
  | "movesAborted"
  | "movesRefused"
  | "tasksMoved"
  | "pingPong"
  | "migrationGb"
  | "linkShare"
  | "peakFlows"
  | "downtimeSeconds"
> {
  const named = (row: number): string => MOVE_OUTCOME[moves.outcome[row]];
  const figures: MigrationFigures = migrationFigures(moves, {
    machines: machines.id.length,
    linkBytesPerSecond: (model.linkGbps * 1e9) / 8,
    duration: steps * stepSeconds,
    completed: (row) => named(row) === "completed",
  });
  return {
    moves: figures.moves,
    movesAborted: moves.outcome.filter((_, row) => named(row) === "aborted").length,
    movesRefused: Object.values(counts.refused).reduce((sum, count) => sum + count, 0),
    tasksMoved: figures.tasksMoved,
    pingPong: figures.pingPong,
    migrationGb: figures.bytes / 1e9,
    linkShare: figures.linkShare,
    peakFlows: figures.peakFlows,
    downtimeSeconds: figures.downtime,
  };
}

/** Mean of the values that are defined. */
function mean(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}
