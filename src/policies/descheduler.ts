import { createLoadOrder } from "../cluster/load-order.js";
import { createPlan } from "./plan.js";
import { definePolicy, type ClusterView, type TaskView } from "./policy.js";

/** Most machines tested for room before a task stays. */
const TRIES = 16;

export const deschedulerPolicy = definePolicy({
  name: "descheduler",
  rule:
    "A machine whose requests are below the `low` mark in CPU and memory is underused; a machine " +
    "above the `high` mark in CPU or memory is overused. While there are both, moves best-effort " +
    "tasks from overused machines, lowest priority first and at most `perMachine` per machine, to the " +
    "underused machine with the fewest requests, if it stays below the `high` mark.",
  family: "threshold",
  source: "Kubernetes descheduler, LowNodeUtilization (kubernetes-sigs/descheduler)",
  fidelity: "adapted",
  deviations: [
    "the task migrates to an underused machine; the descheduler evicts it and leaves the choice of a " +
      "machine to the scheduler",
    "memory requests are the engine's reservations",
    "the number of tasks on a machine is not limited here",
    "by default the marks are relative to the mean (the descheduler's deviation mode): in a cell with " +
      "requests above the capacity, no machine is below 20 %",
    "LC tasks stay",
  ],
  parameters: {
    low: {
      default: 0.1,
      unit: "of capacity",
      description: "the low mark; by default a distance below the mean",
      min: 0,
      max: 1,
    },
    high: {
      default: 0.1,
      unit: "of capacity",
      description: "the high mark; by default a distance above the mean",
      min: 0,
      max: 1,
    },
    deviation: {
      default: 1,
      unit: "0 or 1",
      description:
        "1: marks are distances from the mean; 0: they are shares (the descheduler's example has 0.2 and " +
        "0.5)",
      min: 0,
      max: 1,
      integer: true,
    },
    perMachine: {
      default: 5,
      unit: "moves per decision",
      description: "most tasks moved from one machine",
      min: 0,
      max: 1000,
      integer: true,
    },
  },
  create: ({ low, high, deviation, perMachine }) => ({
    rebalance(view) {
      const plan = createPlan(view);
      const use = requests(view);
      const marks = [use.cpu, use.memory].map((share) => {
        const mean = deviation === 1 ? meanUp(view, share) : 0;
        return deviation === 1 ? { low: mean - low, high: mean + high } : { low, high };
      });
      const [cpuMark, memoryMark] = marks;
      const isUnder = (m: number): boolean => use.cpu[m] < cpuMark.low && use.memory[m] < memoryMark.low;
      const isOver = (m: number): boolean => use.cpu[m] > cpuMark.high || use.memory[m] > memoryMark.high;
      const machines = Array.from({ length: view.machines }, (_, m) => m).filter(
        (m) => view.cpuCapacity[m] > 0,
      );
      const under = Float64Array.from(view.cpuCapacity, (capacity, m) =>
        capacity > 0 && isUnder(m) ? 1 : 0,
      );
      const score = Float64Array.from({ length: view.machines }, (_, m) => use.cpu[m] + use.memory[m]);
      const order = createLoadOrder(under, score);
      const over = machines.filter(isOver).sort((a, b) => score[b] - score[a] || a - b);
      const hasRoom = (task: TaskView, m: number): boolean =>
        plan.fits(task, m) &&
        use.cpu[m] + task.cpuRequest / view.cpuCapacity[m] <= cpuMark.high &&
        use.memory[m] + task.memory / view.memoryCapacity[m] <= memoryMark.high;
      for (const from of over) {
        let left = perMachine;
        for (const task of view.tasksOn(from, "best-effort").sort(byPriority)) {
          if (left === 0 || !isOver(from)) break;
          const [to = -1] = order.coldest((m) => hasRoom(task, m), 1, TRIES);
          if (to < 0) continue;
          plan.move(task, to);
          for (const [m, sign] of [
            [from, -1],
            [to, 1],
          ] as const) {
            use.cpu[m] += (sign * task.cpuRequest) / view.cpuCapacity[m];
            use.memory[m] += (sign * task.memory) / view.memoryCapacity[m];
          }
          score[to] = use.cpu[to] + use.memory[to];
          order.update(to);
          left--;
        }
      }
      return plan.moves;
    },
  }),
});

function byPriority(a: TaskView, b: TaskView): number {
  return a.priority - b.priority || a.id - b.id;
}

interface Requests {
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
}

/** Requested shares of each machine; 0 where it is down. */
function requests(view: ClusterView): Requests {
  const share = (part: (m: number) => number): Float64Array =>
    Float64Array.from({ length: view.machines }, (_, m) => (view.cpuCapacity[m] > 0 ? part(m) : 0));
  return {
    cpu: share((m) => view.cpuRequested[m] / view.cpuCapacity[m]),
    memory: share((m) => 1 - view.freeMemory[m] / view.memoryCapacity[m]),
  };
}

function meanUp(view: ClusterView, values: Float64Array): number {
  let up = 0;
  let sum = 0;
  for (let m = 0; m < view.machines; m++) {
    if (view.cpuCapacity[m] === 0) continue;
    up++;
    sum += values[m];
  }
  return sum / up;
}
