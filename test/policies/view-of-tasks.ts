import type { ClusterView, TaskView } from "../../src/policies/policy.js";

export interface ViewMachine {
  /** Capacities. */
  readonly cpu: number;
  readonly memory: number;
  /** Load of LC work that is not in the list of tasks. */
  readonly lcLoad: number;
}

/** A cluster as `rebalance` sees it: machines, and best-effort tasks on them; the id of a task is its row. */
export function viewOfTasks(machines: readonly ViewMachine[], tasks: readonly TaskView[]): ClusterView {
  const column = (of: (machine: ViewMachine, m: number) => number): Float64Array =>
    Float64Array.from(machines, of);
  const tasksOn = (m: number): TaskView[] => tasks.filter(({ machine }) => machine === m);
  const sum = (m: number, of: (task: TaskView) => number): number =>
    tasksOn(m).reduce((total, task) => total + of(task), 0);
  const freeMemory = column(({ memory }, m) => memory - sum(m, (task) => task.memory));
  const unused = (): never => {
    throw new Error("this view has no history and places nothing");
  };
  return {
    step: 0,
    stepSeconds: 300,
    machines: machines.length,
    cpuCapacity: column(({ cpu }) => cpu),
    memoryCapacity: column(({ memory }) => memory),
    load: column(({ cpu, lcLoad }, m) => lcLoad + sum(m, (task) => task.cpu) / cpu),
    lcLoad: column(({ lcLoad }) => lcLoad),
    steal: new Float64Array(machines.length),
    lcTail: new Float64Array(machines.length),
    freeMemory,
    cpuRequested: column((_, m) => sum(m, (task) => task.cpuRequest)),
    taskCount: column((_, m) => tasksOn(m).length),
    history: unused,
    taskHistory: unused,
    coldest: unused,
    tasksOn,
    fits: (task, m) => task.memory <= freeMemory[m],
  };
}
