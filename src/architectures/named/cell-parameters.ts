/** Parameters and parts that the architectures of a shared cell have in common. */
import type { Parameter, Parameters, Values } from "../../base/parameters.js";
import type { CellParts, ThinkTime } from "../parts.js";
import { count, quantity } from "./parameters.js";

/** Whether a class is that of long-running jobs; all others count as batch. */
export function isService(jobClass: string): boolean {
  return /^service$/i.test(jobClass);
}

/** A deviation of schedulers that decide about the whole cell. */
export const THINKING_COUNTS =
  "mode clean: time to think counts as work also if no task was placed (in the program it does not)";

/** Returns the think times of batch and service jobs; the defaults are those of Omega's simulator. */
export function thinkParameters(defaults: {
  readonly batchTask: number;
  readonly serviceTask: number;
}): Record<"batchJob" | "batchTask" | "serviceJob" | "serviceTask", Parameter> {
  return {
    batchJob: quantity(
      0.01,
      "s",
      "time to think about a job that is not of class Service (program .01, paper .1)",
    ),
    batchTask: quantity(defaults.batchTask, "s", "the same for each of its unplaced tasks (paper .005)"),
    serviceJob: quantity(0.01, "s", "time to think about a job of the class Service"),
    serviceTask: quantity(defaults.serviceTask, "s", "the same for each of its unplaced tasks"),
  };
}

export const retryParameters = {
  retryAfter: quantity(1, "s", "a job with unplaced tasks enters the queue again after this time"),
  attemptsWithoutTask: count(
    100,
    "decisions",
    "a job is abandoned after more than these without a placed task",
  ),
  attempts: count(1000, "decisions", "a job is abandoned after more than these"),
} as const satisfies Parameters;

type Thinks = Values<ReturnType<typeof thinkParameters>>;

/** Returns the think time of a class of jobs. */
export function thinkOf(values: Thinks, jobClass: string): ThinkTime {
  return isService(jobClass)
    ? { job: values.serviceJob, task: values.serviceTask }
    : { job: values.batchJob, task: values.batchTask };
}

/** Returns the think times of several classes. */
export function thinksOf(values: Thinks, classes: readonly string[]): Record<string, ThinkTime> {
  return Object.fromEntries(classes.map((name) => [name, thinkOf(values, name)]));
}

/** Returns the parts of schedulers that see the current state of the cell. */
export function cellParts(
  values: Values<typeof retryParameters>,
  schedulers: CellParts["schedulers"],
): CellParts {
  return {
    engine: "cell",
    see: "live",
    conflict: "resource-fit",
    transaction: "all-or-nothing",
    schedulers,
    offers: { interval: 1, allocatorThinks: 0.001, leastCpu: 100, leastMemory: 100 },
    retryAfter: values.retryAfter,
    attemptsWithoutTask: values.attemptsWithoutTask,
    attempts: values.attempts,
  };
}
