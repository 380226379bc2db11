/** Orders, packings and schedules as arquero tables. */
import { table, type ColumnTable } from "arquero";
import { descriptionColumns } from "../../base/definition.js";
import { InputError } from "../../base/errors.js";
import { describeRange, type Parameter } from "../../base/parameters.js";
import { jain } from "../../metrics/fairness.js";
import { meanOf, quantileOfSorted } from "../../metrics/statistics.js";
import type { OrderDefinition } from "./order.js";
import type { Packing } from "./packing.js";
import { ORDERS } from "./registry.js";
import type { DagSchedule } from "./schedule-dags.js";

/** Returns a table with one row per order: name, rule, source, fidelity, deviations and parameters. */
export function ordersTable(orders: readonly OrderDefinition[] = ORDERS): ColumnTable {
  const describe = ([name, parameter]: [string, Parameter]): string => {
    const unit = parameter.unit === "" ? "" : ` ${parameter.unit}`;
    return `${name} ${parameter.default}${unit} (${describeRange(parameter)}): ${parameter.description}`;
  };
  return table({
    ...descriptionColumns(orders),
    parameters: orders.map(({ parameters = {} }) => Object.entries(parameters).map(describe).join("; ")),
  });
}

/**
 * Returns a table with one row per task: its id, stage, duration and demands, machine, start and end. Throws
 * InputError for a resource with the name of another column.
 */
export function packingTable({ dag, machine, start, end }: Packing): ColumnTable {
  const width = dag.resources.length;
  const own = { task: dag.ids, stage: Array.from(dag.stage, (s) => dag.stages[s]), duration: dag.duration };
  const taken = dag.resources.find((name) => name in { ...own, machine, start, end });
  if (taken !== undefined)
    throw new InputError(`resource ${taken} has the name of a column of the table: name it otherwise`);
  return table({
    ...own,
    ...Object.fromEntries(
      dag.resources.map((name, r) => [name, dag.ids.map((_, t) => dag.demand[t * width + r])]),
    ),
    machine,
    start,
    end,
  });
}

/** Returns a table with one row per job: its id, arrival, tasks, response, slowdown and deficit. */
export function dagJobsTable({ jobs, response, slowdown, deficit }: DagSchedule): ColumnTable {
  return table({
    job: jobs.map(({ id }) => String(id)),
    arrival: jobs.map(({ arrival }) => arrival),
    tasks: jobs.map(({ dag }) => dag.ids.length),
    response,
    slowdown,
    deficit,
  });
}

/**
 * Returns a table with one row per schedule: order, seed, mean, median and 90th percentile of the response,
 * mean slowdown and Jain's index of the slowdowns (1: all jobs are slowed down alike), the greatest deficit,
 * makespan and events.
 */
export function dagSchedulesTable(schedules: readonly DagSchedule[]): ColumnTable {
  const column = <T>(of: (schedule: DagSchedule) => T): T[] => schedules.map(of);
  const quantile = (q: number) => (made: DagSchedule) => quantileOfSorted(made.response.slice().sort(), q);
  const slowdowns = ({ slowdown }: DagSchedule): Float64Array => slowdown.filter((value) => value >= 0);
  return table({
    order: column(({ order }) => order),
    seed: column(({ seed }) => seed),
    responseMean: column(({ response }) => meanOf(response)),
    responseP50: column(quantile(0.5)),
    responseP90: column(quantile(0.9)),
    slowdownMean: column((made) => meanOf(slowdowns(made))),
    slowdownJain: column((made) => jain(slowdowns(made))),
    deficitMost: column(({ deficit }) => deficit.reduce((most, value) => Math.max(most, value), 0)),
    makespan: column(({ makespan }) => makespan),
    events: column(({ events }) => events),
  });
}
