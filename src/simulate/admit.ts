/** Decides which of a policy's moves are started, by guards that apply to every policy. */
import type { MigrationModel } from "../cluster/migration/presets.js";
import type { Move } from "../policies/policy.js";
import type { UsageColumns } from "../workload/workload.js";
import { observedCpu } from "./demand.js";
import { migrationCost, startFlight, type Migrations } from "./migrations.js";
import type { ModelValues } from "./model.js";
import { hasRoom, type ClusterState } from "./state.js";

/** Reasons for not starting a move, in the order in which they are checked. */
export const REFUSALS = [
  "gone",
  "migrating",
  "latencyCritical",
  "sameMachine",
  "noRoom",
  "cooldown",
  "admissions",
  "minGain",
  "budget",
  "network",
] as const;
export type Refusal = (typeof REFUSALS)[number];

export interface Admitter {
  /** How many moves were refused so far, by reason. */
  readonly refused: Record<Refusal, number>;
  /** Moves admitted to each machine in the step. */
  readonly admissions: Int32Array;
  readonly moving: Moving;
}

/** What the guards read, and what a started migration changes. */
export interface Moving {
  readonly state: ClusterState;
  readonly migrations: Migrations;
  /** Load of each machine as policies see it. */
  readonly load: ArrayLike<number>;
  readonly usage: UsageColumns;
  readonly migration: MigrationModel;
  readonly model: ModelValues;
  readonly stepSeconds: number;
}

export function createAdmitter(moving: Moving): Admitter {
  return {
    refused: Object.fromEntries(REFUSALS.map((reason) => [reason, 0])) as Record<Refusal, number>,
    admissions: new Int32Array(moving.state.machines),
    moving,
  };
}

/** Starts those moves decided after `step` that the guards and the network admit; returns how many. */
export function admit(admitter: Admitter, moves: readonly Move[], step: number): number {
  admitter.admissions.fill(0);
  let started = 0;
  for (const move of moves) {
    const refusal = refuse(admitter, move, step, started) ?? start(admitter, move, step);
    if (refusal === undefined) started++;
    else admitter.refused[refusal]++;
  }
  return started;
}

function refuse(
  { admissions, moving }: Admitter,
  { task, to }: Move,
  step: number,
  started: number,
): Refusal | undefined {
  const { state, model } = moving;
  const { slots } = state;
  const slot = state.slotOf[task];
  if (slot < 0) return "gone";
  if (slots.migrating[slot] === 1) return "migrating";
  if (slots.latencyCritical[slot] === 1 && model.moveLatencyCritical === 0) return "latencyCritical";
  if (slots.machine[slot] === to) return "sameMachine";
  if (!hasRoom(state, to, slots.memory[slot], slots.cpuRequest[slot], model.cpuOvercommit)) return "noRoom";
  if (step - slots.movedAt[slot] <= model.cooldown) return "cooldown";
  if (model.admissionsPerTarget > 0 && admissions[to] >= model.admissionsPerTarget) return "admissions";
  if (model.minGain > 0 && gain(moving, slot, to) < model.minGain) return "minGain";
  if (model.moveBudget > 0 && started >= model.moveBudget) return "budget";
  return undefined;
}

/** By how much the move brings the observed loads of its two machines closer. */
function gain({ state, load }: Moving, slot: number, to: number): number {
  const from = state.slots.machine[slot];
  const cpu = observedCpu(state.demand, slot);
  const before = Math.abs(load[from] - load[to]);
  return before - Math.abs(load[from] - cpu / state.cpu[from] - load[to] - cpu / state.cpu[to]);
}

function start({ admissions, moving }: Admitter, { task, to }: Move, step: number): Refusal | undefined {
  const { state, migrations, usage, migration, model, stepSeconds } = moving;
  const slot = state.slotOf[task];
  const cost = migrationCost(usage.memory[state.slots.origin[slot] + step + 1], migration, model);
  const now = (step + 1) * stepSeconds;
  if (!startFlight(migrations, state, { slot, to, cost, step, now, deadline: now + stepSeconds }))
    return "network";
  admissions[to]++;
  return undefined;
}
