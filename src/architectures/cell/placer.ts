/** What a policy with a placement rule sees of a cell. */
import { InputError } from "../../base/errors.js";
import { randomStream, type Random } from "../../base/random.js";
import type { ClusterView, Policy, TaskView } from "../../policies/policy.js";
import type { Cell, View } from "./cell.js";

/** A placement rule, and the cell as the rule sees it: requests take the place of observed loads. */
export interface Placer {
  readonly policy: Policy;
  readonly random: Random;
  readonly sees: Sees;
}

interface Sees extends ClusterView {
  readonly load: Float64Array;
  readonly lcLoad: Float64Array;
  readonly freeMemory: Float64Array;
  readonly cpuRequested: Float64Array;
  readonly taskCount: Float64Array;
  /** The rows of the machines that the present scheduler may use. */
  machinesFrom: number;
  machinesTo: number;
}

/** Throws InputError for a policy that does not place tasks. */
export function createPlacer({ cpuCapacity, memoryCapacity }: Cell, policy: Policy, seed: number): Placer {
  if (policy.place === undefined)
    throw new InputError(`policy ${policy.name} does not place tasks: give one that does, such as first-fit`);
  const machines = cpuCapacity.length;
  const column = (): Float64Array => new Float64Array(machines);
  const sees: Sees = {
    step: 0,
    stepSeconds: 0,
    machines,
    cpuCapacity,
    memoryCapacity,
    load: column(),
    lcLoad: column(),
    steal: column(),
    lcTail: column(),
    freeMemory: column(),
    cpuRequested: column(),
    taskCount: column(),
    machinesFrom: 0,
    machinesTo: machines,
    history: (machine) => [sees.load[machine]],
    taskHistory: (task) => [task.cpu],
    tasksOn: () => [],
    coldest: (task, passes) => coldest(sees, task, passes),
    fits: (task, machine) => fits(sees, task, machine),
  };
  return { policy, random: randomStream(seed, "policy", "architecture", "where"), sees };
}

/** Updates what the rule sees of a machine. */
export function look(sees: Sees, cell: Cell, view: View | undefined, machine: number): void {
  const from = view !== undefined && view.stamp[machine] === view.epoch ? view : cell;
  const capacity = cell.cpuCapacity[machine];
  sees.cpuRequested[machine] = from.cpu[machine];
  sees.load[machine] = capacity > 0 ? from.cpu[machine] / capacity : 0;
  sees.freeMemory[machine] = cell.memoryCapacity[machine] - from.memory[machine];
}

/** Whether a task has room on a machine that the scheduler may use. */
export function fits(sees: Sees, task: TaskView, machine: number): boolean {
  return (
    machine >= sees.machinesFrom &&
    machine < sees.machinesTo &&
    sees.cpuCapacity[machine] - sees.cpuRequested[machine] >= task.cpuRequest &&
    sees.freeMemory[machine] >= task.memory
  );
}

function coldest(sees: Sees, task: TaskView, passes: (machine: number) => boolean = () => true): number {
  let best = -1;
  for (let m = sees.machinesFrom; m < sees.machinesTo; m++)
    if ((best < 0 || sees.load[m] < sees.load[best]) && fits(sees, task, m) && passes(m)) best = m;
  return best;
}
