/** The shortest schedule of a small graph, by exhaustive search. */
import { InputError } from "../../base/errors.js";
import type { Dag } from "./dag.js";
import { SLACK, type MachineChoice } from "./machines.js";
import { problemOf, type Problem } from "./problem.js";
import { buildSchedule } from "./graphene/build-schedule.js";
import { makespanOf } from "./packing.js";

/** With more tasks, the search could take hours. */
const MOST_TASKS = 10;

/** With more measures, bounds are hardly better and take longer. */
const MEASURES = 3;

/** The largest number of states that are tried: some tens of seconds. */
const MOST_STATES = 2_000_000;

/** A machine and the tasks that run on it, in the order of their ends. */
interface Lane {
  readonly m: number;
  readonly running: number[];
}

interface Search {
  readonly problem: Problem;
  /** Begin and machine of each task; NaN and -1 where it is not placed. */
  readonly begin: Float64Array;
  readonly end: Float64Array;
  readonly machine: Int32Array;
  /** What a task takes of each resource, in all measures (`measureOf`). */
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
 * an earlier begin never hurts. No task begins when another one could have begun and ended before. A branch
 * ends where the longest path or the work that is left reaches the best makespan so far, or where its state
 * has been tried. Throws InputError for more than 10 tasks, where two million states do not suffice, and as
 * `sharesOf` does.
 */
export function optimalMakespan(dag: Dag, machines: MachineChoice): number {
  const problem = problemOf(dag, machines);
  if (dag.ids.length > MOST_TASKS)
    throw new InputError(
      `the graph has ${dag.ids.length} tasks: the exact search takes at most ${MOST_TASKS}; use boundsOf`,
    );
  const { graph } = problem;
  const takes = Float64Array.from({ length: problem.shares.length * MEASURES }, (_, i) =>
    measureOf(problem.shares[Math.floor(i / MEASURES)], i % MEASURES),
  );
  const columns = MEASURES * problem.width;
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

/**
 * Returns a share in measure k: itself for 0; else its place among the parts j / (k + 1): j / (k + 1)
 * for such a part itself and j / k between two of them (the dual feasible functions of Fekete and Schepers,
 * Math. Oper. Res. 29(2), 2004). Tasks beside each other take at most 1 in all measures.
 */
function measureOf(share: number, k: number): number {
  if (k === 0) return share;
  const parts = Math.floor((k + 1) * share + 1e-12);
  // What sums of floats allow beyond 1 must not make a task larger than its part.
  return parts / ((k + 1) * share > parts + 2 * (k + 1) * SLACK ? k : k + 1);
}

/** Places one more task in all ways; `now` is the begin of the one placed before, `last`. */
function branch(search: Search, now: number, last: number): void {
  const { problem, begin, end, machine, seen } = search;
  const { graph, paths } = problem;
  const { duration } = problem.dag;
  if (search.placed === graph.tasks) {
    search.best = makespanOf(search);
    return;
  }
  const lanes = differentMachines(search, now);
  const state = stateOf(search, now, last, lanes);
  if (seen.has(state)) return;
  seen.add(state);
  if (seen.size > MOST_STATES)
    throw new InputError(
      `the exact search has not ended after ${MOST_STATES} states: use boundsOf and packDag, or fewer tasks`,
    );
  const earliest = earliestBegins(search, now);
  if (earliest === undefined || workBoundFrom(search, now) >= limitOf(search)) return;
  const choices: { t: number; m: number; at: number }[] = [];
  let firstEnd = Infinity;
  for (let t = 0; t < graph.tasks; t++) {
    if (machine[t] >= 0 || !isReady(search, t)) continue;
    for (const lane of lanes) {
      const at = earliestOnMachine(search, t, lane, earliest[t]);
      choices.push({ t, m: lane.m, at });
      if (duration[t] > 0) firstEnd = Math.min(firstEnd, at + duration[t]);
    }
  }
  for (const { t, m, at } of choices.sort((a, b) => paths[b.t] - paths[a.t])) {
    // The task that could have ended by then would begin at this time or later, and could begin earlier.
    if (at >= firstEnd) continue;
    // Tasks that begin at the same time are placed in the order of their numbers only.
    if (at === now && last > t && duration[last] > 0) continue;
    if (at + paths[t] >= limitOf(search)) continue;
    begin[t] = at;
    end[t] = at + duration[t];
    machine[t] = m;
    search.placed++;
    addWork(search, t, -duration[t]);
    branch(search, at, t);
    addWork(search, t, duration[t]);
    search.placed--;
    machine[t] = -1;
  }
}

function addWork({ workLeft, takes }: Search, task: number, time: number): void {
  const columns = workLeft.length;
  for (let c = 0; c < columns; c++) workLeft[c] += time * takes[task * columns + c];
}

/** All that the rest of the schedule depends on: what is placed, and what still runs beside what. */
function stateOf({ machine, end }: Search, now: number, last: number, lanes: readonly Lane[]): string {
  let placed = 0;
  for (let t = 0; t < machine.length; t++) if (machine[t] >= 0) placed |= 1 << t;
  const parts = lanes.map(({ running }) => running.map((t) => `${t}:${end[t]}`).join());
  return `${placed} ${now} ${last} ${parts.sort().join("|")}`;
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
function differentMachines({ problem, machine, end }: Search, now: number): Lane[] {
  const lanes: Lane[] = [];
  for (let t = 0; t < machine.length; t++)
    if (machine[t] >= 0 && end[t] > now) {
      const lane = lanes.find(({ m }) => m === machine[t]);
      if (lane === undefined) lanes.push({ m: machine[t], running: [t] });
      else lane.running.push(t);
    }
  for (const { running } of lanes) running.sort((a, b) => end[a] - end[b]);
  let idle = 0;
  while (lanes.some(({ m }) => m === idle)) idle++;
  if (idle < problem.machines) lanes.push({ m: idle, running: [] });
  return lanes;
}

/** Returns when a task can begin on a machine. What runs there began at `from` or before. */
function earliestOnMachine({ problem, end }: Search, task: number, { running }: Lane, from: number): number {
  const { width, shares } = problem;
  let at = from;
  for (let first = 0; ; at = Math.max(at, end[running[first++]])) {
    while (first < running.length && end[running[first]] <= at) first++;
    let fits = true;
    for (let r = 0; r < width && fits; r++) {
      let use = shares[task * width + r];
      for (let i = first; i < running.length; i++) use += shares[running[i] * width + r];
      fits = use <= 1 + SLACK;
    }
    if (fits) return at;
  }
}
