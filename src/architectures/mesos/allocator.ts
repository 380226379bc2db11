/**
 * Mesos's hierarchical allocator (`master/allocator/mesos/hierarchical.cpp`). An allocation visits the agents
 * in random order: first for the roles whose quota is not met, then for all roles. All that is free on an
 * agent is offered to one framework. Only frameworks are considered that want offers and have not refused as
 * much of that agent. Of their roles, the one with the least share comes first; in this role, the framework
 * with the least share.
 *
 * The random order consists of a random first agent and a random step, so that no list of agents has to be
 * shuffled. Where only one framework wants offers and it has refused nothing, it is offered everything: an
 * agent is listed only when the framework examines it (`everything.ts`). The results of both ways are the
 * same.
 */
import { InputError } from "../../base/errors.js";
import { totalOf, type Cluster } from "../cluster.js";
import type { Draws } from "../draws.js";
import type { MesosParts } from "../parts.js";
import { bookEverything, createEverything, heldCpu, heldMemory, keepApart } from "./everything.js";
import { createFilters, dropFilters, isWithheld, setFilter } from "./filters.js";
import { compareClients } from "./sorter.js";
import {
  bookOffered,
  drawWalk,
  isOfferable,
  SLACK,
  stepOn,
  type Framework,
  type MesosAllocator,
  type Offers,
  type Role,
  type Walk,
} from "./state.js";

/**
 * Returns the state before anything is offered. Throws InputError for a framework whose role does not exist.
 */
export function createAllocator(
  { cpu, memory }: Cluster,
  parts: Pick<MesosParts, "roles" | "frameworks" | "leastCpu" | "leastMemory">,
  draws: Draws,
): MesosAllocator {
  const roles = Object.entries(parts.roles).map(([name, { weight, quotaCpu, quotaMemory }]): Role => ({
    name,
    weight,
    quota: [quotaCpu, quotaMemory],
    used: [0, 0],
    offered: [0, 0],
    allocations: 0,
  }));
  const frameworks = parts.frameworks.map(({ name, role: wanted }): Framework => {
    const role = roles.find((one) => one.name === wanted);
    if (role === undefined) throw new InputError(`framework ${name} has role ${wanted}: declare this role`);
    const filters = createFilters(cpu.length);
    return { name, role, weight: 1, used: [0, 0], offered: [0, 0], allocations: 0, active: false, filters };
  });
  const { leastCpu, leastMemory } = parts;
  const allocator: MesosAllocator = {
    roles,
    frameworks,
    total: [totalOf(cpu), totalOf(memory)],
    freeCpu: cpu.map(() => 0),
    freeMemory: memory.map(() => 0),
    leastCpu,
    leastMemory,
    draws,
    everything: createEverything(cpu.length),
    offerable: 0,
    allocations: 0,
  };
  for (let agent = 0; agent < cpu.length; agent++) free(allocator, agent, cpu[agent], memory[agent]);
  return allocator;
}

/** Makes an allocation at the time `now` and returns the offers, at most one for each framework. */
export function allocate(allocator: MesosAllocator, now: number): Offers[] {
  const { roles, frameworks, everything, freeCpu, draws } = allocator;
  allocator.allocations++;
  const walk = drawWalk(draws, freeCpu.length);
  const wanting = frameworks.filter(({ active }) => active);
  if (wanting.length === 0 || allocator.offerable === 0) return [];
  if (wanting.length === 1 && wanting[0].filters.count === 0 && everything.offers === undefined)
    return [offerEverything(allocator, wanting[0], walk)];
  bookEverything(allocator);
  const offers = new Map<Framework, Offers>();
  if (roles.some(lacksQuota)) offerEach(allocator, wanting, { ...walk }, now, true, offers);
  offerEach(allocator, wanting, walk, now, false, offers);
  return wanting.flatMap((framework) => offers.get(framework) ?? []);
}

function offerEverything(allocator: MesosAllocator, framework: Framework, walk: Walk): Offers {
  const { everything, offerable } = allocator;
  framework.allocations += offerable;
  framework.role.allocations += offerable;
  const offers: Offers = { framework, agents: [], cpu: [], memory: [], booked: [0, 0], walk };
  everything.offers = offers;
  everything.order = { ...walk };
  everything.epoch++;
  everything.agents = offerable;
  everything.changed.length = 0;
  allocator.offerable = 0;
  return offers;
}

function offerEach(
  allocator: MesosAllocator,
  wanting: readonly Framework[],
  walk: Walk,
  now: number,
  quotaOnly: boolean,
  offers: Map<Framework, Offers>,
): void {
  const { freeCpu, freeMemory, everything } = allocator;
  while (walk.left > 0 && allocator.offerable > 0) {
    const agent = stepOn(walk, freeCpu.length);
    // Agents in an offer of everything are not free.
    if (everything.offers !== undefined && everything.stamp[agent] !== everything.epoch) continue;
    if (!isOfferable(allocator, agent)) continue;
    const framework = firstThatTakes(allocator, wanting, agent, now, quotaOnly);
    if (framework === undefined) continue;
    let given = offers.get(framework);
    if (given === undefined) {
      given = { framework, agents: [], cpu: [], memory: [], booked: [0, 0], walk: undefined };
      offers.set(framework, given);
    }
    given.agents.push(agent);
    given.cpu.push(freeCpu[agent]);
    given.memory.push(freeMemory[agent]);
    bookOffered(given, freeCpu[agent], freeMemory[agent]);
    framework.allocations++;
    framework.role.allocations++;
    setFree(allocator, agent, 0, 0);
  }
}

