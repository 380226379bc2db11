/** The public API of scheduler architectures, `schedlab/architectures`. */
export { ARCHITECTURES, findArchitecture, type ArchitectureName } from "../../architectures/registry.js";
export type {
  ArchitectureDefinition,
  BuiltInArchitecture,
  Context,
} from "../../architectures/architecture.js";
export { defineArchitecture } from "../../architectures/own.js";
export type {
  CellParts,
  FrameworkParts,
  GroupParts,
  HybridParts,
  MesosParts,
  OfferParts,
  Parts,
  RoleParts,
  SamplingParts,
  SchedulerParts,
  ThinkTime,
} from "../../architectures/parts.js";
export { classSummaries, type ClassSummary } from "../../architectures/cell/summary.js";
export {
  clusterOf,
  type CapacityChanges,
  type Cluster,
  type EqualMachines,
} from "../../architectures/cluster.js";
export { scheduleTimeline } from "./charts/schedule-timeline.js";
export { drfSteps, type DrfUser } from "../../architectures/drf-steps.js";
export { frameworkTimes, type FrameworkTimesOptions } from "../../architectures/framework-times.js";
export { noWait, type Sampled } from "../../architectures/no-wait.js";
export { runCases, type CaseTables, type ScheduleCase } from "../../architectures/run-cases.js";
export { jobTimes, type JobTimes } from "../../architectures/job-times.js";
export { asWorkload } from "../../architectures/as-workload.js";
export { recordedSchedule } from "../../architectures/recorded.js";
export {
  OMEGA_CLASSES,
  omegaJobs,
  sparrowJobs,
  type OmegaClass,
  type OmegaJobsOptions,
  type SparrowJobsOptions,
} from "../../architectures/jobs/generate.js";
export {
  jobsOf,
  type JobsOfOptions,
  type WorkloadCluster,
  type WorkloadJobs,
  type WorkloadWork,
} from "../../architectures/jobs/jobs-of.js";
export { readHawkTrace } from "../../architectures/jobs/hawk-trace.js";
export { misestimate } from "../../architectures/jobs/misestimate.js";
export { jobsFrom, type JobDependencies, type JobRow, type Jobs } from "../../architectures/jobs/jobs.js";
export { readOmegaJobs, readOmegaTrace } from "../../architectures/jobs/omega-jobs.js";
export {
  localShare,
  nonLocal,
  skipsForLocality,
  waitForSkips,
} from "../../architectures/mesos/delay-scheduling.js";
export { assetFairness, drfPicks, equalIncomes } from "../../architectures/mesos/fair-division.js";
export {
  SCHEDULE_METRICS,
  scheduleMetrics,
  type ScheduleMetric,
  type ScheduleMetricName,
} from "../../architectures/metrics.js";
export type {
  JobRecord,
  MachineRecord,
  OfferRecord,
  Outcome,
  SchedulerRecord,
  TaskRecord,
  Utilization,
} from "../../architectures/record.js";
export type { Prefill } from "../../architectures/capacity.js";
export {
  schedule,
  type ArchitectureChoice,
  type Schedule,
  type ScheduleOptions,
} from "../../architectures/schedule.js";
export { MODES, type Mode } from "../../architectures/setup.js";
export {
  architecturesTable,
  jobsTable,
  offersTable,
  schedulersTable,
  schedulesTable,
  tasksTable,
} from "../../architectures/tables.js";
export type { ProbeLists } from "../../architectures/workers/probes.js";
