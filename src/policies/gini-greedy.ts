import { createGiniIndex, type GiniIndex } from "../metrics/gini-index.js";
import type { Values } from "../base/parameters.js";
import { createPlan, hottestFirst, type Plan } from "./plan.js";
import { definePolicy, type ClusterView, type Move, type TaskView } from "./policy.js";

interface Candidate {
  readonly task: TaskView;
  readonly to: number;
  readonly gain: number;
}

/** The parameters of a greedy descent of the Gini coefficient. */
export const GINI_PARAMETERS = {
  target: {
    default: 0.25,
    unit: "Gini",
    description: "stop at this coefficient (the thesis: balanced)",
    min: 0,
    max: 1,
  },
  moves: {
    default: 64,
    unit: "moves per decision",
    description: "most moves",
    min: 0,
    max: 100_000,
    integer: true,
  },
  candidates: {
    default: 4,
    unit: "machines",
    description: "least loaded machines tried for each task",
    min: 1,
    max: 1000,
    integer: true,
  },
  minImprovement: {
    default: 1e-5,
    unit: "Gini",
    description: "least decrease of the coefficient by a move",
    min: 0,
    max: 1,
  },
} as const;

export const giniGreedyPolicy = definePolicy({
  name: "gini-greedy",
  rule:
    "In descending order of the machines' load, moves the best-effort task that lowers the Gini " +
    "coefficient most to one of the least loaded machines, until the coefficient is at `target` " +
    "or the moves are used up.",
  family: "balance",
  source: "schedlab; exact change of the coefficient by sorted values and prefix sums",
  fidelity: "faithful",
  deviations: ["the coefficient is computed from the observed load (CPU wanted, not delivered)"],
  parameters: GINI_PARAMETERS,
  create: (values) => ({
    rebalance: (view) => lowerGini(view, values),
  }),
});

/** Returns the moves that lower the Gini coefficient of the view's loads step by step. */
export function lowerGini(
  view: ClusterView,
  { target, moves, candidates, minImprovement }: Values<typeof GINI_PARAMETERS>,
): Move[] {
  const plan = createPlan(view);
  const index = createGiniIndex(view.load, view.cpuCapacity);
  for (const from of hottestFirst(view)) {
    const tasks = view.tasksOn(from, "best-effort");
    for (;;) {
      if (plan.moves.length >= moves || index.gini() <= target) return plan.moves;
      const best = bestMove(tasks, from, plan, index, view, candidates);
      if (best === undefined || best.gain <= minImprovement) break;
      index.move(from, best.to, best.task.cpu);
      plan.move(best.task, best.to);
      tasks.splice(tasks.indexOf(best.task), 1);
    }
  }
  return plan.moves;
}

/**
 * The task and target that lower the coefficient most. Half the gap between two machines is the best amount
 * to move between them (Pigou-Dalton), so for each target only the task nearest to this amount is tested.
 */
function bestMove(
  tasks: readonly TaskView[],
  from: number,
  plan: Plan,
  index: GiniIndex,
  view: ClusterView,
  candidates: number,
): Candidate | undefined {
  if (tasks.length === 0) return undefined;
  const smallest = tasks.reduce((a, b) => (b.memory < a.memory ? b : a));
  let best: Candidate | undefined;
  for (const to of plan.coldest(smallest, candidates)) {
    const gap = (plan.load[from] - plan.load[to]) * view.cpuCapacity[from];
    const task = nearest(tasks, gap, (candidate) => plan.fits(candidate, to));
    if (task === undefined) continue;
    const gain = -index.delta(from, to, task.cpu);
    if (best === undefined || gain > best.gain) best = { task, to, gain };
  }
  return best;
}

function nearest(
  tasks: readonly TaskView[],
  gap: number,
  fits: (task: TaskView) => boolean,
): TaskView | undefined {
  let best: TaskView | undefined;
  for (const task of tasks) {
    if (task.cpu >= gap || !fits(task)) continue;
    if (best === undefined || Math.abs(task.cpu - gap / 2) < Math.abs(best.cpu - gap / 2)) best = task;
  }
  return best;
}
