/** Machines joining, leaving and changing size. */
import { MACHINE_EVENT, type Workload } from "../trace/workload.js";
import { abortFlight, endTask, type Migrations } from "./migrations.js";
import type { ClusterState } from "./state.js";

/** Told of each task that is about to lose its machine, and when the machine left. */
export type OnEvicted = (slot: number, time: number) => void;

/**
 * Returns a function that applies the machine events up to the end of a step, and reports the runs that lost
 * their machine: those on a machine that left. A machine that shrinks keeps its tasks.
 */
export function createMembership(
  state: ClusterState,
  workload: Workload,
  migrations: Migrations,
): (stepEnd: number, onEvicted: OnEvicted) => void {
  const { time, machine, kind, cpu, memory } = workload.machineEvents;
  let next = 0;

  function resize(m: number, newCpu: number, newMemory: number): void {
    state.cpu[m] = newCpu;
    state.freeMemory[m] += newMemory - state.memory[m];
    state.memory[m] = newMemory;
  }

  function leave(m: number, time: number, onEvicted: OnEvicted): void {
    for (const flight of migrations.flights.filter(({ to }) => to === m)) {
      // Its memory is in two places, one of which is gone.
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
    resize(m, 0, 0);
  }

  return (stepEnd, onEvicted) => {
    for (; next < time.length && time[next] < stepEnd; next++) {
      if (kind[next] === MACHINE_EVENT.remove) leave(machine[next], time[next], onEvicted);
      else resize(machine[next], cpu[next], memory[next]);
    }
  };
}