function firstThatTakes(
  { freeCpu, freeMemory, total, allocations }: MesosAllocator,
  wanting: readonly Framework[],
  agent: number,
  now: number,
  quotaOnly: boolean,
): Framework | undefined {
  // With this slack, a filter also applies where rounding makes the amounts slightly larger.
  const cpu = freeCpu[agent] - SLACK;
  const memory = freeMemory[agent] - SLACK;
  let first: Framework | undefined;
  for (const framework of wanting) {
    if (quotaOnly && !lacksQuota(framework.role)) continue;
    if (isWithheld(framework.filters, agent, cpu, memory, now, allocations)) continue;
    const order =
      first === undefined
        ? -1
        : compareClients(framework.role, first.role, total) || compareClients(framework, first, total);
    if (order < 0) first = framework;
  }
  return first;
}

function lacksQuota({ quota, used, offered }: Role): boolean {
  return used[0] + offered[0] < quota[0] - SLACK || used[1] + offered[1] < quota[1] - SLACK;
}

/** Returns the number of agents in offers that were made just now. */
export function agentsIn({ everything }: MesosAllocator, offers: Offers): number {
  return offers === everything.offers ? everything.agents : offers.agents.length;
}

/** Whether the offers have an i-th agent. An offer of everything is searched for its next agents. */
export function hasAgent(
  allocator: MesosAllocator,
  { agents, cpu, memory, walk }: Offers,
  i: number,
): boolean {
  while (walk !== undefined && agents.length <= i && walk.left > 0) {
    const agent = stepOn(walk, allocator.freeCpu.length);
    const held = heldCpu(allocator, agent);
    const heldToo = heldMemory(allocator, agent);
    if (held === 0 && heldToo === 0) continue;
    agents.push(agent);
    cpu.push(held);
    memory.push(heldToo);
  }
  return i < agents.length;
}

/** Adds what a task uses to its framework and role; with sign -1, subtracts it. */
export function bookUse({ used, role }: Framework, cpu: number, memory: number, sign: 1 | -1): void {
  for (const amounts of [used, role.used]) {
    amounts[0] += sign * cpu;
    amounts[1] += sign * memory;
  }
}

/** Makes an amount on an agent free. */
export function free(allocator: MesosAllocator, agent: number, cpu: number, memory: number): void {
  if (allocator.everything.offers !== undefined) keepApart(allocator, agent);
  setFree(allocator, agent, allocator.freeCpu[agent] + cpu, allocator.freeMemory[agent] + memory);
}

function setFree(allocator: MesosAllocator, agent: number, cpu: number, memory: number): void {
  if (isOfferable(allocator, agent)) allocator.offerable--;
  allocator.freeCpu[agent] = cpu;
  allocator.freeMemory[agent] = memory;
  if (isOfferable(allocator, agent)) allocator.offerable++;
}

/**
 * Takes back what a framework has left of its offers. If it still wants offers, the same or smaller amounts
 * of these agents are not offered to it again for `refuseFor`. (A framework that wants no offers needs no
 * filters: it wants offers again when it gets a new job, and then its filters are dropped.)
 */
export function takeBack(allocator: MesosAllocator, offers: Offers, now: number, refuseFor: number): void {
  const { framework, agents, cpu, memory, booked, walk } = offers;
  const { filters, role, active } = framework;
  const refuses = active && refuseFor > 0;
  if (refuses) while (hasAgent(allocator, offers, agents.length));
  if (walk !== undefined) endEverything(allocator, offers);
  for (let i = 0; i < agents.length; i++) {
    const something = cpu[i] > SLACK || memory[i] > SLACK;
    if (something && walk === undefined) free(allocator, agents[i], cpu[i], memory[i]);
    if (something && refuses)
      setFilter(filters, agents[i], cpu[i], memory[i], now + refuseFor, allocator.allocations);
  }
  for (const { offered } of [framework, role]) {
    offered[0] -= booked[0];
    offered[1] -= booked[1];
  }
}

/** Ends an offer of everything: what is left of it becomes free, with what became free during the offer. */
function endEverything(allocator: MesosAllocator, { agents, cpu, memory }: Offers): void {
  const { everything, freeCpu, freeMemory } = allocator;
  for (let i = 0; i < agents.length; i++) {
    const agent = agents[i];
    const something = cpu[i] > SLACK || memory[i] > SLACK;
    const isApart = everything.stamp[agent] === everything.epoch;
    (isApart ? everything.cpu : freeCpu)[agent] = something ? cpu[i] : 0;
    (isApart ? everything.memory : freeMemory)[agent] = something ? memory[i] : 0;
    if (!isApart && !isOfferable(allocator, agent)) everything.agents--;
  }
  everything.offers = undefined;
  allocator.offerable += everything.agents;
  for (const agent of everything.changed)
    setFree(
      allocator,
      agent,
      freeCpu[agent] + everything.cpu[agent],
      freeMemory[agent] + everything.memory[agent],
    );
}

/** The framework wants offers from now on, and its filters are dropped. */
export function revive(framework: Framework): void {
  framework.active = true;
  dropFilters(framework.filters);
}
