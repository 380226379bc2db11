/** The public API: everything that a notebook cell or a script calls, and nothing else. */
export { InputError } from "./errors.js";
export { VERSION } from "./version.js";
export type { OnProgress, Progress } from "./progress.js";
export { randomStream, type Random, type StreamName } from "./random.js";
export type { Parameter, Parameters, Values } from "./parameters.js";

// Trace files -> Workload
export { openWorkload } from "./trace/open.js";
export { loadWorkload, saveWorkload } from "./trace/arrow.js";
export { generateWorkload } from "./trace/synthetic/generate.js";
export * from "./trace/workload.js";
export type { OpenOptions } from "./trace/options.js";

// Workload -> Run
export { simulate, type Run } from "./simulate/simulate.js";
export { compare, type ComparisonOptions } from "./simulate/compare.js";
export type { SimulationOptions } from "./simulate/settings.js";
export { MODEL, type ModelOptions, type ModelValues } from "./simulate/model.js";
export { STEP_COLUMNS, type StepColumn, type StepColumns } from "./simulate/run.js";
export { SUMMARY_COLUMNS, type Summary, type SummaryColumn } from "./simulate/summary.js";
export type { Manifest } from "./simulate/manifest.js";

// Policies
export { createPolicy, findPolicy, POLICIES } from "./policies/index.js";
export { createPlan, hottestFirst, type Plan } from "./policies/plan.js";
export {
  definePolicy,
  type BestEffortCap,
  type ClusterView,
  type Move,
  type Policy,
  type PolicyDefinition,
  type RebalanceFunction,
  type TaskView,
} from "./policies/policy.js";

// Run -> tables
export { movesTable, stepsTable, summaryTable, tasksTable } from "./simulate/tables.js";

// Metrics
export * from "./metrics/gini.js";
export { createGiniIndex, type GiniIndex } from "./metrics/gini-index.js";
export * from "./metrics/fairness.js";
export { waterFill, type WaterFill } from "./metrics/bound.js";
export * from "./metrics/queueing.js";
export * from "./metrics/energy.js";
export { migrationFigures, type MigrationFigures, type MigrationTable } from "./metrics/migration.js";
export { relativeThroughput, slowdownFigures, type SlowdownFigures } from "./metrics/slowdown.js";

// The model's parts, for a closer look
export { preCopy, type MigrationCost, type PreCopyOptions } from "./cluster/migration-cost.js";

// In a notebook
export { show } from "./display/display.js";
export { withProgress } from "./display/progress.js";
export { notebookParameters, type ParameterValue, type Widened } from "./display/notebook-parameters.js";
export type { ShowOptions } from "./display/bundle.js";
