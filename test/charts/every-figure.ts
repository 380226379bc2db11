/** One small example of every chart. */
import { assumptionEffects } from "../../src/charts/assumption-effects.js";
import { bandsOverTime } from "../../src/charts/bands-over-time.js";
import { capacityChart } from "../../src/charts/capacity.js";
import { carriedWork } from "../../src/charts/carried-work.js";
import { blindSpot } from "../../src/systems/giantvm/charts/blind-spot.js";
import { decisionsOverTime } from "../../src/systems/giantvm/charts/decisions-over-time.js";
import { dataFlow } from "../../src/charts/data-flow.js";
import type { Figure } from "../../src/charts/figure.js";
import { differencesOverTime } from "../../src/charts/differences-over-time.js";
import { forestPlot } from "../../src/charts/forest.js";
import { giniOverTime } from "../../src/charts/gini.js";
import { utilizationHeatMap } from "../../src/charts/heat-map.js";
import { latencyTail } from "../../src/systems/giantvm/charts/latency-tail.js";
import { lorenzCurves } from "../../src/charts/lorenz.js";
import { machinesByLoad } from "../../src/charts/machines-by-load.js";
import { loadHistogram } from "../../src/charts/load-histogram.js";
import { machineGrid } from "../../src/charts/machine-grid.js";
import { machineTimeline } from "../../src/charts/machine-timeline.js";
import { migrationCosts } from "../../src/charts/migration-costs.js";
import { migrationLife } from "../../src/charts/migration-life.js";
import { migrationTraffic } from "../../src/charts/migration.js";
import { overview } from "../../src/charts/overview.js";
import { replicatedTradeOff } from "../../src/charts/replicated-trade-off.js";
import { requestAgainstUse } from "../../src/charts/request-use.js";
import { scheduleTimeline } from "../../src/systems/architectures/charts/schedule-timeline.js";
import { clusterOf } from "../../src/architectures/cluster.js";
import { jobsFrom } from "../../src/architectures/jobs/jobs.js";
import { schedule } from "../../src/architectures/schedule.js";
import { stopRules } from "../../src/charts/stop-rules.js";
import { compareMechanisms, compareStopRules, migrationPhases } from "../../src/cluster/migration/study.js";
import { giantVmDrawing } from "../../src/systems/giantvm/charts/giantvm-drawing.js";
import { kernelGap } from "../../src/systems/giantvm/charts/kernel-gap.js";
import { pagesOverTime } from "../../src/systems/giantvm/charts/pages-over-time.js";
import { pairedDifferences } from "../../src/systems/giantvm/charts/paired-differences.js";
import { sharingPattern } from "../../src/systems/giantvm/dsm/patterns.js";
import { recordPages } from "../../src/systems/giantvm/dsm/record.js";
import { compareKernels } from "../../src/systems/giantvm/dsm/study.js";
import { repeatTestbed } from "../../src/systems/giantvm/testbed/repeat.js";
import { testbedOverTime } from "../../src/systems/giantvm/charts/testbed-over-time.js";
import { taskArrivals, taskDurations } from "../../src/charts/task-life.js";
import { tradeOff } from "../../src/charts/trade-off.js";
import { useOverTime } from "../../src/charts/use-over-time.js";
import { runTestbed } from "../../src/systems/giantvm/testbed/run.js";
import type { Run } from "../../src/simulate/simulate.js";
import { trafficDrawing } from "../../src/systems/traffic/charts/architecture-drawing.js";
import { bigSwitch } from "../../src/systems/traffic/network.js";
import { stepsOfRuns, tableOfRuns } from "../study/made-up-table.js";
import { tinyWorkload } from "../tiny-workload.js";
import { CAPACITY } from "./made-up-capacity.js";
import { madeUpRun, wave } from "./made-up-runs.js";
import { EFFECTS } from "./made-up-effects.js";

const STEPS = 48;
const NAMES = ["no-migration", "random-migration", "threshold", "gini-greedy"];

