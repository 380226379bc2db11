/** How fast tasks run: at full speed, and slower on a machine that is overbooked. */
import { push } from "../../../base/events.js";
import { KIND, type DagRun, type RunningTask } from "./state.js";

/** Starts a task on a machine that has been charged with its demand. */
export function startTask(run: DagRun, machine: number, job: number, task: number, duration: number): void {
  const started = { job, task, left: duration, since: run.now, event: 0 };
  run.running[machine].push(started);
  // A change of the rate plans the ends of all tasks again.
  if (!updateRate(run, machine)) planEnd(run, machine, started);
}

/** Takes a task off its machine; returns false where the event is out of date, and does nothing then. */
export function stopTask(run: DagRun, machine: number, job: number, task: number, event: number): boolean {
  const running = run.running[machine];
  const at = running.findIndex((one) => one.job === job && one.task === task);
  if (at < 0 || running[at].event !== event) return false;
  running.splice(at, 1);
  return true;
}

/**
 * Tasks of an overbooked machine all run at 1 / (what is demanded of its scarcest resource). Returns whether
 * the rate has changed since the last call.
 */
export function updateRate(run: DagRun, machine: number): boolean {
  const { free, width, rate, now } = run;
  let used = 1;
  for (let r = 0; r < width; r++)
    if (run.overbooking[r] > 0) used = Math.max(used, 1 - free[machine * width + r]);
  const before = rate[machine];
  if (1 / used === before) return false;
  rate[machine] = 1 / used;
  for (const one of run.running[machine]) {
    one.left -= (now - one.since) * before;
    one.since = now;
    planEnd(run, machine, one);
  }
  return true;
}

function planEnd(run: DagRun, machine: number, one: RunningTask): void {
  const end = run.now + Math.max(0, one.left) / run.rate[machine];
  run.jobs[one.job].placement.end[one.task] = end;
  one.event = run.events.pushed;
  push(run.events, end, KIND.taskEnd, one.job, one.task, one.event);
}
