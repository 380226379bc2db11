/** Placement by score: every machine gets a score, and the best machine that fits gets the task. */
import type { ClusterView, Policy, TaskView } from "../policy.js";

/**
 * Writes the score of every machine for the task into `scores`, by machine; higher is better. It fills a
 * column instead of returning one score per call, because each returned number may cost an allocation.
 */
export type Scorer = (task: TaskView, view: ClusterView, scores: Float64Array) => void;

/**
 * Scores with at most this difference, relative to the larger score or 1, count as equal, because of
 * rounding.
 */
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
