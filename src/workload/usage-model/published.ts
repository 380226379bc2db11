/**
 * Published statistics of the Google 2011 trace (clusterdata-2011-2). The usage model and the generator are
 * calibrated to them, and `describeWorkload` prints them beside a workload's own values. The sources are:
 *
 * - `borg2020`: Tirmazi et al., "Borg: the Next Generation", EuroSys 2020; its 2011 time series (figures 2,
 *   4, 6, 10) read from the vector graphics.
 * - `t0`: the 132,982 tasks that run at time 0, computed from task_events part 0 and machine_events.
 * - `events`: the first 5.57 hours, computed from task_events parts 0 to 3.
 * - `hour`: use of 12,436 machines in twelve five-minute slots, 16 May 2011 00:00-00:55 EDT.
 * - `usage0`: the first 10,000 rows of task_usage part 0 (83 % production tasks).
 */
import type { Tier } from "../tier.js";

export interface PublishedValue {
  readonly value: number;
  readonly source: string;
}

const BORG2020 = "Borg: the Next Generation (EuroSys 2020)";
const T0 = "clusterdata-2011-2, tasks running at time 0";
const EVENTS = "clusterdata-2011-2, task events of the first 5.57 h";
const HOUR = "clusterdata-2011-2, machines on 16 May 2011 00:00-00:55 EDT";

type ByTier = Readonly<Record<Tier, number>>;

/**
 * Mean used / requested by tier over 29 days (borg2020, figures 2 and 4). CPU of the free tier is 0.42 with
 * its load peak of five days (days 20.5 to 26) and 0.28 without. The model does not have this peak, so it
 * uses the middle.
 */
export const USED_OVER_REQUESTED: { readonly cpu: ByTier; readonly memory: ByTier } = {
  cpu: { prod: 0.33, beb: 0.42, free: 0.35 },
  memory: { prod: 0.58, beb: 0.36, free: 0.21 },
};

/**
 * Production CPU by hour of the day (EDT), and by day of the week from Sunday, divided by its mean (borg2020,
 * figure 2).
 */
export const PRODUCTION_CPU_BY_HOUR: readonly number[] = [
  0.883, 0.866, 0.871, 0.884, 0.883, 0.926, 0.918, 0.955, 1.018, 1.076, 1.112, 1.129, 1.114, 1.116, 1.084,
  1.094, 1.083, 1.067, 1.028, 1.008, 0.988, 0.995, 0.966, 0.935,
];
export const PRODUCTION_CPU_BY_WEEKDAY: readonly number[] = [0.91, 1.023, 1.049, 1.031, 1.048, 1.013, 0.925];

/**
 * Number of machines of the real cell when the trace begins. A generated cluster gets the share of each job
 * that corresponds to its number of machines.
 */
export const CELL_MACHINES = 12_477;

