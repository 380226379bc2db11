/**
 * The public API: what a notebook cell or a script calls, and nothing else. Each system has its own:
 * `schedlab/giantvm`, `schedlab/cloudsim-planetlab`, `schedlab/architectures`, `schedlab/dag`,
 * `schedlab/cloud-ran`, `schedlab/traffic`.
 */
export type { ColumnTable } from "arquero";
export { InputError } from "./base/errors.js";
export type { OnProgress, Progress } from "./base/progress.js";
export { randomStream, type Random } from "./base/random.js";

// Traces and rows -> Workload
export { openWorkload } from "./traces/open.js";
export type { OpenOptions } from "./workload/open-options.js";
export { workloadFrom, type WorkloadFromOptions } from "./workload/from-rows/workload-from.js";
export type { MachineCount, MachineRow, OwnRows, TaskRow, UsageRow } from "./workload/from-rows/rows.js";
export { saveWorkload } from "./workload/arrow/arrow.js";
export { describeWorkload } from "./workload/describe/describe.js";
export { describeQuality } from "./workload/quality.js";
export { scaleBestEffort } from "./workload/scale-best-effort.js";
export { generateWorkload } from "./traces/synthetic/generate.js";
export { predecessorsOf } from "./workload/dependencies.js";
export { countDependencies, type DependencyCounts } from "./workload/task-order.js";
export { executionsTable } from "./workload/executions-table.js";
export type { Workload } from "./workload/workload.js";

// Policies
export { createPolicy, LINE_UP, loadPolicy, POLICIES } from "./policies/index.js";
export type { PolicyChoice, PolicyKey, PolicyName } from "./policies/index.js";
export { createPlan, hottestFirst, type Plan } from "./policies/plan.js";
export { definePolicy } from "./policies/policy.js";
export type { ClusterView, Move, Policy, PolicyDefinition, TaskView } from "./policies/policy.js";

// Workload -> Run
export { simulate, type Run } from "./simulate/simulate.js";
export type { SimulationOptions } from "./simulate/settings.js";
export { environment } from "./simulate/environment.js";
export type { Beginning, Environment, EnvironmentOptions, Transition } from "./simulate/environment.js";
export { MODEL } from "./simulate/model.js";
export { METRICS } from "./simulate/metrics/catalogue.js";
export type { MetricName } from "./simulate/metrics/catalogue.js";
export type { EndedRun, Metric } from "./simulate/metrics/metric.js";
export type { StepLoads } from "./simulate/step-loads.js";
export { staysTable } from "./simulate/stays.js";
export { migrationsTable, stepsTable, summaryTable, tasksTable } from "./simulate/tables.js";

// Many runs -> tables
export { experiment, type ExperimentOptions } from "./study/experiment.js";
export type { Experiment } from "./study/design.js";
export { differences, means } from "./study/differences.js";
export type { DifferenceOptions, MeansOptions, Verdict } from "./study/differences.js";
export { carryingCapacity, type CapacityOptions } from "./study/capacity/capacity.js";

// Metrics as functions of numbers
export { gini, giniBand, giniUnbiased, lorenz } from "./metrics/gini.js";
export { jain } from "./metrics/fairness.js";

// Charts of any table
export { arrange } from "./charts/build/arrange.js";
export { bands } from "./charts/build/bands.js";
export { bars } from "./charts/build/bars.js";
export { choose } from "./charts/build/choose.js";
export { cells } from "./charts/build/cells.js";
export { intervals } from "./charts/build/intervals.js";
export { lines } from "./charts/build/lines.js";
export { overlay } from "./charts/build/overlay.js";
export { paperTable } from "./charts/build/paper-table.js";
export { points } from "./charts/build/points.js";
export type { ChartOptions } from "./charts/build/options.js";
export type { RowTable } from "./charts/build/rows.js";
export type { Figure, Language, Table, Text, Words } from "./charts/figure.js";

// Named charts
export { assumptionEffects } from "./charts/assumption-effects.js";
export { bandsOverTime } from "./charts/bands-over-time.js";
export { capacityChart, capacityTable } from "./charts/capacity.js";
export { carriedWork } from "./charts/carried-work.js";
export { differencesOverTime } from "./charts/differences-over-time.js";
export { dataFlow } from "./charts/data-flow.js";
export { forestPlot } from "./charts/forest.js";
export { giniOverTime } from "./charts/gini.js";
export { utilizationHeatMap } from "./charts/heat-map.js";
export { loadHistogram } from "./charts/load-histogram.js";
export { lorenzCurves } from "./charts/lorenz.js";
export { machinesByLoad } from "./charts/machines-by-load.js";
export { machineGrid } from "./charts/machine-grid.js";
export { machineTimeline } from "./charts/machine-timeline.js";
export { migrationCosts } from "./charts/migration-costs.js";
export { migrationLife } from "./charts/migration-life.js";
export { migrationTraffic } from "./charts/migration.js";
export { overview } from "./charts/overview.js";
export { replicatedTable } from "./charts/replicated-table.js";
export { replicatedTradeOff } from "./charts/replicated-trade-off.js";
export { requestAgainstUse } from "./charts/request-use.js";
export { taskArrivals, taskDurations } from "./charts/task-life.js";
export { stopRules } from "./charts/stop-rules.js";
export { tradeOff } from "./charts/trade-off.js";
export { useOverTime } from "./charts/use-over-time.js";

// Figures -> notebook and files
export { notebook } from "./notebook/notebook.js";
export { policyFindings } from "./charts/findings.js";
export { show } from "./notebook/display.js";
export type { ShowOptions } from "./notebook/bundle.js";
export { withProgress } from "./notebook/progress.js";
export { exportFigure } from "./charts/export/figure-files.js";
export { exportTable } from "./charts/export/table-files.js";

// Migration mechanisms
export { preCopyRounds, preCopySeries } from "./cluster/migration/closed-form.js";
export { MEASURED_MIGRATIONS } from "./cluster/migration/measured.js";
export { MIGRATIONS, type MigrationModel } from "./cluster/migration/presets.js";
export {
  checkClosedForm,
  compareMechanisms,
  compareStopRules,
  migrationPhases,
} from "./cluster/migration/study.js";
