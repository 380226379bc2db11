/** One step of the clock: what every task wants, what it gets, and how far that takes it. */
import { createShares, shareCpu, type Shares, type Sharing } from "../cluster/share.js";
import { fallsShort } from "../metrics/qos.js";
import type { UsageColumns } from "../trace/workload.js";
import { createDemandWindow, type StepDemand } from "./demand-window.js";
import { partsOfStep, type Flight, type PartsOfStep } from "./migrations.js";
import type { ClusterState } from "./state.js";

/** What a machine's tasks wanted and got in the step, one row a machine, in CPU of the reference machine. */
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
}

/** Served is "in full" within this share of the demand: sums of floats are not exact. */
const FULL = 1 - 1e-12;

export interface Stepper {
  readonly machine: MachineStep;
  readonly totals: StepTotals;
  /** Slots whose task ended in the step, ascending, and how many of the array count. */
  readonly ended: { slots: Int32Array; count: number };
  /** Notes that a task was put in a slot: must be called before the demand is next read. */
  readonly renew: (slot: number) => void;
  /** Reads, and takes into what policies see, the demand of all tasks on machines in a step. */
  readDemand(flights: readonly Flight[], step: number): void;
  /** Shares each machine's CPU among its tasks, and moves those that stay on it on by what they got. */
  share(flights: readonly Flight[], step: number): void;
  /** Moves migrating tasks on, and finds out who ended. */
  advance(flights: readonly Flight[], step: number): void;
}

