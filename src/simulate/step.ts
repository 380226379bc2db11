/** One step of the clock: how much CPU every task wants and gets, and how far it proceeds. */
import { createShares, shareCpu, type Shares, type Sharing } from "../cluster/share.js";
import { fallsShort } from "../metrics/qos.js";
import { noteBehind, onGrid, readStep, wantedCpu } from "./demand.js";
import { partsOfStep, type Flight, type PartsOfStep } from "./migrations.js";
import type { ClusterState } from "./state.js";

/**
 * What the tasks of each machine wanted and got in the step, one row per machine, in CPU of the reference
 * machine.
 */
export interface MachineStep {
  readonly lcWanted: Float64Array;
  readonly beWanted: Float64Array;
  readonly lcServed: Float64Array;
  readonly beServed: Float64Array;
  /** CPU that migrations cost the machine. */
  readonly overhead: Float64Array;
  readonly memoryUsed: Float64Array;
  /** 1 where some task got less CPU than it wanted. */
  readonly contended: Uint8Array;
  /** Most CPU that best-effort work may use on the machine, as a share of the capacity. */
  readonly bestEffortCap: Float64Array;
}

/** Sums over the step. */
export interface StepTotals {
  /** LC and best-effort tasks that were on a machine. */
  lcTasks: number;
  beTasks: number;
  /** LC tasks that fell short (metrics/qos.ts). */
  lcViolations: number;
  /** Machines that are up, and on which some task got less CPU than it wanted. */
  contended: number;
}

/** What simulating a step needs, and what is kept from one step to the next. */
export interface Stepper {
  readonly state: ClusterState;
  readonly rules: StepRules;
  readonly machine: MachineStep;
  readonly totals: StepTotals;
  /** Slots whose task ended in the step, ascending. */
  ended: Int32Array;
  /** Scratch: the tasks of one contended machine and their slots. */
  shares: Shares;
  members: Int32Array;
}

export interface StepRules {
  readonly sharing: Sharing;
  readonly stepSeconds: number;
  /** CPU that copying a task costs each of the two machines, as a share of the CPU that the task wants. */
  readonly migrationOverhead: number;
}

/** A task is served "in full" from this share of its demand on, because sums of floats are not exact. */
const FULL = 1 - 1e-12;

export function createStepper(state: ClusterState, rules: StepRules): Stepper {
  const n = state.machines;
  return {
    state,
    rules,
    machine: {
      lcWanted: new Float64Array(n),
      beWanted: new Float64Array(n),
      lcServed: new Float64Array(n),
      beServed: new Float64Array(n),
      overhead: new Float64Array(n),
      memoryUsed: new Float64Array(n),
      contended: new Uint8Array(n),
      bestEffortCap: new Float64Array(n).fill(1),
    },
    totals: { lcTasks: 0, beTasks: 0, lcViolations: 0, contended: 0 },
    ended: new Int32Array(0),
    shares: createShares(64),
    members: new Int32Array(64),
  };
}

/** Reads the demand of all tasks on machines in a step. */
export function readDemand(stepper: Stepper, flights: readonly Flight[], step: number): void {
  const { state, rules, machine, totals } = stepper;
  const { lcWanted, beWanted, overhead } = machine;
  overhead.fill(0);
  [totals.beTasks, totals.lcTasks] = state.running;
  stepper.ended = readStep(state.demand, step, machine);
  for (const flight of flights) {
    setParts(flight, partsOfStep(flight, step * rules.stepSeconds, rules.stepSeconds));
    const wanted = wantedCpu(state.demand, flight.slot, step);
    const sum = state.slots.latencyCritical[flight.slot] === 1 ? lcWanted : beWanted;
    sum[flight.from] += flight.atSource * wanted;
    sum[flight.to] += flight.atTarget * wanted;
    overhead[flight.from] += rules.migrationOverhead * flight.copying * wanted;
    overhead[flight.to] += rules.migrationOverhead * flight.copying * wanted;
  }
}

/** Shares each machine's CPU among its tasks, and updates the progress of tasks that do not migrate. */
export function shareMachines(stepper: Stepper, flights: readonly Flight[], step: number): void {
  const { state, machine, totals } = stepper;
  const { served } = state.slots;
  const { lcWanted, beWanted, lcServed, beServed, overhead, contended, bestEffortCap } = machine;
  totals.lcViolations = 0;
  totals.contended = 0;
  for (const flight of flights) served[flight.slot] = 0;
  for (let m = 0; m < state.machines; m++) {
    const available = Math.max(0, state.cpu[m] - overhead[m]);
    const cap = bestEffortCap[m] * state.cpu[m];
    contended[m] = lcWanted[m] + beWanted[m] > available || beWanted[m] > cap ? 1 : 0;
    if (contended[m] === 1) {
      if (state.cpu[m] > 0) totals.contended++;
      gather(stepper, m, flights, step);
      shareCpu(stepper.shares, available, cap, stepper.rules.sharing);
      handOut(stepper, m, step);
    } else {
      lcServed[m] = lcWanted[m];
      beServed[m] = beWanted[m];
    }
  }
  for (const flight of flights) {
    const wanted = wantedCpu(state.demand, flight.slot, step);
    if (contended[flight.from] === 0) served[flight.slot] += flight.atSource * wanted;
    if (contended[flight.to] === 0) served[flight.slot] += flight.atTarget * wanted;
  }
}

