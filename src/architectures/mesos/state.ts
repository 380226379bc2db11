/** The state of Mesos's allocator: clients, agents, offers. */
import { drawBelow, type Draws } from "../draws.js";
import type { Filters } from "./filters.js";
import type { Client } from "./sorter.js";

export interface MesosAllocator {
  readonly roles: readonly Role[];
  readonly frameworks: readonly Framework[];
  /** The total amounts of all agents: CPU and memory. */
  readonly total: [number, number];
  /** Amounts of each agent that are neither in use nor offered (exception: `everything.ts`). */
  readonly freeCpu: Float64Array;
  readonly freeMemory: Float64Array;
  readonly leastCpu: number;
  readonly leastMemory: number;
  readonly draws: Draws;
  readonly everything: Everything;
  /** Number of agents with enough to offer. */
  offerable: number;
  /** Number of allocations so far. */
  allocations: number;
}

/** Amounts are CPU and memory. */
export interface Role extends Client {
  readonly quota: readonly [number, number];
}

export interface Framework extends Client {
  readonly role: Role;
  /** Whether it wants offers. */
  active: boolean;
  readonly filters: Filters;
}

/** What one allocation offers to one framework. */
export interface Offers {
  readonly framework: Framework;
  /** The agents in order, and what is left of each; in an offer of everything, only those examined so far. */
  readonly agents: number[];
  readonly cpu: number[];
  readonly memory: number[];
  /** Amounts that are booked as offered. */
  readonly booked: [number, number];
  /** The order of an offer of everything; undefined where the agents are listed. */
  readonly walk: Walk | undefined;
}

/** An order of all agents, and how far it has been followed. */
export interface Walk {
  readonly step: number;
  /** The next agent, and the number of agents that are left. */
  at: number;
  left: number;
}

/** An offer of all agents with enough free to one framework (`everything.ts`). */
export interface Everything {
  /** The offer, undefined while there is none. */
  offers: Offers | undefined;
  /** The order of the offer, from its beginning. */
  order: Walk;
  /** Number of offered agents whose amounts are not stored separately. */
  agents: number;
  /**
   * Agents with this number in `stamp` have their offered amounts stored separately, in `cpu` and `memory`.
   */
  epoch: number;
  readonly stamp: Int32Array;
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  readonly changed: number[];
}

/** Tolerance for rounding in sums and differences of amounts. */
export const SLACK = 1e-9;

/**
 * Returns a random order of agents: a first one, and a step that has no common divisor with the number of
 * agents.
 */
export function drawWalk(draws: Draws, agents: number): Walk {
  const at = drawBelow(draws, agents);
  let step = 1;
  if (agents > 2)
    do step = 1 + drawBelow(draws, agents - 1);
    while (divisor(step, agents) > 1);
  return { step, at, left: agents };
}

function divisor(a: number, b: number): number {
  while (b > 0) [a, b] = [b, a % b];
  return a;
}

/** Returns the next agent. */
export function stepOn(walk: Walk, agents: number): number {
  const { at, step } = walk;
  walk.at = at + step < agents ? at + step : at + step - agents;
  walk.left--;
  return at;
}

/** Whether an agent has enough free to be offered. */
export function isOfferable(allocator: MesosAllocator, agent: number): boolean {
  const cpu = allocator.freeCpu[agent];
  const memory = allocator.freeMemory[agent];
  return (cpu >= allocator.leastCpu || memory >= allocator.leastMemory) && (cpu > SLACK || memory > SLACK);
}

/** Books an amount as offered to the framework and its role. */
export function bookOffered({ framework, booked }: Offers, cpu: number, memory: number): void {
  for (const amounts of [framework.offered, framework.role.offered, booked]) {
    amounts[0] += cpu;
    amounts[1] += memory;
  }
}