export const RUNS: readonly Run[] = NAMES.map((policy, i) =>
  madeUpRun({
    policy,
    steps: {
      utilization: wave(STEPS, 0.4, 0.05, i),
      gini: wave(STEPS, 0.36 - 0.04 * i, 0.02, i),
      giniBound: wave(STEPS, 0.13, 0.01),
      p5: wave(STEPS, 0.1, 0.02),
      p25: wave(STEPS, 0.25, 0.03),
      p50: wave(STEPS, 0.38, 0.03),
      p75: wave(STEPS, 0.55, 0.04),
      p95: wave(STEPS, 0.8, 0.06),
      lcViolations: wave(STEPS, 0.03 + 0.01 * i, 0.02, i),
      lcTail: wave(STEPS, 2 + i / 4, 0.5, i),
      bytes: wave(STEPS, 4e9 * i, 1e9 * i, i),
      linkShare: wave(STEPS, 0.001 * i, 0.0005 * i, i),
      waiting: wave(STEPS, 20 + 5 * i, 4, i),
    },
    summary: { gini: 0.36 - 0.04 * i, migrationGb: [0, 900, 80, 150][i], lcViolations: 0.03 + 0.01 * i },
    machines: Array.from({ length: STEPS }, (_, step) => wave(8, 0.5, 0.4, i + step / 9)),
  }),
);

export const WORKLOAD = tinyWorkload({
  machines: [{}, {}],
  steps: 24,
  tasks: Array.from({ length: 30 }, (_, i) => ({
    lc: i % 3 === 0,
    priority: [9, 4, 0][i % 3],
    start: i * 200,
    cpu: Array.from({ length: 1 + ((i * 7) % 5) }, () => 0.1 + 0.02 * (i % 4)),
    cpuRequest: 0.2 + 0.05 * (i % 3),
    memory: 0.1,
  })),
});

/** Every task of WORKLOAD on one of its machines; two tasks of machine 0 go to machine 1. */
function onMachines(run: Run): Run {
  const { start, end } = WORKLOAD.executions;
  const count = start.length;
  return {
    ...run,
    tasks: {
      placed: start.slice(),
      ended: end.slice(),
      machine: Int32Array.from(start, (_, i) => (i === 4 || i === 16 ? 1 : i % 2)),
      migrations: new Int32Array(count),
      evictions: new Int32Array(count),
    },
    migrations: {
      ...run.migrations,
      execution: Int32Array.of(4, 16),
      from: Int32Array.of(0, 0),
      to: Int32Array.of(1, 1),
      start: Float64Array.of(900, 3600),
      seconds: Float64Array.of(60, 60),
      outcome: Uint8Array.of(1, 1),
    },
  };
}

const PLACED = onMachines(
  madeUpRun({
    policy: "gini-greedy",
    steps: {
      utilization: wave(24, 0.4, 0.05),
      lcUtilization: wave(24, 0.25, 0.03),
      beUtilization: wave(24, 0.15, 0.02),
    },
    machines: Array.from({ length: 24 }, (_, step) => wave(2, 0.5, 0.3, step / 4)),
  }),
);

/** Six replicates. The third policy differs from the first only by noise; the fourth is the lowest. */
export const REPLICATES: readonly (readonly Run[])[] = Array.from({ length: 6 }, (_, r) =>
  ["no-migration", "koord-low-node-load", "random-migration", "gini-greedy"].map((policy, i) => {
    const gini = 0.34 + 0.01 * Math.sin(r) + [0, -0.06, 0, -0.09][i] + 0.012 * Math.sin((3 + i) * r);
    return madeUpRun({
      policy,
      seed: 1 + r,
      steps: { gini: wave(STEPS, gini, 0.01, i + r / 9) },
      summary: {
        gini,
        migrationGb: [0, 300, 900, 600][i] * (1 + 0.03 * Math.cos(r)),
        lcViolations: 0.02 + 0.004 * i + 0.001 * Math.sin(5 * r),
      },
    });
  }),
);

const MODELLED = { en: "Usage modelled.", zh: "用量为建模所得。" };

