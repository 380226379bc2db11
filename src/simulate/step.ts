/** One step of the clock: what every task wants, what it gets, and how far that takes it. */
import { createShares, shareCpu, type Shares, type Sharing } from "../cluster/share.js";
import { fallsShort } from "../metrics/qos.js";
import type { UsageColumns } from "../workload/workload.js";
import { createDemandWindow, demandAt, type DemandWindow, type StepDemand } from "./demand-window.js";
import { partsOfStep, type Flight, type PartsOfStep } from "./migrations.js";
import type { ClusterState } from "./state.js";

/**
 * What a machine's tasks wanted and got in the step, one row per machine, in CPU of the reference machine.
 */
export interface MachineStep {
  readonly lcWanted: Float64Array;
  readonly beWanted: Float64Array;
  readonly lcServed: Float64Array;
  readonly beServed: Float64Array;
  /** CPU that migrations cost the machine. */
  readonly overhead: Float64Array;
  readonly memoryUsed: Float64Array;
  /** 1 where not everybody got what it wanted. */
  readonly contended: Uint8Array;
  /** Most CPU that best-effort work may have here, as a share of the capacity. */
  readonly bestEffortCap: Float64Array;
}

/** Sums over the step. */
export interface StepTotals {
  /** Sample-steps read: LC and best-effort tasks that were on a machine. */
  lcTasks: number;
  beTasks: number;
  /** LC tasks that fell short (metrics/qos.ts). */
  lcViolations: number;
  /** Machines on which not everybody got what it wanted. */
  contended: number;
}

/** How a step is simulated, and what of one has to be known in the next. */
export interface Stepper {
  readonly state: ClusterState;
  readonly usage: UsageColumns;
  readonly rules: StepRules;
  readonly machine: MachineStep;
  readonly totals: StepTotals;
  /** Slots whose task ended in the step, ascending, and how many of the array count. */
  readonly ended: { slots: Int32Array; count: number };
  /** Told of each task that is put in a slot (`renewDemand`), before the demand is next read. */
  readonly window: DemandWindow;
  /** What tasks want in the step. */
  demand: StepDemand;
  /** Scratch: CPU wanted at 2 * machine + class, without a branch on the class. */
  readonly wantedByClass: Float64Array;
  /** Scratch: the tasks of one contended machine and their slots. */
  shares: Shares;
  members: Int32Array;
}

export interface StepRules {
  readonly sharing: Sharing;
  readonly stepSeconds: number;
  /** CPU that copying a task costs each end, as a share of what the task wants. */
  readonly migrationOverhead: number;
  readonly smoothing: number;
}

/** Served is "in full" within this share of the demand: sums of floats are not exact. */
const FULL = 1 - 1e-12;

export function createStepper(state: ClusterState, usage: UsageColumns, rules: StepRules): Stepper {
  const n = state.machines;
  return {
    state,
    usage,
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
    ended: { slots: new Int32Array(64), count: 0 },
    window: createDemandWindow(usage, state.slots),
    demand: { cpu: new Float64Array(0), memory: new Float32Array(0) },
    wantedByClass: new Float64Array(2 * n),
    shares: createShares(64),
    members: new Int32Array(64),
  };
}

/** Reads, and takes into what policies see, the demand of all tasks on machines in a step. */
export function readDemand(stepper: Stepper, flights: readonly Flight[], step: number): void {
  const { state, rules, machine, totals, wantedByClass } = stepper;
  const { lcWanted, beWanted, memoryUsed, overhead } = machine;
  wantedByClass.fill(0);
  memoryUsed.fill(0);
  overhead.fill(0);
  [totals.beTasks, totals.lcTasks] = state.running;
  const demand = demandAt(stepper.window, step);
  stepper.demand = demand;
  readSlots(stepper, step);
  for (let m = 0; m < state.machines; m++) {
    beWanted[m] = wantedByClass[2 * m];
    lcWanted[m] = wantedByClass[2 * m + 1];
  }
  for (const flight of flights) {
    setParts(flight, partsOfStep(flight, step * rules.stepSeconds, rules.stepSeconds));
    const wanted = demand.cpu[flight.slot];
    const sum = state.slots.latencyCritical[flight.slot] === 1 ? lcWanted : beWanted;
    sum[flight.from] += flight.atSource * wanted;
    sum[flight.to] += flight.atTarget * wanted;
    overhead[flight.from] += rules.migrationOverhead * flight.copying * wanted;
    overhead[flight.to] += rules.migrationOverhead * flight.copying * wanted;
  }
}

