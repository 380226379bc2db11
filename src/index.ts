/** The public API: everything that a notebook cell or a script calls, and nothing else. */
export { InputError } from "./errors.js";
export { VERSION } from "./version.js";
export type { OnProgress, Progress } from "./progress.js";
export { randomStream, type Random, type StreamName } from "./random.js";
export type { Parameter, Parameters, Values } from "./parameters.js";

// Trace files -> Workload
export { openWorkload } from "./trace/open.js";
export { workloadFrom, type WorkloadFromOptions } from "./trace/own-tables/workload-from.js";
export type { MachineCount, MachineRow, OwnRows, TaskRow, UsageRow } from "./trace/own-tables/rows.js";
export { loadWorkload, saveWorkload } from "./trace/arrow.js";
export { generateWorkload } from "./trace/synthetic/generate.js";
export { describeWorkload, type DescribeRow } from "./trace/describe.js";
export { describeQuality } from "./trace/quality.js";
export { writeGoogle2011 } from "./trace/google2011-writer/write.js";
export { scaleBestEffort } from "./trace/scale-best-effort.js";
export { predecessorsOf, type RunGroup } from "./trace/dependencies.js";
export { runsTable } from "./trace/runs-table.js";
export * from "./trace/workload.js";
export type { OpenOptions } from "./trace/options.js";

// Workload -> Run
export { simulate, type Run } from "./simulate/simulate.js";
export {
  environment,
  type Beginning,
  type Environment,
  type EnvironmentOptions,
  type Transition,
} from "./simulate/environment.js";
export type { SimulationOptions } from "./simulate/settings.js";
export { MODEL, type ModelOptions, type ModelValues } from "./simulate/model.js";
export {
  COMPARED,
  findMetric,
  METRICS,
  type MetricName,
  type RunMetricName,
  type StepColumns,
  type StepMetricName,
  type Summary,
} from "./simulate/metrics/catalogue.js";
export type { EndedRun, Metric } from "./simulate/metrics/metric.js";
export type { StepLoads } from "./simulate/step-loads.js";
export type { Manifest } from "./simulate/manifest.js";

// Many runs -> tables
export { experiment, type ExperimentOptions } from "./study/experiment.js";
export type { Experiment } from "./study/design.js";
export {
  differences,
  means,
  type DifferenceOptions,
  type MeansOptions,
  type Verdict,
} from "./study/differences.js";
export { giniPrices, rankAgreement, type RankAgreement } from "./study/trade.js";
export { carryingCapacity, VIOLATION_LEVELS, type CapacityOptions } from "./study/capacity/capacity.js";

export { simulateCloudSimPlanetLab } from "./scenarios/cloudsim-planetlab/simulate.js";

// Policies
export {
  createPolicy,
  findPolicy,
  LINE_UP,
  loadPolicy,
  POLICIES,
  resolvePolicy,
  type PolicyChoice,
  type PolicyKey,
  type PolicyName,
  type ResolvedPolicy,
} from "./policies/index.js";
export { createPlan, hottestFirst, type Plan } from "./policies/plan.js";
export {
  definePolicy,
  type BestEffortCap,
  type BuiltInPolicy,
  type ClusterView,
  type ForesightView,
  type Move,
  type Policy,
  type PolicyDefinition,
  type PolicyHooks,
  type RebalanceFunction,
  type TaskView,
} from "./policies/policy.js";

// Run -> tables
export { movesTable, stepsTable, summaryTable, tasksTable } from "./simulate/tables.js";

// The GiantVM testbed and its steal-time scheduler
export { createDecider, DECIDERS, type DeciderName } from "./giantvm/decide/index.js";
export type * from "./giantvm/decide/decider.js";
export {
  readDecisions,
  type Decisions,
  type DecisionsHeader,
  type LoggedDecision,
  type LoggedMove,
} from "./giantvm/balance/decisions.js";
export { runTestbed, type TestbedOptions, type TestbedRun } from "./giantvm/testbed/run.js";
export { CONFIGURATIONS, type ConfigurationName } from "./giantvm/testbed/configurations.js";
export { TESTBED, type Origin, type TestbedParameters } from "./giantvm/testbed/parameters.js";
export { calibrate, type CalibrationStep } from "./giantvm/testbed/calibrate.js";
export { againstPublished, lasOverNaive, type ComparisonRow } from "./giantvm/testbed/against-published.js";
export { FIGURES as TESTBED_FIGURES, PUBLISHED, type FigureName } from "./giantvm/testbed/published.js";
export {
  repeatTestbed,
  testbedDifferences,
  type TestbedDifference,
  type TestbedOutcome,
} from "./giantvm/testbed/repeat.js";

// Metrics
export * from "./metrics/gini.js";
export { createGiniIndex, type GiniIndex } from "./metrics/gini-index.js";
export * from "./metrics/fairness.js";
export * from "./metrics/dominant-share.js";
export { waterFill, type WaterFill } from "./metrics/bound.js";
export * from "./metrics/queueing.js";
export * from "./metrics/energy.js";
export { migrationFigures, type MigrationFigures, type MigrationTable } from "./metrics/migration.js";
export { relativeThroughput, slowdownFigures, type SlowdownFigures } from "./metrics/slowdown.js";

