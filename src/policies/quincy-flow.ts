import { createLoadOrder } from "../cluster/load-order.js";
import { createPlan, type Plan } from "./plan.js";
import { definePolicy, type ClusterView, type TaskView } from "./policy.js";

/** Most machines tested for room before a task stays. */
const TRIES = 16;
/** Smaller gains may be rounding errors. */
const ROUNDING = 1e-12;

export const quincyFlowPolicy = definePolicy({
  name: "quincy-flow",
  rule:
    "A minimum-cost flow in the style of Quincy, with load as cost: each best-effort task flows to its own " +
    "machine or, at the price of its memory, to any other machine; each further task on a machine " +
    "costs the machine's load. There is one flow per size class of tasks (from a power of two to its " +
    "half), the largest class first.",
  family: "balance",
  source:
    "Isard et al., Quincy, SOSP 2009; Gog et al., Firmament, OSDI 2016 (aggregators, load-spreading cost)",
  fidelity: "inspired-by",
  deviations: [
    "the cost is the load: the trace does not tell where a task's data are, nor the racks",
    "a machine's arcs to the sink cost its load in the middle of adding each task, so the total cost is " +
      "the sum of capacity x load^2 / 2; Firmament's load-spreading cost counts the tasks, and " +
      "only for tasks that arrive, not for tasks that stay",
    "a flow counts tasks: all tasks of a size class count with their mean size, and the moves of a class " +
      "are known to the next class",
    "memory and requests are not part of the flow: a task goes to the first of the 16 cheapest machines " +
      "that has room for it after the earlier moves, else it stays; the flow is the cheapest " +
      "only where there is room",
    "no unscheduled aggregator and no preemption: arriving tasks go to their machines in the trace, LC " +
      "tasks stay",
    "solved greedily, always the departure that saves most with the arrival that costs least: " +
      "exact on this graph, because the cost of an arrival does not depend on the task",
    "the default price was tuned on one generated day of 800 machines, " + "unlike most other defaults",
  ],
  parameters: {
    memoryPrice: {
      default: 0.5,
      unit: "load x CPU",
      description:
        "price of migrating the reference machine's memory: a task with as much memory as CPU (as " +
        "shares of that machine) moves if the gap in load is above this price",
      min: 0,
      max: 1000,
    },
    leastCpu: {
      default: 0.004,
      unit: "CPU",
      description: "tasks that use less CPU stay",
      min: 1e-6,
      max: 1000,
    },
  },
  create: ({ memoryPrice, leastCpu }) => ({
    rebalance(view) {
      const plan = createPlan(view);
      for (const tasks of sizeClasses(view, leastCpu)) pushFlow(view, plan, tasks, memoryPrice);
      return plan.moves;
    },
  }),
});

/** Best-effort tasks by size class, each from a power of two to its half, the largest class first. */
function sizeClasses(view: ClusterView, leastCpu: number): TaskView[][] {
  const classes: TaskView[][] = [];
  for (let m = 0; m < view.machines; m++) {
    if (view.cpuCapacity[m] === 0) continue;
    for (const task of view.tasksOn(m, "best-effort")) {
      if (task.cpu < leastCpu) continue;
      (classes[Math.max(0, Math.floor(-Math.log2(task.cpu)))] ??= []).push(task);
    }
  }
  return classes.filter((tasks) => tasks.length > 0);
}

/**
 * Adds the moves of a cheapest flow to the plan. Per unit of CPU, a departure costs the price of its memory
 * less the load of its machine, an arrival costs the load of its machine. The cheapest departure is combined
 * with the cheapest arrival until their sum is no gain. Greedy is enough: a move makes only arrivals at its
 * source and departures from its target cheaper, and these never become the best choice.
 */
function pushFlow(view: ClusterView, plan: Plan, tasks: readonly TaskView[], memoryPrice: number): void {
  const unit = tasks.reduce((sum, { cpu }) => sum + cpu, 0) / tasks.length;
  const load = plan.load.slice();
  const departure = new Float64Array(view.machines).fill(Infinity);
  const arrival = new Float64Array(view.machines);
  const waiting = byMachine(tasks);
  const departures = createLoadOrder(
    Float64Array.from(load, (_, m) => (waiting.has(m) ? 1 : 0)),
    departure,
  );
  const arrivals = createLoadOrder(view.cpuCapacity, arrival);

  function price(machine: number): void {
    const half = unit / (2 * view.cpuCapacity[machine]);
    const next = waiting.get(machine)?.at(-1);
    arrival[machine] = load[machine] + half;
    departure[machine] =
      next === undefined ? Infinity : (memoryPrice * next.memory) / unit - (load[machine] - half);
  }

  function change(machine: number, sign: 1 | -1): void {
    load[machine] += (sign * unit) / view.cpuCapacity[machine];
    price(machine);
    departures.update(machine);
    arrivals.update(machine);
  }

  for (let m = 0; m < view.machines; m++) price(m);
  const any = (): boolean => true;
  for (;;) {
    const [from] = departures.coldest(any, 1, 1);
    const [cheapest] = arrivals.coldest(any, 1, 1);
    if (departure[from] + arrival[cheapest] >= -ROUNDING) return;
    const task = waiting.get(from)!.pop()!;
    const [to = -1] = arrivals.coldest((m) => m !== from && plan.fits(task, m), 1, TRIES);
    if (to >= 0 && departure[from] + arrival[to] < -ROUNDING) {
      plan.move(task, to);
      change(to, 1);
      change(from, -1);
    } else {
      price(from);
      departures.update(from);
    }
  }
}

/** The tasks of each machine; the task with the least memory is last. */
function byMachine(tasks: readonly TaskView[]): Map<number, TaskView[]> {
  const found = new Map<number, TaskView[]>();
  for (const task of tasks) {
    const here = found.get(task.machine);
    if (here === undefined) found.set(task.machine, [task]);
    else here.push(task);
  }
  for (const here of found.values()) here.sort((a, b) => b.memory - a.memory || b.id - a.id);
  return found;
}
