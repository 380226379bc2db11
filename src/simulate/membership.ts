/** Machines joining, leaving and changing size. */
import { MACHINE_EVENT, type MachineEventColumns } from "../workload/workload.js";
import { abortFlight, endTask, type Migrations } from "./migrations.js";
import type { ClusterState } from "./state.js";

/** Called for each task that is about to lose its machine, with the time at which the machine left. */
export type OnEvicted = (slot: number, time: number) => void;

/** How far the machine events have been applied. */
export interface Membership {
  readonly events: MachineEventColumns;
  /** Row of the next event. */
  next: number;
}

export function createMembership(events: MachineEventColumns): Membership {
  return { events, next: 0 };
}

/**
 * Applies the machine events up to the end of a step, and reports the executions that lost their machine:
 * those on a machine that left. A machine that shrinks keeps its tasks.
 */
export function applyMachineEvents(
  membership: Membership,
  cluster: Cluster,
  stepEnd: number,
  onEvicted: OnEvicted,
): void {
  const { time, machine, kind, cpu, memory } = membership.events;
  for (; membership.next < time.length && time[membership.next] < stepEnd; membership.next++) {
    const at = membership.next;
    if (kind[at] === MACHINE_EVENT.remove) leave(cluster, machine[at], time[at], onEvicted);
    else resize(cluster.state, machine[at], cpu[at], memory[at]);
  }
}

/** What a machine event changes. */
export interface Cluster {
  readonly state: ClusterState;
  readonly migrations: Migrations;
}

function leave({ state, migrations }: Cluster, m: number, time: number, onEvicted: OnEvicted): void {
  for (const flight of migrations.flights.filter(({ to }) => to === m)) {
    // Its memory is on both machines, so the task is lost with either of them.
    const isTorn = flight.switch < flight.end && time >= flight.switch;
    if (isTorn) {
      onEvicted(flight.slot, time);
      endTask(migrations, state, flight.slot);
    } else abortFlight(migrations, state, flight.slot);
  }
  while (state.first[m] >= 0) {
    const slot = state.first[m];
    onEvicted(slot, time);
    endTask(migrations, state, slot);
  }
  resize(state, m, 0, 0);
}

function resize(state: ClusterState, m: number, cpu: number, memory: number): void {
  state.cpu[m] = cpu;
  state.freeMemory[m] += memory - state.memory[m];
  state.memory[m] = memory;
}
