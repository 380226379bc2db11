/**
 * Mesos's hierarchical allocator (`master/allocator/mesos/hierarchical.cpp`). An allocation goes through
 * the agents in random order: first for roles with a quota that they do not have, then for all. What is
 * free on an agent goes whole to one framework: of the role that is first by share, the framework that is
 * first by share and wants offers, and has not refused as much of that agent.
 */
import { drawBelow, type Draws } from "../draws.js";
import { sortClients, type Client } from "./sorter.js";

/** Amounts are CPU and memory. */
export interface Agent {
  readonly total: readonly [number, number];
  /** In use or offered. */
  readonly allocated: [number, number];
}

export interface Role extends Client {
  readonly quota: readonly [number, number];
  readonly frameworks: Framework[];
}

export interface Framework extends Client {
  /** Whether it wants offers. */
  active: boolean;
  /** What it has refused, by agent. */
  readonly filters: Map<number, Filter>;
}

/** An offer of no more than this is withheld until the time, and at least until the next allocation. */
export interface Filter {
  readonly cpu: number;
  readonly memory: number;
  readonly until: number;
  /** Number of the allocation before which it was set. */
  readonly allocation: number;
}

export interface Offer {
  readonly agent: number;
  readonly framework: Framework;
  readonly role: Role;
  readonly cpu: number;
  readonly memory: number;
}

export interface MesosAllocator {
  readonly agents: Agent[];
  readonly roles: Role[];
  readonly leastCpu: number;
  readonly leastMemory: number;
  readonly draws: Draws;
  /** Number of allocations so far. */
  allocations: number;
}

/** Rounding of sums and differences of amounts. */
const SLACK = 1e-9;

/** Makes an allocation at the time `now` of the given agents (default: all) and returns the offers. */
export function allocate(
  allocator: MesosAllocator,
  now: number,
  agents: readonly number[] = [...allocator.agents.keys()],
): Offer[] {
  allocator.allocations++;
  const order = shuffled(agents, allocator.draws);
  const total = totalOf(allocator);
  const offers: Offer[] = [];
  if (!allocator.roles.some(({ frameworks }) => frameworks.some(({ active }) => active))) return offers;
  for (const quotaOnly of [true, false]) {
    if (quotaOnly && !allocator.roles.some(lacksQuota)) continue;
    for (const agent of order) {
      const offer = offerAgent(allocator, agent, total, now, quotaOnly);
      if (offer !== undefined) offers.push(offer);
    }
  }
  return offers;
}

function shuffled(agents: readonly number[], draws: Draws): number[] {
  const order = agents.slice();
  for (let i = order.length - 1; i > 0; i--) {
    const other = drawBelow(draws, i + 1);
    [order[i], order[other]] = [order[other], order[i]];
  }
  return order;
}

function totalOf({ agents }: MesosAllocator): [number, number] {
  const total: [number, number] = [0, 0];
  for (const agent of agents) {
    total[0] += agent.total[0];
    total[1] += agent.total[1];
  }
  return total;
}

function offerAgent(
  allocator: MesosAllocator,
  at: number,
  total: readonly number[],
  now: number,
  quotaOnly: boolean,
): Offer | undefined {
  const agent = allocator.agents[at];
  const cpu = agent.total[0] - agent.allocated[0];
  const memory = agent.total[1] - agent.allocated[1];
  if (cpu < allocator.leastCpu && memory < allocator.leastMemory) return undefined;
  if (cpu <= SLACK && memory <= SLACK) return undefined;
  const roles = quotaOnly ? allocator.roles.filter(lacksQuota) : allocator.roles;
  for (const role of sortClients(roles, total)) {
    for (const framework of sortClients(role.frameworks, total)) {
      if (!framework.active || isFiltered(allocator, framework, at, cpu, memory, now)) continue;
      const offer = { agent: at, framework, role, cpu, memory };
      give(allocator, offer, 1);
      role.allocations++;
      framework.allocations++;
      return offer;
    }
  }
  return undefined;
}

function lacksQuota({ quota, allocated }: Role): boolean {
  return quota.some((amount, r) => allocated[r] < amount - SLACK);
}

function isFiltered(
  { allocations }: MesosAllocator,
  { filters }: Framework,
  agent: number,
  cpu: number,
  memory: number,
  now: number,
): boolean {
  const filter = filters.get(agent);
  if (filter === undefined) return false;
  if (now >= filter.until && allocations > filter.allocation + 1) {
    filters.delete(agent);
    return false;
  }
  return cpu <= filter.cpu + SLACK && memory <= filter.memory + SLACK;
}

/** Books an amount on the agent, the role and the framework; with -1 takes it back. */
function give(
  { agents }: MesosAllocator,
  { agent, role, framework, cpu, memory }: Offer,
  sign: 1 | -1,
): void {
  for (const allocated of [agents[agent].allocated, role.allocated, framework.allocated]) {
    allocated[0] += sign * cpu;
    allocated[1] += sign * memory;
  }
}

/** Takes back what a framework does not use (any more), with or without a filter for `refuseFor`. */
export function recover(allocator: MesosAllocator, offer: Offer, now: number, refuseFor = 0): void {
  give(allocator, offer, -1);
  const { framework, agent, cpu, memory } = offer;
  if (refuseFor <= 0) return;
  const until = now + refuseFor;
  framework.filters.set(agent, { cpu, memory, until, allocation: allocator.allocations });
}
