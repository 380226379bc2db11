/** Scheduler architectures as an axis of an experiment. */
import { describeValue, InputError } from "../base/errors.js";
import { refuseUnknownKeys } from "../base/known-keys.js";
import { checkJobsOptions } from "../architectures/jobs/jobs-of.js";
import { COMPARED, findMetric, RUN_METRICS } from "../simulate/metrics/catalogue.js";
import type { Metric } from "../simulate/metrics/metric.js";
import {
  COMPARED_OF_SCHEDULES,
  SCHEDULE_METRICS,
  type ScheduleMetricName,
} from "../architectures/metrics.js";
import { RECORDED } from "../architectures/recorded.js";
import { ARCHITECTURES, findArchitecture, type ArchitectureName } from "../architectures/registry.js";
import {
  scheduledWorkload,
  type ArchitectureRun,
  type ScheduledWorkload,
} from "../architectures/scheduled-workload.js";
import type { Workload } from "../workload/workload.js";
import type { Owner } from "./deal-settings.js";
import { listOf, oneOf, type OneOrMore } from "./read-values.js";

/** The keys of an experiment over architectures. */
export interface ArchitectureKeys {
  /**
   * Scheduler architectures. Each of them gives the tasks their starts and machines before the policies run;
   * "trace" keeps those of the trace. With this key, the table also has a column `architecture` and the
   * metrics of schedules (`SCHEDULE_METRICS`).
   */
  readonly architectures?: OneOrMore<ArchitectureName | typeof RECORDED>;
  /** How jobs are made of the trace (`jobsOf`); one value for all architectures. */
  readonly jobs?: ArchitectureRun["jobs"];
}

export interface DesignArchitectures {
  /** In the order given; "trace" has no parameters. */
  readonly owners: readonly Owner[];
  readonly jobs: ArchitectureRun["jobs"];
}

/** Returns the architectures of an experiment; undefined where the key is absent. */
export function readArchitectures(keys: ArchitectureKeys): DesignArchitectures | undefined {
  const known = [RECORDED, ...ARCHITECTURES.map(({ name }) => name)];
  const names = listOf(keys, "architectures", (value) =>
    typeof value === "string" ? value : oneOf(known)(value),
  );
  const jobs: unknown = keys.jobs;
  if (names.length === 0) {
    if (jobs === undefined) return undefined;
    throw new InputError("jobs has no effect without architectures; give both keys, or leave jobs out");
  }
  return { owners: names.map(ownerOf), jobs: jobs === undefined ? {} : readJobs(jobs) };
}

function ownerOf(name: string): Owner {
  const { parameters } = name === RECORDED ? { parameters: {} } : findArchitecture(name);
  return { kind: "architecture", name, parameters };
}

function readJobs(jobs: unknown): ArchitectureRun["jobs"] {
  if (typeof jobs !== "object" || jobs === null || Array.isArray(jobs))
    throw new InputError(`invalid jobs: ${describeValue(jobs)}; give an object in braces`);
  refuseUnknownKeys(jobs, ["running", "demand", "overcommit", "togetherSeconds"], "key of jobs");
  checkJobsOptions(jobs);
  return jobs;
}

/** Whether a metric belongs to schedules, not to the clock loop. */
export function isScheduleMetric(name: unknown): name is ScheduleMetricName {
  return typeof name === "string" && Object.hasOwn(SCHEDULE_METRICS, name);
}

/** Whether tables and differences show a metric if the user chose none: the compared ones, and one's own. */
export function isCompared(name: string): boolean {
  const compared: readonly string[] = [...COMPARED, ...COMPARED_OF_SCHEDULES];
  const builtIn: readonly string[] = RUN_METRICS;
  return compared.includes(name) || !(builtIn.includes(name) || isScheduleMetric(name));
}

/** Returns a built-in metric of runs or of schedules. Throws InputError for an unknown name. */
export function findAnyMetric(name: string): Metric {
  return isScheduleMetric(name) ? { name, ...SCHEDULE_METRICS[name] } : findMetric(name);
}

/** The last schedule of each workload in memory, because several policies run on the same schedule. */
const latest = new WeakMap<Workload, { readonly key: string; readonly scheduled: ScheduledWorkload }>();

/** Returns the workload with the starts and machines of the architecture, and the metrics of the schedule. */
export function scheduledBy(workload: Workload, architecture: ArchitectureRun): ScheduledWorkload {
  const key = JSON.stringify(architecture);
  const known = latest.get(workload);
  if (known?.key === key) return known.scheduled;
  // Release the old schedule first, because two may not fit into memory.
  latest.delete(workload);
  const scheduled = scheduledWorkload(workload, architecture);
  latest.set(workload, { key, scheduled });
  return scheduled;
}