export { bootstrapMean, type Interval } from "./metrics/bootstrap.js";
export { holm } from "./metrics/holm.js";
export { pairedDifference, type PairedDifference } from "./metrics/paired.js";
export { rankCorrelation } from "./metrics/rank-correlation.js";

// Tables -> Figures
export type { Figure, Language, Table, Text, Words } from "./charts/figure.js";
export { bands } from "./charts/build/bands.js";
export { bars } from "./charts/build/bars.js";
export { cells } from "./charts/build/cells.js";
export { intervals } from "./charts/build/intervals.js";
export { lines } from "./charts/build/lines.js";
export { overlay } from "./charts/build/overlay.js";
export { paperTable } from "./charts/build/paper-table.js";
export { points } from "./charts/build/points.js";
export type { ChartOptions } from "./charts/build/options.js";
export type { RowTable } from "./charts/build/rows.js";
export { bandsOverTime } from "./charts/bands-over-time.js";
export { capacityChart, capacityTable } from "./charts/capacity.js";
export { forestPlot } from "./charts/forest.js";
export { publishedTable } from "./charts/against-published.js";
export { blindSpot } from "./charts/blind-spot.js";
export { comparisonTable } from "./charts/comparison-table.js";
export { decisionsOverTime } from "./charts/decisions-over-time.js";
export { giniOverTime, REAL_CELL_GINI } from "./charts/gini.js";
export {
  kernelGap,
  PUBLISHED_KERNEL_GAP,
  sharingPatterns,
  thrashingByWrites,
  transportLatency,
} from "./charts/dsm.js";
export { utilizationHeatMap } from "./charts/heat-map.js";
export { LABELS } from "./charts/labels.js";
export { latencyTail } from "./charts/latency-tail.js";
export { lorenzCurves, machineUtilization } from "./charts/lorenz.js";
export { migrationTraffic } from "./charts/migration.js";
export {
  closedFormCheck,
  measuredMigrations,
  mechanismsByMemory,
  stopRules,
} from "./charts/migration-mechanisms.js";
export { figureOverTime } from "./charts/over-time.js";
export { pairedDifferenceChart } from "./charts/paired-differences.js";
export { paretoFront } from "./charts/pareto.js";
export { qosDistribution } from "./charts/qos.js";
export { replicatedTable } from "./charts/replicated-table.js";
export { replicatedTradeOff } from "./charts/replicated-trade-off.js";
export { requestAgainstUse } from "./charts/request-use.js";
export { taskArrivals, taskDurations } from "./charts/task-life.js";
export { testbedOverTime } from "./charts/testbed-over-time.js";
export { toPlotly, type Width } from "./charts/theme.js";
export { tornadoChart } from "./charts/tornado.js";
export { tradeOff } from "./charts/trade-off.js";
export { utilizationOverTime } from "./charts/utilization.js";

// Figures -> notebook and files
export { show } from "./display/display.js";
export { policyFindings } from "./display/findings.js";
export { notebook } from "./display/notebook.js";
export type { ShowOptions } from "./display/bundle.js";
export { withProgress } from "./display/progress.js";
export { exportFigure, readManifest, rerender } from "./export/figure-files.js";
export { createRenderer, type Renderer } from "./export/renderer.js";
export { exportTable } from "./export/table-files.js";

// The model's parts, for a closer look
export { preCopySeries, preCopyRounds } from "./cluster/migration/closed-form.js";
export type { MigrationCost } from "./cluster/migration/cost.js";
export { MEASURED_MIGRATIONS, type MeasuredMigration } from "./cluster/migration/measured.js";
export { preCopy, type PreCopyCost, type PreCopyOptions } from "./cluster/migration/pre-copy.js";
export {
  MIGRATIONS,
  MIGRATION_MODELS,
  type Circumstances,
  type MigrationModel,
} from "./cluster/migration/presets.js";
export * from "./cluster/migration/stop-rules.js";
export { checkClosedForm, compareMechanisms, compareStopRules } from "./cluster/migration/study.js";

// GiantVM's distributed shared memory
export { createDirectory, PAGE_STATE, type Directory, type Fault } from "./giantvm/dsm/directory.js";
export { webServer, type Kernel, type KernelOptions } from "./giantvm/dsm/kernel.js";
export { sharingPattern, type PatternOptions, type SharingPattern } from "./giantvm/dsm/patterns.js";
export { runDsm, type AccessStream, type DsmOptions, type DsmRun } from "./giantvm/dsm/run.js";
export { checkLatencies, compareKernels, comparePatterns, thrashing } from "./giantvm/dsm/study.js";
export { MEASURED_TRANSPORTS, TRANSPORTS, transportCosts, type Transport } from "./giantvm/dsm/transports.js";
