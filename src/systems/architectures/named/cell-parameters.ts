/** Parameters and parts that the architectures of a shared cell have in common. */
import type { Parameter, Parameters, Values } from "../../../base/parameters.js";
import type { CellParts, ThinkTime } from "../parts.js";

/** The class of long-running jobs; all others count as batch. */
const SERVICE = /^service$/i;

const seconds = (value: number, description: string): Parameter => ({
  default: value,
  unit: "s",
  description,
  min: 0,
});

/** Returns the think times of batch and service jobs; the defaults are those of Omega's simulator. */
export function thinkParameters(defaults: {
  readonly batchTask: number;
  readonly serviceTask: number;
}): Record<"batchJob" | "batchTask" | "serviceJob" | "serviceTask", Parameter> {
  return {
    batchJob: seconds(0.01, "to think about a job of another class than Service (program .01, paper .1 s)"),
    batchTask: seconds(defaults.batchTask, "and about each of its unplaced tasks (paper .005 s)"),
    serviceJob: seconds(0.01, "to think about a job of the class Service"),
    serviceTask: seconds(defaults.serviceTask, "and about each of its unplaced tasks"),
  };
}

export const retryParameters = {
  retryAfter: seconds(1, "a job with unplaced tasks comes back into the queue after so long"),
  attemptsWithoutTask: {
    default: 100,
    unit: "",
    description: "a job is given up after more decisions than this without any task placed",
    min: 0,
    integer: true,
  },
  attempts: {
    default: 1000,
    unit: "",
    description: "a job is given up after more decisions than this",
    min: 0,
    integer: true,
  },
} as const satisfies Parameters;

type Thinks = Values<ReturnType<typeof thinkParameters>>;

/** Returns the think time of a class of jobs. */
export function thinkOf(values: Thinks, jobClass: string): ThinkTime {
  return SERVICE.test(jobClass)
    ? { job: values.serviceJob, task: values.serviceTask }
    : { job: values.batchJob, task: values.batchTask };
}

/** Returns the think times of several classes. */
export function thinksOf(values: Thinks, classes: readonly string[]): Record<string, ThinkTime> {
  return Object.fromEntries(classes.map((name) => [name, thinkOf(values, name)]));
}

/** Returns the parts of one queue whose scheduler sees the cell as it is, to be changed as needed. */
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
