/**
 * Migrations under way: the task's room is reserved at the target, its memory is copied, then the task
 * switches. Where memory follows after the switch, the task uses CPU at the target from the switch on, but
 * the cluster state moves the task, and frees its room at the source, only when all memory has arrived.
 */
import type { MigrationCost } from "../cluster/migration/cost.js";
import { MIGRATIONS, type Circumstances, type MigrationModel } from "../cluster/migration/presets.js";
import { createNetwork, earliestStart, occupy, type Network } from "../cluster/network.js";
import type { ModelValues } from "./model.js";
import { removeSlot, reserve, setMigrating, switchMachine, type ClusterState } from "./state.js";

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** Parts of a step in which a migrating task runs at its source, runs at its target, and is being copied. */
export interface PartsOfStep {
  atSource: number;
  atTarget: number;
  copying: number;
}

/** A migration under way, with its parts of the current step. Times are seconds from step 0. */
export interface Flight extends PartsOfStep {
  readonly slot: number;
  readonly from: number;
  readonly to: number;
  readonly start: number;
  /** When the task switches to its target; memory not sent until then follows until `end`. */
  readonly switch: number;
  readonly end: number;
  readonly downtime: number;
  /**
   * Share of its time that the task loses between the start and the downtime, and between the switch and the
   * end.
   */
  readonly lossAtSource: number;
  readonly lossAtTarget: number;
  readonly bytes: number;
  /** Row of the migration in the log. */
  readonly move: number;
}

export const MIGRATION_OUTCOME = ["under way", "completed", "aborted"] as const;

/** All started migrations, one row per migration, in order of decision. */
export interface MigrationLog {
  /** Step after which the migration was decided. */
  readonly step: number[];
  readonly execution: number[];
  readonly from: number[];
  readonly to: number[];
  readonly start: number[];
  readonly seconds: number[];
  readonly downtime: number[];
  /**
   * Seconds that the task loses beside the downtime: throttled at the source, waiting for pages at the
   * target.
   */
  readonly stalled: number[];
  /** Bytes sent: fewer than planned if the migration was aborted or the simulation ended first. */
  readonly bytes: number[];
  /** Index in MIGRATION_OUTCOME. */
  readonly outcome: number[];
}

export interface Migrations {
  readonly flights: Flight[];
  readonly log: MigrationLog;
  readonly network: Network;
}

export function createMigrations(machines: number, { flowsPerMachine }: ModelValues): Migrations {
  return {
    flights: [],
    log: {
      step: [],
      execution: [],
      from: [],
      to: [],
      start: [],
      seconds: [],
      downtime: [],
      stalled: [],
      bytes: [],
      outcome: [],
    },
    network: createNetwork(machines, flowsPerMachine),
  };
}

/** Returns the cost of migrating a task with this much memory (a fraction of the reference machine's). */
export function migrationCost(memory: number, kind: MigrationModel, model: ModelValues): MigrationCost {
  return MIGRATIONS[kind].cost(memory * model.referenceMemoryGib * GIB, circumstancesOf(model));
}

function circumstancesOf(model: ModelValues): Circumstances {
  const { dirtyShare, workingSet, downtimeGoal, touchedShare, warmShare, faultLoss } = model;
  return {
    bandwidth: (model.linkGbps * 1e9) / 8 / model.flowsPerMachine,
    dirtyShare,
    workingSet,
    downtimeGoal,
    touchedShare,
    warmShare,
    pageFetch: model.pageFetch * 1e-6,
    faultLoss,
    state: model.stateMib * MIB,
  };
}

/**
 * Starts a migration if both links have a free channel before `deadline`: reserves room at the target and
 * takes the channels. Otherwise does nothing and returns false.
 */