/** The one pass over all tasks in a step: whatever need not be done to each of them is done elsewhere. */
function readSlots(stepper: Stepper, step: number): void {
  const { wantedByClass, ended } = stepper;
  const { slots } = stepper.state;
  const { memoryUsed } = stepper.machine;
  const { cpu, memory } = stepper.demand;
  const { smoothing } = stepper.rules;
  const { high, machine: on, lastStep, behind, observed, migrating, latencyCritical } = slots;
  if (ended.slots.length < slots.execution.length) ended.slots = new Int32Array(slots.execution.length);
  const due = ended.slots;
  let count = 0;
  for (let slot = 0; slot < high; slot++) {
    const m = on[slot];
    if (m < 0) continue;
    if (behind[slot] === 1) readBehind(stepper, slot, step);
    const wanted = cpu[slot];
    observed[slot] += smoothing * (wanted - observed[slot]);
    memoryUsed[m] += memory[slot];
    if (migrating[slot] === 0) wantedByClass[2 * m + latencyCritical[slot]] += wanted;
    if (lastStep[slot] <= step) due[count++] = slot;
  }
  ended.count = count;
}

/** Who fell behind wants the rest of one sample and the beginning of the next. */
function readBehind({ state, usage, demand }: Stepper, slot: number, step: number): void {
  const { origin, done, lastStep } = state.slots;
  const row = origin[slot] + step;
  const next = step < lastStep[slot] ? done[slot] * usage.cpu[row + 1] : 0;
  demand.cpu[slot] = (1 - done[slot]) * usage.cpu[row] + next;
  demand.memory[slot] = usage.memory[row];
}

/** Shares each machine's CPU among its tasks, and moves those that stay on it on by what they got. */
export function shareMachines(stepper: Stepper, flights: readonly Flight[], step: number): void {
  const { state, machine, totals, demand } = stepper;
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
      totals.contended++;
      gather(stepper, m, flights);
      shareCpu(stepper.shares, available, cap, stepper.rules.sharing);
      handOut(stepper, m, step);
    } else {
      lcServed[m] = lcWanted[m];
      beServed[m] = beWanted[m];
    }
  }
  for (const flight of flights) {
    const wanted = demand.cpu[flight.slot];
    if (contended[flight.from] === 0) served[flight.slot] += flight.atSource * wanted;
    if (contended[flight.to] === 0) served[flight.slot] += flight.atTarget * wanted;
  }
}

/**
 * Collects the tasks of a contended machine, those on their way from or to it with their part of the step.
 */
function gather(stepper: Stepper, m: number, flights: readonly Flight[]): void {
  const { first, slots } = stepper.state;
  stepper.shares.count = 0;
  for (let slot = first[m]; slot >= 0; slot = slots.next[slot]) {
    if (slots.migrating[slot] === 1) continue;
    slots.served[slot] = 0;
    enter(stepper, slot, 1);
  }
  for (const flight of flights) {
    if (flight.from === m) enter(stepper, flight.slot, flight.atSource);
    if (flight.to === m) enter(stepper, flight.slot, flight.atTarget);
  }
}

function enter(stepper: Stepper, slot: number, part: number): void {
  if (stepper.shares.count === stepper.members.length) growMembers(stepper);
  const { shares, members, demand } = stepper;
  const { slots } = stepper.state;
  const row = shares.count++;
  members[row] = slot;
  shares.demand[row] = part * demand.cpu[slot];
  shares.weight[row] = Math.max(part * slots.cpuRequest[slot], 1e-9);
  shares.latencyCritical[row] = slots.latencyCritical[slot];
}

/** Notes what each task was given. Who migrates may get the rest of it elsewhere: `advance` settles it. */
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

/** Moves migrating tasks on, and finds out who ended. */
export function advance(stepper: Stepper, flights: readonly Flight[], step: number): void {
  const { ended } = stepper;
  const { lastStep } = stepper.state.slots;
  for (const { slot } of flights) settle(stepper, slot, step);
  // Who was due and fell behind stays.
  let count = 0;
  for (let i = 0; i < ended.count; i++) {
    if (lastStep[ended.slots[i]] <= step) ended.slots[count++] = ended.slots[i];
  }
  ended.count = count;
}

/** Draws the consequences for a task that may not have got what it wanted. */
function settle(stepper: Stepper, slot: number, step: number): void {
  const { slots } = stepper.state;
  const wanted = stepper.demand.cpu[slot];
  const served = slots.served[slot];
  if (served >= wanted * FULL) return;
  if (slots.latencyCritical[slot] === 0) fallBehind(stepper, slot, step);
  else if (fallsShort(wanted, served)) stepper.totals.lcViolations++;
}

/** Closed loop: best-effort work takes up next step where this one left it. */
function fallBehind({ state, usage }: Stepper, slot: number, step: number): void {
  const { origin, lastStep, done, behind } = state.slots;
  const served = state.slots.served[slot];
  const at = origin[slot] + step;
  const left = (1 - done[slot]) * usage.cpu[at];
  if (served < left) {
    done[slot] += served / usage.cpu[at];
    origin[slot]--;
    lastStep[slot]++;
  } else {
    const next = step < lastStep[slot] ? usage.cpu[at + 1] : 0;
    done[slot] = next > 0 ? Math.min(1, (served - left) / next) : done[slot];
  }
  behind[slot] = 1;
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
