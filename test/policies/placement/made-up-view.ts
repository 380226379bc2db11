import type { ClusterView, TaskView } from "../../../src/policies/policy.js";

export interface MadeUpMachine {
  /** Capacities; a CPU capacity of 0 is a machine that is down. */
  readonly cpu: number;
  readonly memory: number;
  readonly requested: number;
  readonly reserved: number;
  /** CPU wanted, in the unit of the capacity. */
  readonly wanted: number;
}

/**
 * A cluster as a placement sees it, made from numbers. CPU requests may be up to `overcommit` times the
 * capacity.
 */
export function madeUpView(machines: readonly MadeUpMachine[], overcommit = 1): ClusterView {
  const column = (of: (machine: MadeUpMachine) => number): Float64Array => Float64Array.from(machines, of);
  const unused = (): never => {
    throw new Error("a placement by score asks for columns and fits only");
  };
  return {
    step: 0,
    stepSeconds: 300,
    machines: machines.length,
    cpuCapacity: column(({ cpu }) => cpu),
    memoryCapacity: column(({ memory }) => memory),
    load: column(({ cpu, wanted }) => (cpu > 0 ? wanted / cpu : 0)),
    lcLoad: new Float64Array(machines.length),
    steal: new Float64Array(machines.length),
    lcTail: new Float64Array(machines.length),
    freeMemory: column(({ memory, reserved }) => memory - reserved),
    cpuRequested: column(({ requested }) => requested),
    taskCount: new Float64Array(machines.length),
    history: unused,
    taskHistory: unused,
    tasksOn: unused,
    coldest: unused,
    fits(task, m) {
      const { cpu, memory, requested, reserved } = machines[m];
      return cpu > 0 && requested + task.cpuRequest <= overcommit * cpu && reserved + task.memory <= memory;
    },
  };
}

export function arrival(cpuRequest: number, memory: number, cpu = 0.4 * cpuRequest): TaskView {
  return {
    id: 0,
    latencyCritical: false,
    priority: 0,
    cpu,
    cpuRequest,
    memory,
    machine: -1,
    traceMachine: -1,
    age: 0,
  };
}
