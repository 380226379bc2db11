/** The shortest schedule of a small graph, by exhaustive search. */
import { InputError } from "../../base/errors.js";
import type { Dag } from "./dag.js";
import { SLACK, type MachineChoice } from "./machines.js";
import { problemOf, type Problem } from "./problem.js";
import { buildSchedule } from "./graphene/build-schedule.js";
import { makespanOf } from "./packing.js";

/** With more tasks, the search could take hours. */
const MOST_TASKS = 10;

interface Search {
  readonly problem: Problem;
  /** Begin and machine of each task; NaN and -1 where it is not placed. */
  readonly begin: Float64Array;
  readonly end: Float64Array;
  readonly machine: Int32Array;
  /**
   * What a task takes of each resource, in two measures: its share; and 1, 1/2 or 0 for more, exactly or less
   * than half a machine. In both, tasks beside each other take at most 1 (a dual feasible function).
   */
  readonly takes: Float64Array;
  /** Duration x what is taken by the tasks that are not placed, by resource and measure. */
  readonly workLeft: Float64Array;
  /** The states that have been tried. */
  readonly seen: Set<string>;
  placed: number;
  best: number;
}

/**
 * Returns the makespan of the shortest schedule on these machines: tasks are not interrupted and stay on one
 * machine. Branch and bound: tasks are placed one after the other in the order of their begins, each at its
 * earliest begin on one of the machines; some sequence of such choices is optimal, because moving a task to
 * an earlier begin never hurts. A branch ends where the longest path or the work that is left reaches the
 * best makespan so far, or where its state has been tried. Throws InputError for more than 10 tasks, and as
 * `sharesOf` does.
 */
export function optimalMakespan(dag: Dag, machines: MachineChoice): number {
  if (dag.ids.length > MOST_TASKS)
    throw new InputError(
      `the graph has ${dag.ids.length} tasks: the exact search takes at most ${MOST_TASKS}; use boundsOf`,
    );
  const problem = problemOf(dag, machines);
  const { graph } = problem;
  const takes = measuresOf(problem);
  const columns = 2 * problem.width;
  const workLeft = new Float64Array(columns);
  problem.dag.duration.forEach((time, t) => {
    for (let c = 0; c < columns; c++) workLeft[c] += time * takes[t * columns + c];
  });
  const search: Search = {
    problem,
    begin: new Float64Array(graph.tasks).fill(NaN),
    end: new Float64Array(graph.tasks).fill(NaN),
    machine: new Int32Array(graph.tasks).fill(-1),
    takes,
    workLeft,
    seen: new Set(),
    placed: 0,
    best: makespanOf(buildSchedule(problem, 0.1).placement),
  };
  branch(search, 0, -1);
  return search.best;
}

function measuresOf({ graph, width, shares }: Problem): Float64Array {
  const takes = new Float64Array(2 * width * graph.tasks);
  for (let t = 0; t < graph.tasks; t++)
    for (let r = 0; r < width; r++) {
      const share = shares[t * width + r];
      takes[2 * (t * width + r)] = share;
      takes[2 * (t * width + r) + 1] = share > 0.5 + SLACK ? 1 : share >= 0.5 - SLACK ? 0.5 : 0;
    }
  return takes;
}

/** Places one more task in all ways; `now` is the begin of the one placed before, `last`. */
function branch(search: Search, now: number, last: number): void {
  const { problem, begin, end, machine, seen } = search;
  const { graph, dag, paths } = problem;
  if (search.placed === graph.tasks) {
    search.best = makespanOf(search);
    return;
  }
  const state = stateOf(search, now, last);
  if (seen.has(state)) return;
  seen.add(state);
  const earliest = earliestBegins(search, now);
  if (earliest === undefined || workBoundFrom(search, now) >= limitOf(search)) return;
  for (let t = 0; t < graph.tasks; t++) {
    if (machine[t] >= 0 || !isReady(search, t)) continue;
    for (const m of differentMachines(search, now)) {
      const at = earliestOnMachine(search, t, m, earliest[t]);
      // Tasks that begin at the same time are placed in the order of their numbers only.
      if (at === now && last > t && dag.duration[last] > 0) continue;
      if (at + paths[t] >= limitOf(search)) continue;
      begin[t] = at;
      end[t] = at + dag.duration[t];
      machine[t] = m;
      search.placed++;
      addWork(search, t, -dag.duration[t]);
      branch(search, at, t);
      addWork(search, t, dag.duration[t]);
      search.placed--;
      machine[t] = -1;
    }
  }
}

