import { createBounceMemory } from "./bounce.js";
import { createPlan, hottestFirst, type Plan } from "./plan.js";
import { definePolicy, type ClusterView } from "./policy.js";

/** Least loaded machines tried for each task. */
const TARGETS = 4;

export const stealEwmaPolicy = definePolicy({
  name: "steal-ewma",
  rule:
    "Smooths each machine's steal time (half-life `halfLife`). If it was above `hot` in " +
    "`hotSteps` of the last `steps` steps, moves the best-effort tasks with the highest gain relative to " +
    "their cost to machines that are below `cool` and are expected to stay below `hot`, " +
    "until the machine's expected steal time is below `hot`. A task that bounces stays twice as long " +
    "each time.",
  family: "steal time",
  source:
    "schedlab: the thesis's steal-time rule (LaS) with smoothing, hysteresis, a migration cost and a " +
    "back-off",
  fidelity: "adapted",
  deviations: [
    "an observation is made at each decision (300 s) instead of every second",
    "for the back-off, a move that the engine refuses counts as made",
    "steal time is the share of the wanted CPU that best-effort work on a machine did not get",
    "gain: the decrease of steal time, times the task's CPU, over `horizon`; cost: the task's " +
      "CPU during the copy of its memory at `copySeconds`",
    "the steal time on a target is computed from its load, because there is no steal time on " +
      "a machine without best-effort work (a testbed needs a probe for this)",
  ],
  parameters: {
    hot: {
      default: 0.1,
      unit: "of wanted CPU",
      description: "steal time above which a machine is hot",
      min: 0,
      max: 1,
    },
    cool: {
      default: 0.03,
      unit: "of wanted CPU",
      description: "steal time below which a machine can be a target",
      min: 0,
      max: 1,
    },
    hotSteps: {
      default: 3,
      unit: "steps",
      description: "hot observations that cause moves",
      min: 1,
      max: 1000,
      integer: true,
    },
    steps: {
      default: 5,
      unit: "steps",
      description: "number of latest observations that count",
      min: 1,
      max: 30,
      integer: true,
    },
    halfLife: { default: 3, unit: "steps", description: "half-life of the smoothing", min: 0.01, max: 1000 },
    horizon: { default: 3600, unit: "s", description: "time in which a move must pay off", min: 0, max: 1e6 },
    copySeconds: {
      default: 550,
      unit: "s",
      description: "time to copy all the memory of the reference machine (64 GiB at 1 Gbit/s)",
      min: 1e-6,
      max: 1e6,
    },
    dwell: {
      default: 3,
      unit: "steps",
      description: "a task that moved stays at least this long; doubled at each bounce",
      min: 0,
      max: 1000,
    },
  },
  // It considers only overloaded machines; `hot` is a share of the wanted CPU, not a load.
  mark: { of: "load", above: 1 },
  create({ hot, cool, hotSteps, steps, halfLife, horizon, copySeconds, dwell }) {
    const weight = 1 - 2 ** (-1 / halfLife);
    const memory = createBounceMemory(dwell);
    let smooth = new Float64Array(0);
    /** Bit i of a machine is set if the machine was hot i steps ago. */
    let hotBits = new Uint32Array(0);

    function observe(view: ClusterView): void {
      const first = smooth.length === 0;
      if (first) {
        smooth = new Float64Array(view.machines);
        hotBits = new Uint32Array(view.machines);
      }
      for (let m = 0; m < view.machines; m++) {
        smooth[m] += (first ? 1 : weight) * (stealShare(view, m) - smooth[m]);
        hotBits[m] = ((hotBits[m] << 1) | (smooth[m] > hot ? 1 : 0)) & (2 ** steps - 1);
      }
    }

    return {
      rebalance(view) {
        observe(view);
        const plan = createPlan(view);
        for (const from of hottestFirst(view, 1)) {
          if (countBits(hotBits[from]) < hotSteps) continue;
          const tasks = view.tasksOn(from, "best-effort").filter((task) => memory.mayMove(task, view.step));
          // For a given target, the task with the least memory has the highest ratio of gain to cost.
          for (const task of tasks.sort((a, b) => a.memory - b.memory || b.cpu - a.cpu || a.id - b.id)) {
            const present = expectedSteal(view, plan, from, 0);
            if (present < hot) break;
            const to = plan
              .coldest(task, TARGETS)
              .find((m) => smooth[m] < cool && expectedSteal(view, plan, m, task.cpu) < hot);
            if (to === undefined) continue;
            const gain = (present - expectedSteal(view, plan, to, task.cpu)) * task.cpu * horizon;
            const cost = task.memory * copySeconds * task.cpu;
            if (gain <= cost) continue;
            plan.move(task, to);
            memory.note(task, to, view.step);
          }
        }
        return plan.moves;
      },
    };
  },
});

/** Steal time as a share of the CPU that best-effort work wanted; 0 where there is no such work. */
function stealShare(view: ClusterView, machine: number): number {
  const wanted = view.load[machine] - view.lcLoad[machine];
  return wanted > 0 ? Math.min(1, view.steal[machine] / wanted) : 0;
}

/** The same, computed from the planned load plus `cpu` of best-effort work; LC work is served first. */
function expectedSteal(view: ClusterView, plan: Plan, machine: number, cpu: number): number {
  const load = plan.load[machine] + cpu / view.cpuCapacity[machine];
  const wanted = load - view.lcLoad[machine];
  return wanted > 0 ? Math.min(1, Math.max(0, load - 1) / wanted) : 0;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest > 0; rest &= rest - 1) count++;
  return count;
}