export function startFlight(
  { flights, log, network }: Migrations,
  state: ClusterState,
  {
    slot,
    to,
    cost,
    step,
    now,
    deadline,
  }: {
    slot: number;
    to: number;
    cost: MigrationCost;
    step: number;
    now: number;
    deadline: number;
  },
): boolean {
  const from = state.slots.machine[slot];
  const start = earliestStart(network, from, to, now);
  if (start >= deadline) return false;
  const end = start + cost.seconds;
  occupy(network, from, to, end);
  reserve(state, slot, to, 1);
  setMigrating(state, slot, true);
  state.slots.movedAt[slot] = step;
  const move = log.step.push(step) - 1;
  log.execution.push(state.slots.execution[slot]);
  log.from.push(from);
  log.to.push(to);
  log.start.push(start);
  log.seconds.push(cost.seconds);
  log.downtime.push(cost.downtime);
  log.stalled.push(cost.stalledAtSource + cost.stalledAtTarget);
  log.bytes.push(0);
  log.outcome.push(0);
  flights.push({
    slot,
    from,
    to,
    start,
    switch: start + cost.switchAfter,
    end,
    downtime: cost.downtime,
    lossAtSource: shareOf(cost.stalledAtSource, cost.switchAfter - cost.downtime),
    lossAtTarget: shareOf(cost.stalledAtTarget, cost.seconds - cost.switchAfter),
    bytes: cost.bytes,
    move,
    atSource: 1,
    atTarget: 0,
    copying: 0,
  });
  return true;
}

/** Returns the parts of the step that begins at `now`. */
export function partsOfStep(flight: Flight, now: number, stepSeconds: number): PartsOfStep {
  const part = (from: number, to: number): number =>
    Math.max(0, Math.min(to, now + stepSeconds) - Math.max(from, now)) / stepSeconds;
  const { start, end, downtime, lossAtSource, lossAtTarget } = flight;
  const stop = flight.switch - downtime;
  return {
    atSource: part(now, stop) - lossAtSource * part(start, stop),
    atTarget: part(flight.switch, now + stepSeconds) - lossAtTarget * part(flight.switch, end),
    copying: part(start, end),
  };
}

function shareOf(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

/** Adds the bytes sent in the step that begins at `now` to the log and returns their sum. */
export function bookTraffic({ flights, log }: Migrations, now: number, stepSeconds: number): number {
  let sum = 0;
  for (const flight of flights) {
    const sent = bytesBy(flight, now + stepSeconds);
    sum += sent - log.bytes[flight.move];
    log.bytes[flight.move] = sent;
  }
  return sum;
}

/** Moves the tasks whose copy is complete at `now` to their targets; returns how many. */
export function completeFlights({ flights, log }: Migrations, state: ClusterState, now: number): number {
  let completed = 0;
  keep(flights, (flight) => {
    if (flight.end > now) return true;
    switchMachine(state, flight.slot, flight.to);
    setMigrating(state, flight.slot, false);
    log.outcome[flight.move] = 1;
    completed++;
    return false;
  });
  return completed;
}

/** Aborts the migration of a task and releases the reservation at the target. */
export function abortFlight({ flights, log }: Migrations, state: ClusterState, slot: number): void {
  keep(flights, (flight) => {
    if (flight.slot !== slot) return true;
    reserve(state, slot, flight.to, -1);
    setMigrating(state, slot, false);
    log.outcome[flight.move] = 2;
    return false;
  });
}

/** Removes a task from its machine after aborting its migration. */
export function endTask(migrations: Migrations, state: ClusterState, slot: number): void {
  if (state.slots.migrating[slot] === 1) abortFlight(migrations, state, slot);
  removeSlot(state, slot);
}

function bytesBy(flight: Flight, time: number): number {
  if (time >= flight.end) return flight.bytes;
  return (flight.bytes * Math.max(0, time - flight.start)) / (flight.end - flight.start);
}

function keep(flights: Flight[], wanted: (flight: Flight) => boolean): void {
  let kept = 0;
  for (const flight of flights) if (wanted(flight)) flights[kept++] = flight;
  flights.length = kept;
}
