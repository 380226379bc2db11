/** Runs many graphs on shared machines, event by event. */
import { pop, push } from "../../../base/events.js";
import { chooseGroup, createDraft, type Draft } from "./choose.js";
import { startTask, stopTask, updateRate } from "./rates.js";
import { deficitOf, demandOf, KIND, workOf, type DagRun, type Group, type JobState } from "./state.js";

/** Runs all jobs to their end. What happens at one time is all known before machines choose. */
export function runDags(run: DagRun): void {
  const { events, jobs } = run;
  const draft = createDraft(jobs[0].problem.machines);
  jobs.forEach(({ arrival }, job) => {
    push(events, arrival, KIND.arrival, job);
  });
  while (events.size > 0) {
    run.now = events.time[0];
    do {
      const at = pop(events);
      if (events.kind[at] === KIND.arrival) arrive(run, jobs[events.a[at]]);
      else endTask(run, events.a[at], events.b[at], events.c[at]);
    } while (events.size > 0 && events.time[0] === run.now);
    fillMachines(run, draft);
  }
}

function arrive(run: DagRun, job: JobState): void {
  const { graph } = job.problem;
  run.jobsOpen++;
  run.openWork += job.work;
  for (let t = 0; t < graph.tasks; t++) run.openDemand += demandOf(job.problem, t);
  run.openTasks += graph.tasks;
  const { offsets } = graph.before;
  for (let v = 0; v < graph.nodes; v++) {
    if (offsets[v + 1] > offsets[v]) continue;
    if (v < graph.tasks) makeReady(run, job, v);
    else endNode(run, job, v);
  }
}

/** A task ends, unless the event is out of date. */
function endTask(run: DagRun, jobPlace: number, task: number, event: number): void {
  const job = run.jobs[jobPlace];
  const { problem, placement, inUse } = job;
  const { width, shares } = problem;
  const machine = placement.machine[task];
  if (!stopTask(run, machine, jobPlace, task, event)) return;
  const isIdle = run.running[machine].length === 0;
  for (let r = 0; r < width; r++) {
    const share = shares[task * width + r];
    // An idle machine is free again to the bit: rounding does not add up.
    run.free[machine * width + r] = isIdle ? 1 : run.free[machine * width + r] + share;
    inUse[r] -= share;
  }
  updateRate(run, machine);
  if (run.changed[machine] === 0) {
    run.changed[machine] = 1;
    run.changes.push(machine);
  }
  if (--job.tasksLeft === 0) closeJob(run, job);
  endNode(run, job, task);
}

function closeJob(run: DagRun, job: JobState): void {
  const { graph } = job.problem;
  run.jobsOpen--;
  run.openWork = run.jobsOpen === 0 ? 0 : run.openWork - job.work;
  for (let t = 0; t < graph.tasks; t++) run.openDemand -= demandOf(job.problem, t);
  run.openTasks -= graph.tasks;
}

/** A task ends, or a gate, which ends as soon as it is reached. */
function endNode(run: DagRun, job: JobState, node: number): void {
  const { tasks, after } = job.problem.graph;
  const ended = [node];
  for (let v = ended.pop(); v !== undefined; v = ended.pop())
    for (let e = after.offsets[v]; e < after.offsets[v + 1]; e++) {
      const next = after.nodes[e];
      if (--job.waitsFor[next] > 0) continue;
      if (next < tasks) makeReady(run, job, next);
      else ended.push(next);
    }
}

function makeReady(run: DagRun, job: JobState, v: number): void {
  job.readyAt[v] = run.serial++;
  const group = job.groups[job.problem.kind[v]];
  group.queue.push(v);
  if (group.queue.length === 1) activate(run, group);
  if (job.ready++ > 0) return;
  run.jobsReady++;
  job.entitledFrom = run.entitled;
}

function activate(run: DagRun, group: Group): void {
  const { active } = run;
  group.isNew = true;
  group.serial = run.serial;
  let low = 0;
  let high = active.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (active[middle].job <= group.job) low = middle + 1;
    else high = middle;
  }
  active.splice(low, 0, group);
}

/**
 * Lets machines take ready tasks, one machine after the other, each until it has room for no more. A machine
 * on which nothing has ended has no room for the tasks that waited before.
 */
function fillMachines(run: DagRun, draft: Draft): void {
  const { changed, changes, active } = run;
  let news = active.reduce((count, group) => count + (group.isNew ? 1 : 0), 0);
  const fill = (machine: number): void => {
    for (;;) {
      const group = chooseGroup(run, draft, machine, changed[machine] === 0);
      if (group === undefined) return;
      begin(run, group, machine);
      if (group.queue.length > 0) continue;
      if (group.isNew) news--;
      group.isNew = false;
      active.splice(active.indexOf(group), 1);
    }
  };
  changes.sort((a, b) => a - b);
  if (news === 0) changes.forEach(fill);
  else {
    for (let machine = 0; machine < run.machines && active.length > 0; machine++)
      if (news > 0 || changed[machine] === 1) fill(machine);
  }
  for (const machine of changes) changed[machine] = 0;
  changes.length = 0;
  for (const group of active) group.isNew = false;
}

function begin(run: DagRun, group: Group, machine: number): void {
  const job = run.jobs[group.job];
  const { problem, placement } = job;
  const { width, shares } = problem;
  const task = group.queue.pop()!;
  const work = workOf(problem, task);
  job.work -= work;
  job.stageWork[group.stage] -= work;
  run.openWork -= work;
  let dominant = 0;
  for (let r = 0; r < width; r++) {
    const share = shares[task * width + r];
    run.free[machine * width + r] -= share;
    job.inUse[r] += share;
    dominant = Math.max(dominant, share);
  }
  account(run, job, dominant);
  placement.machine[task] = machine;
  placement.start[task] = run.now;
  startTask(run, machine, group.job, task, problem.dag.duration[task]);
}

/** Every job with ready tasks was entitled to an equal share of this placement; one job got all of it. */
function account(run: DagRun, job: JobState, dominant: number): void {
  job.greatestDeficit = Math.max(job.greatestDeficit, deficitOf(run, job));
  run.entitled += dominant / run.jobsReady;
  job.deficit -= dominant;
  if (--job.ready > 0) return;
  job.deficit += run.entitled - job.entitledFrom;
  run.jobsReady--;
}
