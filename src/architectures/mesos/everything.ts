/**
 * An offer of everything: all agents with enough free are offered to one framework. The agents and their
 * amounts are not listed: the amounts stay in `freeCpu` and `freeMemory`. Only where something becomes free
 * on an agent during the offer, its offered amounts are stored separately.
 */
import { bookOffered, isOfferable, stepOn, type Everything, type MesosAllocator } from "./state.js";

export function createEverything(agents: number): Everything {
  return {
    offers: undefined,
    order: { step: 1, at: 0, left: 0 },
    agents: 0,
    epoch: 0,
    stamp: new Int32Array(agents),
    cpu: new Float64Array(agents),
    memory: new Float64Array(agents),
    changed: [],
  };
}

/** Returns the offered CPU of an agent. */
export function heldCpu(allocator: MesosAllocator, agent: number): number {
  const { everything, freeCpu } = allocator;
  if (everything.stamp[agent] === everything.epoch) return everything.cpu[agent];
  return isOfferable(allocator, agent) ? freeCpu[agent] : 0;
}

/** Returns the offered memory of an agent. */
export function heldMemory(allocator: MesosAllocator, agent: number): number {
  const { everything, freeMemory } = allocator;
  if (everything.stamp[agent] === everything.epoch) return everything.memory[agent];
  return isOfferable(allocator, agent) ? freeMemory[agent] : 0;
}

/** Stores the offered amounts of an agent separately, so that other amounts can become free on it. */
export function keepApart(allocator: MesosAllocator, agent: number): void {
  const { everything, freeCpu, freeMemory } = allocator;
  if (everything.stamp[agent] === everything.epoch) return;
  everything.cpu[agent] = heldCpu(allocator, agent);
  everything.memory[agent] = heldMemory(allocator, agent);
  everything.stamp[agent] = everything.epoch;
  everything.changed.push(agent);
  if (everything.cpu[agent] === 0 && everything.memory[agent] === 0) return;
  everything.agents--;
  freeCpu[agent] = 0;
  freeMemory[agent] = 0;
}

/** Books the offered amounts if that has not been done, because shares are needed during the offer. */
export function bookEverything(allocator: MesosAllocator): void {
  const { offers, order } = allocator.everything;
  if (offers === undefined || offers.booked[0] > 0 || offers.booked[1] > 0) return;
  for (const walk = { ...order }; walk.left > 0;) {
    const agent = stepOn(walk, allocator.freeCpu.length);
    bookOffered(offers, heldCpu(allocator, agent), heldMemory(allocator, agent));
  }
}
