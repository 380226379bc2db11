/** The public API: what a notebook cell or a script calls, and nothing else. */
export { InputError } from "./errors.js";
export type { OnProgress, Progress } from "./progress.js";
export { randomStream, type Random } from "./random.js";

// Traces and rows -> Workload
export { openWorkload } from "./trace/open.js";
export type { OpenOptions } from "./trace/options.js";
export { workloadFrom, type WorkloadFromOptions } from "./trace/own-tables/workload-from.js";
export type { MachineCount, MachineRow, OwnRows, TaskRow, UsageRow } from "./trace/own-tables/rows.js";
export { saveWorkload } from "./trace/arrow.js";
export { describeWorkload } from "./trace/describe.js";
export { describeQuality } from "./trace/quality.js";
export { generateWorkload } from "./trace/synthetic/generate.js";
export { predecessorsOf } from "./trace/dependencies.js";
export { runsTable } from "./trace/runs-table.js";
export type { Workload } from "./trace/workload.js";

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
export { METRICS } from "./simulate/metrics/catalogue.js";
export type { MetricName } from "./simulate/metrics/catalogue.js";
export type { EndedRun, Metric } from "./simulate/metrics/metric.js";
export type { StepLoads } from "./simulate/step-loads.js";
export { movesTable, stepsTable, summaryTable, tasksTable } from "./simulate/tables.js";

// Many runs -> tables
export { experiment, type ExperimentOptions } from "./study/experiment.js";
export type { Experiment } from "./study/design.js";
export { differences, means } from "./study/differences.js";
export type { DifferenceOptions, MeansOptions, Verdict } from "./study/differences.js";
export { carryingCapacity, type CapacityOptions } from "./study/capacity/capacity.js";
export { simulateCloudSimPlanetLab } from "./scenarios/cloudsim-planetlab/simulate.js";

// Metrics as functions of numbers
export { gini, giniBand, giniUnbiased, lorenz } from "./metrics/gini.js";
export { jain } from "./metrics/fairness.js";

// Charts of any table
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
export type { Figure, Language, Table, Text, Words } from "./charts/figure.js";

// Named charts
export { bandsOverTime } from "./charts/bands-over-time.js";
export { blindSpot } from "./charts/blind-spot.js";
export { capacityChart, capacityTable } from "./charts/capacity.js";
export { decisionsOverTime } from "./charts/decisions-over-time.js";
export { forestPlot } from "./charts/forest.js";
export { giniOverTime } from "./charts/gini.js";
export { utilizationHeatMap } from "./charts/heat-map.js";
export { latencyTail } from "./charts/latency-tail.js";
export { lorenzCurves, machineUtilization } from "./charts/lorenz.js";
export { migrationTraffic } from "./charts/migration.js";
export { qosDistribution } from "./charts/qos.js";
export { replicatedTable } from "./charts/replicated-table.js";
export { replicatedTradeOff } from "./charts/replicated-trade-off.js";
export { requestAgainstUse } from "./charts/request-use.js";
export { taskArrivals, taskDurations } from "./charts/task-life.js";
export { testbedOverTime } from "./charts/testbed-over-time.js";
export { tornadoChart } from "./charts/tornado.js";
export { tradeOff } from "./charts/trade-off.js";
export { utilizationOverTime } from "./charts/utilization.js";

// Figures -> notebook and files
export { notebook } from "./display/notebook.js";
export { policyFindings } from "./display/findings.js";
export { show } from "./display/display.js";
export type { ShowOptions } from "./display/bundle.js";
export { withProgress } from "./display/progress.js";
export { exportFigure } from "./export/figure-files.js";
export { exportTable } from "./export/table-files.js";

// The GiantVM testbed and its steal-time scheduler
export { runTestbed } from "./giantvm/testbed/run.js";
export { CONFIGURATIONS, type ConfigurationName } from "./giantvm/testbed/configurations.js";
export { TESTBED } from "./giantvm/testbed/parameters.js";
export { calibrate } from "./giantvm/testbed/calibrate.js";
export { againstPublished } from "./giantvm/testbed/against-published.js";
export { FIGURES as TESTBED_FIGURES } from "./giantvm/testbed/published.js";
export { repeatTestbed } from "./giantvm/testbed/repeat.js";
export { readDecisions } from "./giantvm/balance/decisions.js";
export { publishedTable } from "./charts/against-published.js";

// Migration mechanisms
export { preCopyRounds, preCopySeries } from "./cluster/migration/closed-form.js";
export { MEASURED_MIGRATIONS } from "./cluster/migration/measured.js";
export { MIGRATIONS, type MigrationModel } from "./cluster/migration/presets.js";
export { checkClosedForm, compareMechanisms, compareStopRules } from "./cluster/migration/study.js";

// GiantVM's distributed shared memory
export { PUBLISHED_KERNEL_GAP } from "./giantvm/dsm/kernel.js";
export { checkLatencies, compareKernels, comparePatterns, thrashing } from "./giantvm/dsm/study.js";
export { transportCosts, transportLatencies, type Transport } from "./giantvm/dsm/transports.js";
