/** Schedules as arquero tables, for notebooks and exports. */
import { table, type ColumnTable } from "arquero";
import { descriptionColumns } from "../base/definition.js";
import { InputError } from "../base/errors.js";
import { jobTimes } from "./job-times.js";
import { scheduleMetrics } from "./metrics.js";
import type { ArchitectureDefinition } from "./architecture.js";
import type { SchedulerRecord } from "./record.js";
import type { Schedule } from "./schedule.js";

/**
 * Returns a table with one row per job: class, tasks, demands, arrival, waits, and time spent on decisions.
 */
export function jobsTable(schedule: Schedule): ColumnTable {
  const { submitted, jobs } = schedule;
  const { ids, classes, jobClass, taskOffsets, cpu, memory } = submitted;
  return table({
    job: ids,
    class: Array.from(jobClass, (kind) => classes[kind]),
    tasks: ids.map((_, j) => taskOffsets[j + 1] - taskOffsets[j]),
    cpu,
    memory,
    ...jobs,
    ...jobTimes(schedule),
  });
}

/** Returns a table with one row per task: its job, its number in the job, start, end and machine. */
export function tasksTable({ submitted, tasks }: Schedule): ColumnTable {
  const job: string[] = [];
  const index: number[] = [];
  for (let j = 0; j < submitted.ids.length; j++) {
    for (let t = submitted.taskOffsets[j]; t < submitted.taskOffsets[j + 1]; t++) {
      job.push(submitted.ids[j]);
      index.push(t - submitted.taskOffsets[j]);
    }
  }
  return table({ job, index, duration: submitted.duration, ...tasks });
}

/** Returns a table with one row per scheduler. */
export function schedulersTable({ schedulers, endTime }: Schedule): ColumnTable {
  const column = (name: keyof SchedulerRecord): unknown[] => schedulers.map((record) => record[name]);
  const names = schedulers.length === 0 ? [] : (Object.keys(schedulers[0]) as (keyof SchedulerRecord)[]);
  return table({
    ...Object.fromEntries(names.map((name) => [name, column(name)])),
    busyness: schedulers.map(({ useful, wasted }) => (useful + wasted) / endTime),
  });
}

/**
 * Returns a table with one row per offer: its framework, from when to when the framework held it, the agents
 * of which something was offered, and the tasks launched there. The end is NaN where the run ended before the
 * answer. Throws InputError for an architecture that makes no offers.
 */
export function offersTable({ architecture, offers }: Schedule): ColumnTable {
  if (offers === undefined)
    throw new InputError(
      `architecture ${architecture} makes no offers: give a schedule of mesos-offers or mesos-drf`,
    );
  const { frameworks, framework, ...columns } = offers;
  return table({ framework: framework.map((at) => frameworks[at]), ...columns });
}

/** Returns a table with one row per schedule: architecture, mode, seed, and all metrics. */
export function schedulesTable(schedules: readonly Schedule[]): ColumnTable {
  const rows = schedules.map((schedule) => {
    const { architecture, mode, seed } = schedule;
    return { architecture, mode, seed, ...scheduleMetrics(schedule) };
  });
  const names = rows.length === 0 ? [] : (Object.keys(rows[0]) as (keyof (typeof rows)[0])[]);
  return table(Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])])));
}

/** Returns a table with one row per architecture: rule, source, fidelity, deviations and modes. */
export function architecturesTable(architectures: readonly ArchitectureDefinition[]): ColumnTable {
  return table({
    ...descriptionColumns(architectures),
    modes: architectures.map(({ reproduces }) =>
      reproduces === undefined ? "clean" : `clean, ${reproduces}`,
    ),
  });
}
