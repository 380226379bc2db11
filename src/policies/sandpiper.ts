import { LOAD } from "../base/parameters.js";
import { createLoadOrder } from "../cluster/load-order.js";
import { predictNext } from "../metrics/trend.js";
import { createPlan, type Plan } from "./plan.js";
import { definePolicy, type ClusterView, type TaskView } from "./policy.js";

/** Limit of the use, so that the volume of a full machine stays finite. */
const MOST_USE = 0.999;
/** Least memory, so that the volume-to-size ratio of a task without memory stays finite. */
const LEAST_MEMORY = 1e-9;
/** Least loaded machines tested for room and for a swap, and machines examined to find them. */
const TARGETS = 4;
const TRIES = 32;

export const sandpiperPolicy = definePolicy({
  name: "sandpiper",
  rule:
    "A machine is a hot spot if its load was above `theta` in `hotSamples` of its last `samples` " +
    "observations and an autoregression predicts it above `theta` for the next. In descending order of " +
    "the hot spots' volume, moves the best-effort task with the highest volume relative to its memory to " +
    "the machine with the least volume that stays below `theta`, or swaps it with smaller tasks.",
  family: "threshold",
  source: "Wood et al., Black-box and Gray-box Strategies for Virtual Machine Migration, NSDI 2007",
  fidelity: "adapted",
  deviations: [
    "the volume consists of CPU (load) and memory (reserved); network use is not in the trace",
    "only CPU makes a hot spot: reserved memory never exceeds the machine's memory",
    "LC tasks stay",
    "a swap needs room on both machines at once, because the engine reserves memory before it copies",
  ],
  parameters: {
    theta: { default: 0.75, ...LOAD, description: "load of a hot spot" },
    hotSamples: {
      default: 3,
      unit: "steps",
      description: "observations above `theta`",
      min: 1,
      max: 1000,
      integer: true,
    },
    samples: {
      default: 5,
      unit: "steps",
      description: "number of latest observations that count",
      min: 1,
      max: 1000,
      integer: true,
    },
  },
  mark: { of: "load", above: "theta" },
  create: ({ theta, hotSamples, samples }) => ({
    rebalance(view) {
      const isHot = (machine: number): boolean => {
        if (!(view.load[machine] > theta)) return false;
        const history = view.history(machine);
        const over = history.slice(-samples).filter((load) => load > theta).length;
        return over >= hotSamples && predictNext(history) > theta;
      };
      const plan = createPlan(view);
      const moved = new Set<number>();
      const volume = Float64Array.from({ length: view.machines }, (_, m) =>
        machineVolume(view, m, view.load[m]),
      );
      const hot = Array.from(volume.keys()).filter((m) => view.cpuCapacity[m] > 0 && isHot(m));
      hot.sort((a, b) => volume[b] - volume[a] || a - b);
      const cold = createLoadOrder(view.cpuCapacity, volume);
      const move = (task: TaskView, to: number): void => {
        plan.move(task, to);
        moved.add(task.id);
        for (const m of [task.machine, to]) {
          volume[m] = machineVolume(view, m, plan.load[m]);
          cold.update(m);
        }
      };
      for (const from of hot) {
        for (const task of view.tasksOn(from, "best-effort").sort(byDensity(view))) {
          if (plan.load[from] <= theta) break;
          const fits = (m: number): boolean => m !== from && plan.fits(task, m);
          const targets = cold.coldest(fits, TARGETS, TRIES);
          const to = targets.find((m) => plan.load[m] + task.cpu / view.cpuCapacity[m] <= theta);
          if (to !== undefined) move(task, to);
          else {
            const swap = findSwap(view, plan, { task, targets, theta, moved });
            if (swap === undefined) continue;
            for (const other of swap.back) move(other, from);
            move(task, swap.to);
          }
        }
      }
      return plan.moves;
    },
  }),
});

function machineVolume(view: ClusterView, machine: number, load: number): number {
  return volumeOf(load, 1 - view.freeMemory[machine] / view.memoryCapacity[machine]);
}

function volumeOf(cpu: number, memory: number): number {
  return 1 / ((1 - Math.min(cpu, MOST_USE)) * (1 - Math.min(memory, MOST_USE)));
}

/** Sorts by volume-to-size ratio, the highest first. */
function byDensity(view: ClusterView): (a: TaskView, b: TaskView) => number {
  const density = ({ cpu, memory, machine }: TaskView): number =>
    volumeOf(cpu / view.cpuCapacity[machine], memory / view.memoryCapacity[machine]) /
    Math.max(memory, LEAST_MEMORY);
  return (a, b) => density(b) - density(a) || a.id - b.id;
}

/**
 * Finds a machine and those of its tasks, by ascending ratio, that make room for the task and together are
 * smaller.
 */
function findSwap(
  view: ClusterView,
  plan: Plan,
  {
    task,
    targets,
    theta,
    moved,
  }: { task: TaskView; targets: readonly number[]; theta: number; moved: ReadonlySet<number> },
): { to: number; back: TaskView[] } | undefined {
  for (const to of targets) {
    const back: TaskView[] = [];
    let cpu = 0;
    const tasks = view.tasksOn(to, "best-effort").sort(byDensity(view)).reverse();
    for (const other of tasks) {
      if (moved.has(other.id) || cpu + other.cpu >= task.cpu || !plan.fits(other, task.machine)) continue;
      back.push(other);
      cpu += other.cpu;
      if (plan.load[to] + (task.cpu - cpu) / view.cpuCapacity[to] <= theta) return { to, back };
    }
  }
  return undefined;
}
