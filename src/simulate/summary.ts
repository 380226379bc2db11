/** The metrics of a whole run, as one row. */
import { oneNaN } from "../base/columns/one-nan.js";
import { InputError, messageOf } from "../base/errors.js";
import { migrationFigures, type MigrationFigures } from "../metrics/migration.js";
import { slowdownFigures, type SlowdownFigures } from "../metrics/slowdown.js";
import { BEST_EFFORT, OUTCOME, type Workload } from "../workload/workload.js";
import { hasRunFigure, isBuiltIn } from "./metrics/catalogue.js";
import { type EndedRun, type Metric } from "./metrics/metric.js";
import { UNLIMITED, ownValue, withoutRounding } from "./metrics/range.js";
import { meanOfDefined } from "../metrics/statistics.js";
import { MIGRATION_OUTCOME } from "./migrations.js";
import type { MigrationColumns, TaskColumns } from "./run.js";

/**
 * Returns the values for the whole run by name of the metric, in the order of the metrics. Values that are
 * not defined, such as LC metrics without LC tasks, are NaN. Throws InputError where a metric gives no
 * number.
 */
export function summarize(
  metrics: readonly Metric[],
  ended: Omit<EndedRun, "migration" | "slowdown">,
): Readonly<Record<string, number>> {
  const run = withParts(ended);
  const figures = metrics.filter(hasRunFigure).map((metric) => {
    const { name, range = UNLIMITED } = metric;
    return [name, oneNaN(withoutRounding(range, figureOf(metric, run)))];
  });
  return Object.fromEntries(figures) as Readonly<Record<string, number>>;
}

function figureOf(metric: Metric, ended: EndedRun): number {
  const { name, run } = metric;
  if (isBuiltIn(metric)) return typeof run === "function" ? run(ended) : meanOfDefined(ended.steps[name]);
  let value: unknown;
  try {
    value = typeof run === "function" ? run(copyOf(ended)) : meanOfDefined(ended.steps[name]);
  } catch (error) {
    throw new InputError(`metric ${name} failed: ${messageOf(error)}`, { cause: error });
  }
  return ownValue(metric, value, "for the run");
}

/**
 * Copies the run for a user's own metric, which may sort or change the columns. The large columns of the
 * workload are copied only when the metric reads them.
 */
function copyOf(ended: EndedRun): EndedRun {
  const { workload } = ended;
  return {
    ...ended,
    steps: copyColumns(ended.steps),
    tasks: copyColumns(ended.tasks),
    migrations: copyColumns(ended.migrations),
    meanUtilization: ended.meanUtilization.slice(),
    get workload(): Workload {
      const { machines, machineEvents, executions, usage, dependencies } = workload;
      return {
        ...workload,
        machines: copyColumns(machines),
        machineEvents: copyColumns(machineEvents),
        executions: copyColumns(executions),
        usage: copyColumns(usage),
        ...(dependencies && { dependencies: copyColumns(dependencies) }),
      };
    },
  };
}

function copyColumns<C extends object>(columns: C): C {
  const copies = Object.entries(columns as Record<string, Float64Array>).map(([name, column]) => [
    name,
    column.slice(),
  ]);
  return Object.fromEntries(copies) as C;
}

/** Adds the parts that several metrics share; they are computed when first read. */
function withParts(ended: Omit<EndedRun, "migration" | "slowdown">): EndedRun {
  let migration: MigrationFigures | undefined;
  let slowdown: SlowdownFigures | undefined;
  return {
    ...ended,
    get migration(): MigrationFigures {
      return (migration ??= migrationOf(ended));
    },
    get slowdown(): SlowdownFigures {
      return (slowdown ??= slowdownOf(ended.workload, ended.tasks));
    },
  };
}

function slowdownOf({ executions }: Workload, tasks: TaskColumns): SlowdownFigures {
  const { start, end, taskClass, outcome } = executions;
  const { arrived = start } = tasks;
  // An execution that was alive when the trace ended has no known length to compare with.
  const counts = (execution: number): boolean =>
    taskClass[execution] === BEST_EFFORT && outcome[execution] !== OUTCOME.alive;
  return slowdownFigures(
    tasks.ended.map((ended, execution) => (counts(execution) ? ended - arrived[execution] : NaN)),
    end.map((ended, execution) => ended - start[execution]),
  );
}

function migrationOf({
  workload: { machines, stepSeconds },
  settings: { model, steps },
  migrations,
}: Pick<EndedRun, "workload" | "settings" | "migrations">): MigrationFigures {
  return migrationFigures(migrations, {
    machines: machines.id.length,
    linkBytesPerSecond: (model.linkGbps * 1e9) / 8,
    duration: steps * stepSeconds,
    completed: (row) => isCompleted(migrations, row),
  });
}

function isCompleted({ outcome }: MigrationColumns, row: number): boolean {
  return MIGRATION_OUTCOME[outcome[row]] === "completed";
}
