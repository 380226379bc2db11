/** CPU and memory in use over time, computed from the tasks of a schedule. */
import { totalOf } from "./cluster.js";
import type { Jobs } from "./jobs/jobs.js";
import type { Schedule } from "./schedule.js";

/** The end of the measured time: the last event, or the end of the last task where that is earlier. */
function endOf({ tasks, endTime }: Schedule): number {
  let last = -Infinity;
  for (const end of tasks.end) if (end > last) last = end;
  return Math.min(last, endTime);
}

/**
 * Returns the mean share of the CPU or memory in use between `from` and the end, by tasks of the jobs and by
 * tasks that run at the beginning. A machine that is not there has no capacity. NaN without capacity.
 */
export function meanUse(schedule: Schedule, resource: "cpu" | "memory", from: number): number {
  const { submitted, tasks, cluster, prefill } = schedule;
  const to = endOf(schedule);
  if (!(to > from)) return NaN;
  let used = 0;
  forEachTask(submitted, (job, task) => {
    const seconds = Math.min(tasks.end[task], to) - tasks.start[task];
    if (seconds > 0) used += seconds * submitted[resource][job];
  });
  if (prefill !== undefined)
    forEachTask(prefill, (job, task) => {
      used += Math.max(0, Math.min(prefill.duration[task], to) - from) * prefill[resource][job];
    });
  let capacity = totalOf(cluster[resource]) * (to - from);
  cluster.changes?.time.forEach((time, row) => {
    capacity += Math.max(0, to - Math.max(time, from)) * cluster.changes![resource][row];
  });
  return capacity > 0 ? used / capacity : NaN;
}

function forEachTask({ ids, taskOffsets }: Jobs, visit: (job: number, task: number) => void): void {
  for (let job = 0; job < ids.length; job++)
    for (let task = taskOffsets[job]; task < taskOffsets[job + 1]; task++) visit(job, task);
}

/**
 * Returns the mean over time, from `from` to the end, of the difference between the greatest and the least
 * dominant share of the classes of jobs; NaN where there is only one class.
 */
export function dominantShareGap(schedule: Schedule, from: number): number {
  const { submitted, tasks, cluster } = schedule;
  const classes = submitted.classes.length;
  const to = endOf(schedule);
  if (classes < 2 || !(to > from)) return NaN;
  const cpu = totalOf(cluster.cpu);
  const memory = totalOf(cluster.memory);
  const changes: { time: number; job: number; sign: number }[] = [];
  for (let job = 0; job < submitted.ids.length; job++) {
    for (let t = submitted.taskOffsets[job]; t < submitted.taskOffsets[job + 1]; t++) {
      if (!(tasks.start[t] < to)) continue;
      changes.push(
        { time: tasks.start[t], job, sign: 1 },
        { time: Math.min(tasks.end[t], to), job, sign: -1 },
      );
    }
  }
  changes.sort((a, b) => a.time - b.time);
  const cpuOf = new Float64Array(classes);
  const memoryOf = new Float64Array(classes);
  let area = 0;
  let before = from;
  for (const { time, job, sign } of changes) {
    area += (time - before) * gapOf(cpuOf, memoryOf, cpu, memory);
    before = time;
    cpuOf[submitted.jobClass[job]] += sign * submitted.cpu[job];
    memoryOf[submitted.jobClass[job]] += sign * submitted.memory[job];
  }
  return area / (to - from);
}

function gapOf(cpuOf: Float64Array, memoryOf: Float64Array, cpu: number, memory: number): number {
  let least = Infinity;
  let most = 0;
  for (let kind = 0; kind < cpuOf.length; kind++) {
    const share = Math.max(cpuOf[kind] / cpu, memory > 0 ? memoryOf[kind] / memory : 0);
    least = Math.min(least, share);
    most = Math.max(most, share);
  }
  return most - least;
}
