/** The state of Mesos's allocator: clients, agents, offers. */
import { drawBelow, type Draws } from "../draws.js";
import type { Filters } from "./filters.js";
import type { Client } from "./sorter.js";

export interface MesosAllocator {
  readonly roles: readonly Role[];
  readonly frameworks: readonly Framework[];
  /** What all agents have. */
  readonly total: [number, number];
  /** What each agent has that is neither in use nor offered. */
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
  /** The agents in order, and what is left of each; those looked at so far, where all is offered. */
  readonly agents: number[];
  readonly cpu: number[];
  readonly memory: number[];
  /** What is booked as offered. */
  readonly booked: [number, number];
  /** The order of an offer of everything; undefined where the agents are listed. */
  readonly walk: Walk | undefined;
}

/** Goes through all agents in an order. */
export interface Walk {
  readonly step: number;
  /** The next agent, and how many are to come. */
  at: number;
  left: number;
}

/** An offer of all agents with enough free to one framework (`everything.ts`). */
export interface Everything {
  /** The offer, undefined while there is none. */
  offers: Offers | undefined;
  /** Its order from the beginning. */
  order: Walk;
  /** Agents that are offered and not kept apart. */
  agents: number;
  /** Agents with this in `stamp` are kept apart: what is offered of them is in `cpu` and `memory`. */
  epoch: number;
  readonly stamp: Int32Array;
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  readonly changed: number[];
}

/** Rounding of sums and differences of amounts. */
export const SLACK = 1e-9;

/** Returns a random order of agents: a first one, and a step without a common divisor with their number. */
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