/** Few but long simulated requests make it quick. */
const BEDS = (["without-be", "naive", "las", "las-robust"] as const).map((name) =>
  runTestbed(name, { seed: 4, parameters: { dilation: 2000 } }),
);

/** 1 GB at 1 Gbit/s; the task writes at half of that. */
const MOVE = {
  bandwidth: 125e6,
  dirtyShare: 0.0625,
  workingSet: 0.25,
  downtimeGoal: 0.3,
  touchedShare: 0.33,
  warmShare: 0,
  pageFetch: 102.5e-6,
  faultLoss: 0.5,
  state: 1e6,
};
/** Three long tasks and short ones that wait behind them under Sparrow. */
const JOBS = jobsFrom([
  { arrival: 0, class: "long", durations: [60, 80, 90] },
  ...[2, 5, 9, 30, 34, 61].map((arrival) => ({ arrival, class: "short", duration: 8 })),
]);
const SCHEDULES = ["sparrow", "omniscient"].map((name) =>
  schedule(JOBS, clusterOf({ machines: 4, slots: 1 }), name),
);

const MECHANISMS = ["pre-copy", "post-copy", "stop-and-copy", "giantvm"] as const;
const PRE_COPIES = ["pre-copy-xen", "pre-copy-qemu", "pre-copy-thesis", "giantvm"] as const;

export const FIGURES: readonly Figure[] = [
  utilizationHeatMap(RUNS[0]),
  utilizationHeatMap([RUNS[0], RUNS[3]]),
  machineGrid([RUNS[0], RUNS[3]]),
  machineTimeline([PLACED], WORKLOAD),
  useOverTime(PLACED, WORKLOAD),
  loadHistogram([RUNS[0], RUNS[3]]),
  lorenzCurves(RUNS.map(({ policy }, i) => ({ name: policy, values: [1, 2 + i, 3 + i, 9 - i] }))),
  giniOverTime(RUNS),
  migrationTraffic(RUNS),
  tradeOff(RUNS),
  requestAgainstUse(WORKLOAD),
  taskDurations(WORKLOAD),
  taskArrivals(WORKLOAD),
  bandsOverTime(stepsOfRuns(REPLICATES), "gini", { policies: ["no-migration", "gini-greedy"] }),
  differencesOverTime(stepsOfRuns(REPLICATES), "gini"),
  replicatedTradeOff(tableOfRuns(REPLICATES)),
  forestPlot(tableOfRuns(REPLICATES)),
  forestPlot(tableOfRuns(REPLICATES), { metric: ["gini", "lcViolations"] }),
  capacityChart(CAPACITY),
  assumptionEffects(EFFECTS, { caption: MODELLED }),
  machinesByLoad(RUNS),
  carriedWork(CAPACITY),
  overview(RUNS, CAPACITY),
  testbedOverTime(BEDS),
  latencyTail(BEDS),
  blindSpot(BEDS.slice(2)),
  decisionsOverTime(BEDS[2].decisions, { en: "The testbed is modelled.", zh: "测试平台为建模所得。" }),
  pairedDifferences(
    repeatTestbed(["las", "las-robust"], [1, 2, 3, 4, 5], { parameters: { dilation: 5000, duration: 200 } }),
    { configuration: "las-robust", baseline: "las" },
  ),
  giantVmDrawing(BEDS[1]),
  trafficDrawing(bigSwitch(32)),
  migrationLife(migrationPhases(PRE_COPIES, { memory: 1e9, ...MOVE })),
  migrationCosts(compareMechanisms(MECHANISMS, [1e8, 1e9, 1e10], { ...MOVE, dirtyShare: 0.01 })),
  stopRules(compareStopRules([0.25, 0.5, 0.75, 1, 1.25], { memory: 1e9, bandwidth: 125e6 })),
  pagesOverTime(recordPages(sharingPattern("thrashing", { accesses: 5, pages: 2 }), { transport: "rdma" })),
  kernelGap(compareKernels({ sharing: [0, 0.02, 0.05], nodes: [2, 4], transport: "rdma" }, { requests: 10 })),
  dataFlow(),
  scheduleTimeline(SCHEDULES),
];
