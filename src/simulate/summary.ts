/** One row that says how a run went. */
import { InputError, messageOf } from "../base/errors.js";
import { migrationFigures, type MigrationFigures } from "../metrics/migration.js";
import { slowdownFigures, type SlowdownFigures } from "../metrics/slowdown.js";
import { BEST_EFFORT, OUTCOME, type Workload } from "../workload/workload.js";
import { hasRunFigure, isBuiltIn } from "./metrics/catalogue.js";
import { meanOfDefined, type EndedRun, type Metric } from "./metrics/metric.js";
import { MOVE_OUTCOME } from "./migrations.js";
import type { MoveColumns, TaskColumns } from "./run.js";

/**
 * Returns the figures of the whole run by name of the metric, in the order of the metrics. Figures that are not
 * defined, such as LC ones without LC tasks, are NaN. Throws InputError where a metric gives no number.
 */
export function summarize(
  metrics: readonly Metric[],
  ended: Omit<EndedRun, "migration" | "slowdown">,
): Readonly<Record<string, number>> {
  const run = withParts(ended);
  const figures = metrics.filter(hasRunFigure).map((metric) => [metric.name, figureOf(metric, run)]);
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
  if (typeof value === "number" && Math.abs(value) !== Infinity) return value;
  throw new InputError(
    `metric ${name} gave ${String(value)} for the run; give a number, NaN where it is not defined`,
  );
}

/**
 * A metric of a user's own may sort or change what it is given: it gets copies, of columns that are large
 * when it asks.
 */
function copyOf(ended: EndedRun): EndedRun {
  const { workload } = ended;
  return {
    ...ended,
    steps: copyColumns(ended.steps),
    tasks: copyColumns(ended.tasks),
    moves: copyColumns(ended.moves),
    meanUtilization: ended.meanUtilization.slice(),
    get workload(): Workload {
      const { machines, machineEvents, runs, usage, dependencies } = workload;
      return {
        ...workload,
        machines: copyColumns(machines),
        machineEvents: copyColumns(machineEvents),
        runs: copyColumns(runs),
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

/** Several metrics read them; none may ask for them. */
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

function slowdownOf({ runs }: Workload, tasks: TaskColumns): SlowdownFigures {
  const { start, end, taskClass, outcome } = runs;
  // A run that was alive when the trace ended has no length to compare with.
  const counts = (run: number): boolean => taskClass[run] === BEST_EFFORT && outcome[run] !== OUTCOME.alive;
  return slowdownFigures(
    tasks.ended.map((ended, run) => (counts(run) ? ended - start[run] : NaN)),
    end.map((ended, run) => ended - start[run]),
  );
}

function migrationOf({
  workload: { machines, stepSeconds },
  settings: { model, steps },
  moves,
}: Pick<EndedRun, "workload" | "settings" | "moves">): MigrationFigures {
  return migrationFigures(moves, {
    machines: machines.id.length,
    linkBytesPerSecond: (model.linkGbps * 1e9) / 8,
    duration: steps * stepSeconds,
    completed: (row) => isCompleted(moves, row),
  });
}

function isCompleted({ outcome }: MoveColumns, row: number): boolean {
  return MOVE_OUTCOME[outcome[row]] === "completed";
}