/**
 * Collects the tasks of a contended machine. Tasks migrating from or to it count with their part of the step.
 */
function gather(stepper: Stepper, m: number, flights: readonly Flight[], step: number): void {
  const { first, slots, demand } = stepper.state;
  stepper.shares.count = 0;
  for (let slot = first[m]; slot >= 0; slot = slots.next[slot]) {
    if (slots.migrating[slot] === 1) continue;
    slots.served[slot] = 0;
    enter(stepper, slot, wantedCpu(demand, slot, step), 1);
  }
  for (const flight of flights) {
    const wanted = wantedCpu(demand, flight.slot, step);
    if (flight.from === m) enter(stepper, flight.slot, wanted, flight.atSource);
    if (flight.to === m) enter(stepper, flight.slot, wanted, flight.atTarget);
  }
}

function enter(stepper: Stepper, slot: number, wanted: number, part: number): void {
  if (stepper.shares.count === stepper.members.length) growMembers(stepper);
  const { shares, members } = stepper;
  const { slots } = stepper.state;
  const row = shares.count++;
  members[row] = slot;
  shares.demand[row] = part * wanted;
  shares.weight[row] = Math.max(part * slots.cpuRequest[slot], 1e-9);
  shares.latencyCritical[row] = slots.latencyCritical[slot];
}

/**
 * Notes the CPU that each task was given. A migrating task may get more on its other machine, so `advance`
 * settles it.
 */
function handOut(stepper: Stepper, m: number, step: number): void {
  const { machine, shares, members } = stepper;
  const { served, migrating } = stepper.state.slots;
  let lc = 0;
  let be = 0;
  for (let row = 0; row < shares.count; row++) {
    const slot = members[row];
    const given = shares.given[row];
    served[slot] += given;
    if (shares.latencyCritical[row] === 1) lc += given;
    else be += given;
    if (migrating[slot] === 0) settle(stepper, slot, step);
  }
  machine.lcServed[m] = lc;
  machine.beServed[m] = be;
}

/** Updates the progress of migrating tasks, and finds the tasks that ended. */
export function advance(stepper: Stepper, flights: readonly Flight[], step: number): void {
  const { lastStep } = stepper.state.slots;
  for (const { slot } of flights) settle(stepper, slot, step);
  // A task that was due but fell behind does not end yet.
  stepper.ended = stepper.ended.filter((slot) => lastStep[slot] <= step);
}

/**
 * Handles a task that may have got less CPU than it wanted: it falls behind (best-effort) or counts as a
 * violation (LC).
 */
function settle(stepper: Stepper, slot: number, step: number): void {
  const { slots, demand } = stepper.state;
  const wanted = wantedCpu(demand, slot, step);
  const served = slots.served[slot];
  if (served >= wanted * FULL) return;
  if (slots.latencyCritical[slot] === 0) fallBehind(stepper, slot, step);
  else if (fallsShort(wanted, served)) stepper.totals.lcViolations++;
}

/** Closed loop: best-effort work continues in the next step where this step left it. */
function fallBehind({ state }: Stepper, slot: number, step: number): void {
  const { usage } = state.demand;
  const { origin, lastStep, done } = state.slots;
  noteBehind(state.demand, slot);
  const served = state.slots.served[slot];
  const at = origin[slot] + step;
  const sample = onGrid(usage.cpu[at]);
  const left = (1 - done[slot]) * sample;
  if (served < left) {
    done[slot] += served / sample;
    origin[slot]--;
    lastStep[slot]++;
  } else {
    const next = step < lastStep[slot] ? onGrid(usage.cpu[at + 1]) : 0;
    done[slot] = next > 0 ? Math.min(1, (served - left) / next) : done[slot];
  }
}

function setParts(flight: Flight, { atSource, atTarget, copying }: PartsOfStep): void {
  flight.atSource = atSource;
  flight.atTarget = atTarget;
  flight.copying = copying;
}

function growMembers(stepper: Stepper): void {
  const { shares, members } = stepper;
  const size = 2 * members.length;
  const grown = createShares(size);
  for (const name of ["demand", "weight", "latencyCritical", "given", "order"] as const)
    grown[name].set(shares[name]);
  grown.count = shares.count;
  stepper.shares = grown;
  stepper.members = new Int32Array(size);
  stepper.members.set(members);
}
