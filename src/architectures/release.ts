/** When jobs may begin: at their arrival, or later, when the jobs that they wait for have ended. */
import { successorsOf, type Successors } from "../workload/dependencies.js";
import { taskCount, type Jobs } from "./jobs/jobs.js";

/**
 * What each job still waits for. Where no job has dependencies, `active` is false and the columns are not
 * used.
 */
export interface Releases extends Successors {
  readonly active: boolean;
  /**
   * For each job: the number of its predecessors that have not ended, and of its tasks that have not ended.
   */
  readonly waitsFor: Int32Array;
  readonly tasksLeft: Int32Array;
  /** 1 where the job has arrived. */
  readonly arrived: Uint8Array;
}

/** Returns the state before anything has arrived. */
export function createReleases(jobs: Jobs): Releases {
  const count = jobs.ids.length;
  const dependencies = jobs.dependencies ?? { offsets: new Int32Array(count + 1), after: new Int32Array(0) };
  const { offsets, after } = dependencies;
  return {
    active: after.length > 0,
    waitsFor: Int32Array.from({ length: count }, (_, j) => offsets[j + 1] - offsets[j]),
    tasksLeft: Int32Array.from({ length: count }, (_, j) => taskCount(jobs, j)),
    arrived: new Uint8Array(count),
    ...successorsOf(dependencies),
  };
}

/** Notes the arrival of a job and returns whether it may begin. */
export function mayBegin(releases: Releases, job: number): boolean {
  if (!releases.active) return true;
  releases.arrived[job] = 1;
  return releases.waitsFor[job] === 0;
}

/**
 * Notes the end of one task. Returns whether it was the job's last one; if so, call `released`. Always false
 * without dependencies.
 */
export function endsJob(releases: Releases, job: number): boolean {
  return releases.active && --releases.tasksLeft[job] === 0;
}

/** Returns the jobs that may begin because this job has ended. */
export function released(releases: Releases, job: number): number[] {
  const ready: number[] = [];
  for (let i = releases.offsets[job]; i < releases.offsets[job + 1]; i++) {
    const next = releases.successors[i];
    if (--releases.waitsFor[next] === 0 && releases.arrived[next] === 1) ready.push(next);
  }
  return ready;
}
