/** The public API of scheduler architectures, `schedlab/architectures`. */
export { ARCHITECTURES, findArchitecture, type ArchitectureName } from "./registry.js";
export type { ArchitectureDefinition, BuiltInArchitecture, Context } from "./architecture.js";
export { defineArchitecture } from "./own.js";
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
} from "./parts.js";
export { classSummaries, type ClassSummary } from "./cell/summary.js";
export { clusterOf, type CapacityChanges, type Cluster, type EqualMachines } from "./cluster.js";
export { scheduleTimeline } from "./charts/schedule-timeline.js";
export { drfSteps, type DrfUser } from "./drf-steps.js";
export { frameworkTimes, type FrameworkTimesOptions } from "./framework-times.js";
export { noWait, type Sampled } from "./no-wait.js";
export { runCases, type CaseTables, type ScheduleCase } from "./run-cases.js";
export { jobTimes, type JobTimes } from "./job-times.js";
export { asWorkload } from "./as-workload.js";
export { recordedSchedule } from "./recorded.js";
export {
  OMEGA_CLASSES,
  omegaJobs,
  sparrowJobs,
  type OmegaClass,
  type OmegaJobsOptions,
  type SparrowJobsOptions,
} from "./jobs/generate.js";
export {
  jobsOf,
  type JobsOfOptions,
  type WorkloadCluster,
  type WorkloadJobs,
  type WorkloadWork,
} from "./jobs/jobs-of.js";
export { readHawkTrace } from "./jobs/hawk-trace.js";
export { misestimate } from "./jobs/misestimate.js";
export { jobsFrom, type JobDependencies, type JobRow, type Jobs } from "./jobs/jobs.js";
export { readOmegaJobs, readOmegaTrace } from "./jobs/omega-jobs.js";
export { localShare, nonLocal, skipsForLocality, waitForSkips } from "./mesos/delay-scheduling.js";
export { assetFairness, drfPicks, equalIncomes } from "./mesos/fair-division.js";
export {
  SCHEDULE_METRICS,
  scheduleMetrics,
  type ScheduleMetric,
  type ScheduleMetricName,
} from "./metrics.js";
export type {
  JobRecord,
  MachineRecord,
  OfferRecord,
  Outcome,
  SchedulerRecord,
  TaskRecord,
  Utilization,
} from "./record.js";
export type { Prefill } from "./capacity.js";
export { schedule, type ArchitectureChoice, type Schedule, type ScheduleOptions } from "./schedule.js";
export { MODES, type Mode } from "./setup.js";
export {
  architecturesTable,
  jobsTable,
  offersTable,
  schedulersTable,
  schedulesTable,
  tasksTable,
} from "./tables.js";
export type { ProbeLists } from "./workers/probes.js";
