/** Placement by score: every machine gets a score, the best that fits gets the task. */
import type { ClusterView, Policy, TaskView } from "../policy.js";

/**
 * Writes the score of every machine for the task into `scores`, by machine; higher is better. It fills a
 * column rather than score one machine a call, because each number that a call returns may cost an
 * allocation.
 */
export type Scorer = (task: TaskView, view: ClusterView, scores: Float64Array) => void;

/** Scores as near as this to each other, relative to the larger of them and 1, differ by rounding alone. */
const ROUNDING = 1e-12;

/**
 * Returns a `place` that puts a task on the machine with the highest score of those that fit, ties to the
 * lowest number; -1 if none fits. O(machines) a task.
 */
export function placeByScore(score: Scorer): NonNullable<Policy["place"]> {
  let scores = new Float64Array(0);
  return (task, view) => {
    const { machines } = view;
    if (scores.length !== machines) scores = new Float64Array(machines);
    score(task, view, scores);
    let best = -1;
    let bar = -Infinity;
    for (let m = 0; m < machines; m++) {
      if (!(scores[m] > bar && view.fits(task, m))) continue;
      best = m;
      bar = scores[m] + ROUNDING * Math.max(1, Math.abs(scores[m]));
    }
    return best;
  };
}