export function createStepper(
  state: ClusterState,
  usage: UsageColumns,
  {
    sharing,
    stepSeconds,
    migrationOverhead,
    smoothing,
  }: { sharing: Sharing; stepSeconds: number; migrationOverhead: number; smoothing: number },
): Stepper {
  const n = state.machines;
  const machine: MachineStep = {
    lcWanted: new Float64Array(n),
    beWanted: new Float64Array(n),
    lcServed: new Float64Array(n),
    beServed: new Float64Array(n),
    overhead: new Float64Array(n),
    memoryUsed: new Float64Array(n),
    contended: new Uint8Array(n),
    bestEffortCap: new Float64Array(n).fill(1),
  };
  const totals: StepTotals = { lcTasks: 0, beTasks: 0, lcViolations: 0 };
  const ended = { slots: new Int32Array(64), count: 0 };
  const { slots } = state;
  const window = createDemandWindow(usage, slots);
  let demand: StepDemand = { cpu: new Float64Array(0), memory: new Float32Array(0) };
  /** Without a branch on the class: 2 * machine + class. */
  const wantedByClass = new Float64Array(2 * n);
  let shares = createShares(64);
  let members = new Int32Array(64);

  function readDemand(flights: readonly Flight[], step: number): void {
    const { lcWanted, beWanted, memoryUsed, overhead } = machine;
    wantedByClass.fill(0);
    memoryUsed.fill(0);
    overhead.fill(0);
    [totals.beTasks, totals.lcTasks] = state.running;
    demand = window.at(step);
    readSlots(step);
    for (let m = 0; m < n; m++) {
      beWanted[m] = wantedByClass[2 * m];
      lcWanted[m] = wantedByClass[2 * m + 1];
    }
    for (const flight of flights) {
      setParts(flight, partsOfStep(flight, step * stepSeconds, stepSeconds));
      const wanted = demand.cpu[flight.slot];
      const sum = slots.latencyCritical[flight.slot] === 1 ? lcWanted : beWanted;
      sum[flight.from] += flight.atSource * wanted;
      sum[flight.to] += flight.atTarget * wanted;
      overhead[flight.from] += migrationOverhead * flight.copying * wanted;
      overhead[flight.to] += migrationOverhead * flight.copying * wanted;
    }
  }

  /** The one pass over all tasks in a step: whatever need not be done to each of them is done elsewhere. */
  function readSlots(step: number): void {
    const { memoryUsed } = machine;
    const { cpu, memory } = demand;
    const { high, machine: on, lastStep, behind, observed, migrating, latencyCritical } = slots;
    if (ended.slots.length < slots.run.length) ended.slots = new Int32Array(slots.run.length);
    const due = ended.slots;
    let count = 0;
    for (let slot = 0; slot < high; slot++) {
      const m = on[slot];
      if (m < 0) continue;
      if (behind[slot] === 1) readBehind(slot, step);
      const wanted = cpu[slot];
      observed[slot] += smoothing * (wanted - observed[slot]);
      memoryUsed[m] += memory[slot];
      if (migrating[slot] === 0) wantedByClass[2 * m + latencyCritical[slot]] += wanted;
      if (lastStep[slot] <= step) due[count++] = slot;
    }
    ended.count = count;
  }

  /** Who fell behind wants the rest of one sample and the beginning of the next. */
  function readBehind(slot: number, step: number): void {
    const row = slots.origin[slot] + step;
    const done = slots.done[slot];
    const next = step < slots.lastStep[slot] ? done * usage.cpu[row + 1] : 0;
    demand.cpu[slot] = (1 - done) * usage.cpu[row] + next;
    demand.memory[slot] = usage.memory[row];
  }

  function share(flights: readonly Flight[], step: number): void {
    totals.lcViolations = 0;
    const { lcWanted, beWanted, lcServed, beServed, overhead, contended, bestEffortCap } = machine;
    for (const flight of flights) slots.served[flight.slot] = 0;
    for (let m = 0; m < n; m++) {
      const available = Math.max(0, state.cpu[m] - overhead[m]);
      const cap = bestEffortCap[m] * state.cpu[m];
      contended[m] = lcWanted[m] + beWanted[m] > available || beWanted[m] > cap ? 1 : 0;
      if (contended[m] === 1) {
        gather(m, flights);
        shareCpu(shares, available, cap, sharing);
        handOut(m, step);
      } else {
        lcServed[m] = lcWanted[m];
        beServed[m] = beWanted[m];
      }
    }
    for (const flight of flights) {
      const wanted = demand.cpu[flight.slot];
      if (contended[flight.from] === 0) slots.served[flight.slot] += flight.atSource * wanted;
      if (contended[flight.to] === 0) slots.served[flight.slot] += flight.atTarget * wanted;
    }
  }

  /** Collects the tasks of a contended machine, those on their way from or to it with their part of the step. */
  function gather(m: number, flights: readonly Flight[]): void {
    shares.count = 0;
    for (let slot = state.first[m]; slot >= 0; slot = slots.next[slot]) {
      if (slots.migrating[slot] === 1) continue;
      slots.served[slot] = 0;
      enter(slot, 1);
    }
    for (const flight of flights) {
      if (flight.from === m) enter(flight.slot, flight.atSource);
      if (flight.to === m) enter(flight.slot, flight.atTarget);
    }
  }

  function enter(slot: number, part: number): void {
    if (shares.count === members.length) {
      shares = grow(shares);
      const old = members;
      members = new Int32Array(2 * old.length);
      members.set(old);
    }
    const row = shares.count++;
    members[row] = slot;
    shares.demand[row] = part * demand.cpu[slot];
    shares.weight[row] = Math.max(part * slots.cpuRequest[slot], 1e-9);
    shares.latencyCritical[row] = slots.latencyCritical[slot];
  }

  /** Notes what each task was given. Who migrates may get the rest of it elsewhere: `advance` settles it. */
  function handOut(m: number, step: number): void {
    let lc = 0;
    let be = 0;
    for (let row = 0; row < shares.count; row++) {
      const slot = members[row];
      const given = shares.given[row];
      slots.served[slot] += given;
      if (shares.latencyCritical[row] === 1) lc += given;
      else be += given;
      if (slots.migrating[slot] === 0) settle(slot, step);
    }
    machine.lcServed[m] = lc;
    machine.beServed[m] = be;
  }

  function advance(flights: readonly Flight[], step: number): void {
    for (const { slot } of flights) settle(slot, step);
    // Who was due and fell behind stays.
    let count = 0;
    for (let i = 0; i < ended.count; i++) {
      if (slots.lastStep[ended.slots[i]] <= step) ended.slots[count++] = ended.slots[i];
    }
    ended.count = count;
  }

  /** Draws the consequences for a task that may not have got what it wanted. */
  function settle(slot: number, step: number): void {
    const wanted = demand.cpu[slot];
    const served = slots.served[slot];
    if (served >= wanted * FULL) return;
    if (slots.latencyCritical[slot] === 0) fallBehind(slot, step);
    else if (fallsShort(wanted, served)) totals.lcViolations++;
  }

  /** Closed loop: best-effort work takes up next step where this one left it. */
  function fallBehind(slot: number, step: number): void {
    const { origin, lastStep, done } = slots;
    const served = slots.served[slot];
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
    slots.behind[slot] = 1;
  }

  return { machine, totals, ended, renew: window.renew, readDemand, share, advance };
}

function setParts(flight: Flight, { atSource, atTarget, copying }: PartsOfStep): void {
  flight.atSource = atSource;
  flight.atTarget = atTarget;
  flight.copying = copying;
}

function grow(shares: Shares): Shares {
  const grown = createShares(2 * shares.demand.length);
  for (const name of ["demand", "weight", "latencyCritical", "given", "order"] as const)
    grown[name].set(shares[name]);
  grown.count = shares.count;
  return grown;
}
