/** Which ready task a machine takes. */
import { SLACK } from "../machines.js";
import type { Candidate } from "../order.js";
import { deficitOf, type DagRun, type Group } from "./state.js";

/** A candidate that is filled again for each group and machine: millions of objects would be slow. */
export type Draft = { -readonly [K in keyof Candidate]: Candidate[K] };

export function createDraft(machines: number): Draft {
  return {
    rank: 0,
    jobRank: 0,
    packing: 0,
    overbooked: 0,
    jobWork: 0,
    stageWork: 0,
    meanJobWork: 0,
    meanDemand: 0,
    inUse: 0,
    deficit: 0,
    machines,
  };
}

/**
 * Returns the group whose first task the machine takes; undefined where it has room for none. With `onlyNew`,
 * only tasks that became ready since machines last chose are looked at.
 */
export function chooseGroup(run: DagRun, draft: Draft, machine: number, onlyNew: boolean): Group | undefined {
  const { active, rule } = run;
  let best: Group | undefined;
  let bestJob = 0;
  let bestTask = 0;
  for (let i = 0; i < active.length; i++) {
    const group = active[i];
    // The groups of a job are beside each other.
    if (i === 0 || active[i - 1].job !== group.job) draft.jobRank = greatestRank(run, i);
    if ((onlyNew && !group.isNew) || !fillFit(run, draft, machine, group)) continue;
    fillJob(run, draft, group);
    const job = rule.job === undefined ? 0 : rule.job(draft);
    if (best !== undefined && job < bestJob) continue;
    const task = rule.task === undefined ? 0 : rule.task(draft);
    if (best !== undefined && job === bestJob && !(task > bestTask)) continue;
    best = group;
    bestJob = job;
    bestTask = task;
  }
  return best;
}

/** Returns the greatest rank of the ready tasks of a job, whose groups begin at this place. */
function greatestRank({ active, jobs }: DagRun, place: number): number {
  const { rank } = jobs[active[place].job];
  if (rank === undefined) return 0;
  let most = -Infinity;
  for (let i = place; i < active.length && active[i].job === active[place].job; i++)
    most = Math.max(most, rank[active[i].queue.peek()!]);
  return most;
}

/** Fills what depends on the machine; returns whether the machine has room. */
function fillFit(run: DagRun, draft: Draft, machine: number, group: Group): boolean {
  const { free, width, overbooking } = run;
  const { shares } = run.jobs[group.job].problem;
  let packing = 0;
  let overbooked = 0;
  for (let r = 0; r < width; r++) {
    const room = free[machine * width + r];
    const share = shares[group.at + r];
    const above = share - room;
    // What is not demanded may be overbooked already.
    if (share > 0 && above > SLACK + overbooking[r]) return false;
    if (share > 0 && above > overbooked) overbooked = above;
    if (room > 0) packing += share * room;
  }
  draft.packing = packing;
  draft.overbooked = overbooked > SLACK ? overbooked : 0;
  return true;
}

function fillJob(run: DagRun, draft: Draft, group: Group): void {
  const job = run.jobs[group.job];
  draft.rank = job.rank === undefined ? 0 : job.rank[group.queue.peek()!];
  draft.jobWork = job.work;
  draft.stageWork = job.stageWork[group.stage];
  draft.meanJobWork = run.openWork / run.jobsOpen;
  draft.meanDemand = run.openDemand / run.openTasks;
  let inUse = 0;
  for (let r = 0; r < run.width; r++) if (job.inUse[r] > inUse) inUse = job.inUse[r];
  draft.inUse = inUse;
  draft.deficit = deficitOf(run, job);
}
