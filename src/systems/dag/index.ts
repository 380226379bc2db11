/** The public API of graphs of tasks, `schedlab/dag`. */
export { dagTimeline, type DagTimelineOptions } from "./charts/dag-timeline.js";
export { boundsOf, criticalPathBound, modifiedCriticalPathBound, workBound, type Bounds } from "./bounds.js";
export type { Dag, Links } from "./dag.js";
export { dagFrom, dagFromStages, type StageRow, type TaskRow } from "./dag-from.js";
export { dagJobsOf, type DagJob, type StageColumns } from "./dag-jobs.js";
export {
  arriveAtLoad,
  DAG_SHAPES,
  dagJobs,
  type DagJobsOptions,
  type DagShape,
} from "./generate/dag-jobs.js";
export {
  chains,
  forkJoin,
  layered,
  type ChainsOptions,
  type ForkJoinOptions,
  type LayeredOptions,
} from "./generate/shapes.js";
export type { StageDraws } from "./generate/stages.js";
export { tpchLike, type TpchOptions } from "./generate/tpch.js";
export { troublesomeTasks, type Troublesome } from "./graphene/troublesome-tasks.js";
export { heftSchedule, type Communication, type HeftSchedule } from "./heft.js";
export type { DagMachines, MachineChoice } from "./machines.js";
export { optimalMakespan } from "./optimum.js";
export {
  defineOrder,
  type BuiltInOrder,
  type Candidate,
  type OrderDefinition,
  type OrderRule,
} from "./order.js";
export { packDag } from "./pack-dag.js";
export type { Packing, Placement } from "./packing.js";
export type { Problem } from "./problem.js";
export { ORDERS, type OrderChoice, type OrderName } from "./registry.js";
export { runDagCases, type DagCase, type DagCaseTables } from "./run-dag-cases.js";
export { scheduleDags, type DagOptions, type DagSchedule } from "./schedule-dags.js";
export { dagJobsTable, dagSchedulesTable, ordersTable, packingTable } from "./tables.js";
