import { createBounceMemory } from "./bounce.js";
import { createPlan, hottestFirst, type Plan } from "./plan.js";
import { definePolicy, type ClusterView } from "./policy.js";

/** Cold machines tried for each task. */
const TARGETS = 4;

export const stealEwmaPolicy = definePolicy({
  name: "steal-ewma",
  rule:
    "Smooths each machine's steal time (half-life `halfLife`); where it was above `hot` in " +
    "`hotSteps` of the last `steps`, moves the best-effort tasks whose gain is highest for " +
    "their cost to machines that are below `cool` and are expected to stay below `hot`, " +
    "until the expected steal time is below `hot`. A task that bounces stays twice as long " +
    "each time.",
  family: "steal time",
  source: "schedlab: the thesis's steal-time rule (LaS) with smoothing, hysteresis, a cost and a back-off",
  fidelity: "adapted",
  deviations: [
    "an observation is a decision (300 s) rather than a reading every second",
    "a move that the engine refuses counts as made for the back-off",
    "steal time is the share that best-effort work on a machine wanted and did not get",
    "gain: less steal time on the target, times the task's CPU, over `horizon`; cost: its " +
      "CPU for the time that its memory takes to copy at `copySeconds`",
    "what a target would steal is worked out from its load, since steal time says nothing of " +
      "a machine without best-effort work (a testbed needs a probe there)",
  ],
  parameters: {
    hot: { default: 0.1, unit: "of wanted CPU", description: "steal time of a hot machine", min: 0, max: 1 },
    cool: {
      default: 0.03,
      unit: "of wanted CPU",
      description: "steal time of a target is below it",
      min: 0,
      max: 1,
    },
    hotSteps: {
      default: 3,
      unit: "steps",
      description: "hot observations that set moves off",
      min: 1,
      integer: true,
    },
    steps: {
      default: 5,
      unit: "steps",
      description: "observations looked at",
      min: 1,
      max: 30,
      integer: true,
    },
    halfLife: { default: 3, unit: "steps", description: "half-life of the smoothing", min: 0.01 },
    horizon: { default: 3600, unit: "s", description: "time over which a move pays", min: 0 },
    copySeconds: {
      default: 550,
      unit: "s",
      description: "time to copy all the memory of the reference machine (64 GiB at 1 Gbit/s)",
      min: 1e-6,
    },
    dwell: {
      default: 3,
      unit: "steps",
      description: "a task that moved stays for so long; doubled at each bounce",
      min: 0,
    },
  },
  // It looks at overloaded machines alone: `hot` is a share of another quantity on them.
  mark: { of: "load", above: 1 },
  create({ hot, cool, hotSteps, steps, halfLife, horizon, copySeconds, dwell }) {
    const weight = 1 - 2 ** (-1 / halfLife);
    const memory = createBounceMemory(dwell);
    let smooth = new Float64Array(0);
    /** Bit i of a machine is set where it was hot i steps ago. */
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
          // For one target the ratio of gain to cost is highest where the memory is least.
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

/** Steal time as a share of what best-effort work wanted; 0 where there is none. */
function stealShare(view: ClusterView, machine: number): number {
  const wanted = view.load[machine] - view.lcLoad[machine];
  return wanted > 0 ? Math.min(1, view.steal[machine] / wanted) : 0;
}

/** The same, worked out from the planned load and `cpu` more best-effort work, LC work being served first. */
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