/** Statistics of the trace by their name in `describeWorkload`: "section/statistic". */
export const PUBLISHED: Readonly<Record<string, PublishedValue>> = {
  ...from("clusterdata-2011-2, machine_events at time 0", {
    "machines/share of shape 0.5/0.5": 0.535,
    "machines/share of shape 0.5/0.25": 0.307,
    "machines/share of shape 0.5/0.75": 0.08,
    "machines/share of shape 1/1": 0.063,
    "machines/share of shape 0.25/0.25": 0.01,
  }),
  ...from(T0, {
    "start/tasks per machine": 10.65,
    "start/tasks per machine, 5 %": 6,
    "start/tasks per machine, median": 10,
    "start/tasks per machine, 95 %": 17,
    "start/machines with LC and BE tasks (class>=2)": 0.97,
    "start/share of tasks, prod": 0.4215,
    "start/share of tasks, beb": 0.1678,
    "start/share of tasks, free": 0.4107,
    "start/share of tasks, class 0": 0.3179,
    "start/share of tasks, class 1": 0.1898,
    "start/share of tasks, class 2": 0.2824,
    "start/share of tasks, class 3": 0.2099,
    "start/CPU requested": 1.13,
    "start/CPU requested, prod": 0.732,
    "start/CPU requested, beb": 0.184,
    "start/CPU requested, free": 0.219,
    "start/CPU requested, LC (class>=2)": 0.778,
    "start/CPU requested, BE (class>=2)": 0.356,
    "start/share of tasks, LC (class>=2)": 0.492,
    "start/memory requested": 0.93,
    "start/Gini of CPU requested": 0.078,
    "start/Gini of memory requested": 0.145,
    "start/CPU request, 5 %": 0.00625,
    "start/CPU request, 25 %": 0.0125,
    "start/CPU request, 50 %": 0.05,
    "start/CPU request, 75 %": 0.0625,
    "start/CPU request, 95 %": 0.172,
    "start/CPU request, 99 %": 0.3125,
    "start/memory request, 5 %": 0.0031,
    "start/memory request, 25 %": 0.0132,
    "start/memory request, 50 %": 0.0255,
    "start/memory request, 75 %": 0.0557,
    "start/memory request, 95 %": 0.127,
    "start/memory request, 99 %": 0.233,
  }),
  ...from(EVENTS, {
    "arrivals/new tasks per machine and hour": 1.874,
    "arrivals/executions per machine and hour": 2.559,
    "arrivals/share of executions, prod": 0.015,
    "arrivals/share of executions, beb": 0.583,
    "arrivals/share of executions, free": 0.402,
    "arrivals/scheduling delay, median": 1.92,
    "arrivals/scheduling delay, 90 %": 10.6,
    "durations/all, 25 %": 121,
    "durations/all, 50 %": 406,
    "durations/all, 75 %": 2214,
    "durations/all, 90 %": 17_164,
    "durations/all, over an hour": 0.217,
    "durations/prod, 25 %": 30,
    "durations/prod, 50 %": 422,
    "durations/prod, over an hour": 0.408,
    "durations/beb, 25 %": 173,
    "durations/beb, 50 %": 379,
    "durations/beb, 75 %": 758,
    "durations/beb, 90 %": 1980,
    "durations/beb, over an hour": 0.049,
    "durations/free, 25 %": 35,
    "durations/free, 50 %": 931,
    "durations/free, 75 %": 11_557,
    "durations/free, over an hour": 0.441,
    "ends/finish": 0.62,
    "ends/kill": 0.28,
    "ends/evict": 0.052,
    "ends/fail": 0.046,
  }),
  ...from(`${BORG2020}, figures 2 and 4, mean of 29 days`, {
    "use/CPU used": 0.423,
    "use/memory used": 0.424,
    "use/CPU requested": 1.188,
    "use/memory requested": 0.904,
    "use/CPU used over requested, prod": 0.33,
    "use/CPU used over requested, beb": 0.42,
    "use/CPU used over requested, free": 0.42,
    "use/memory used over requested, prod": 0.58,
    "use/memory used over requested, beb": 0.36,
    "use/memory used over requested, free": 0.21,
    "use/production CPU, highest hour of the day over lowest": 1.303,
  }),
  ...from(`${BORG2020}, figure 2, first hour`, { "use/CPU used, first step": 0.375 }),
  ...from(HOUR, {
    "balance/Gini of CPU, first step": 0.364,
    "balance/Gini of CPU, mean of steps": 0.364,
    "balance/Gini of memory, first step": 0.25,
    "balance/Gini of memory, mean of steps": 0.25,
    "balance/change of a machine's CPU in 300 s, sd": 0.088,
    "balance/correlation of machines' CPU over 55 min": 0.86,
  }),
  ...from(`${BORG2020}, figure 6, day 15 13:00-13:05`, {
    "balance/CPU of a machine, 5 %": 0.087,
    "balance/CPU of a machine, 25 %": 0.213,
    "balance/CPU of a machine, 50 %": 0.325,
    "balance/CPU of a machine, 75 %": 0.474,
    "balance/CPU of a machine, 95 %": 0.807,
  }),
};

function from(source: string, values: Readonly<Record<string, number>>): Record<string, PublishedValue> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, source }]));
}