function addWork({ workLeft, takes }: Search, task: number, time: number): void {
  const columns = workLeft.length;
  for (let c = 0; c < columns; c++) workLeft[c] += time * takes[task * columns + c];
}

/** All that the rest of the schedule depends on: what is placed, and what still runs beside what. */
function stateOf({ problem, machine, end }: Search, now: number, last: number): string {
  const lanes = Array.from({ length: problem.machines }, () => "");
  let placed = 0;
  machine.forEach((m, t) => {
    if (m < 0) return;
    placed |= 1 << t;
    if (end[t] > now) lanes[m] += `${t}:${end[t]},`;
  });
  return `${placed} ${now} ${last} ${lanes.sort().join("|")}`;
}

/** A schedule that is not shorter than this is no better, because of rounding. */
function limitOf({ best }: Search): number {
  return best * (1 - 1e-9);
}

/** Returns when each node could begin if there were room; undefined where the longest path is too long. */
function earliestBegins(search: Search, now: number): Float64Array | undefined {
  const { problem, machine, end } = search;
  const { graph, dag, paths } = problem;
  const begins = new Float64Array(graph.nodes);
  for (const v of graph.order) {
    let from = v < graph.tasks ? now : 0;
    for (let e = graph.before.offsets[v]; e < graph.before.offsets[v + 1]; e++) {
      const b = graph.before.nodes[e];
      const endOf = b >= graph.tasks ? begins[b] : machine[b] >= 0 ? end[b] : begins[b] + dag.duration[b];
      from = Math.max(from, endOf);
    }
    begins[v] = from;
    if (v < graph.tasks && machine[v] < 0 && from + paths[v] >= limitOf(search)) return undefined;
  }
  return begins;
}

/** Returns the end if all work after `now` could be divided evenly over the machines. */
function workBoundFrom({ problem, machine, end, workLeft, takes }: Search, now: number): number {
  const { graph, machines } = problem;
  const columns = workLeft.length;
  let most = 0;
  for (let c = 0; c < columns; c++) {
    let work = workLeft[c];
    for (let t = 0; t < graph.tasks; t++)
      if (machine[t] >= 0 && end[t] > now) work += (end[t] - now) * takes[t * columns + c];
    most = Math.max(most, work);
  }
  return now + most / machines;
}

/** Whether all tasks before a task are placed. */
function isReady({ problem: { graph }, machine }: Search, task: number): boolean {
  const arePlaced = (v: number): boolean => {
    for (let e = graph.before.offsets[v]; e < graph.before.offsets[v + 1]; e++) {
      const b = graph.before.nodes[e];
      if (b < graph.tasks ? machine[b] < 0 : !arePlaced(b)) return false;
    }
    return true;
  };
  return arePlaced(task);
}

/** Returns the machines on which tasks run, and one of the others. */
function differentMachines({ problem, machine, end }: Search, now: number): number[] {
  const isBusy = new Array<boolean>(problem.machines).fill(false);
  machine.forEach((m, t) => {
    if (m >= 0 && end[t] > now) isBusy[m] = true;
  });
  const idle = isBusy.indexOf(false);
  return [...isBusy.keys()].filter((m) => isBusy[m] || m === idle);
}

/** Returns when a task can begin on a machine. What runs there began at `from` or before. */
function earliestOnMachine({ problem, machine, end }: Search, task: number, m: number, from: number): number {
  const { graph, width, shares } = problem;
  const running = [...machine.keys()].filter((t) => t < graph.tasks && machine[t] === m && end[t] > from);
  running.sort((a, b) => end[a] - end[b]);
  const fits = (among: readonly number[]): boolean => {
    for (let r = 0; r < width; r++) {
      let use = shares[task * width + r];
      for (const t of among) use += shares[t * width + r];
      if (use > 1 + SLACK) return false;
    }
    return true;
  };
  let at = from;
  while (!fits(running)) {
    at = end[running[0]];
    while (running.length > 0 && end[running[0]] <= at) running.shift();
  }
  return at;
}
