/** Decides when a migration may use the network: every machine's link carries a few flows at a time. */

/**
 * The links of all machines. A link is divided into `flowsPerMachine` channels of equal bandwidth; a
 * migration takes one channel at the source and one at the target, as long as it lasts.
 */
export interface Network {
  readonly flowsPerMachine: number;
  /** freeAt[machine * flowsPerMachine + channel]: time, in seconds, at which the channel is free. */
  readonly freeAt: Float64Array;
}

export function createNetwork(machines: number, flowsPerMachine: number): Network {
  return { flowsPerMachine, freeAt: new Float64Array(machines * flowsPerMachine) };
}

/** Returns the earliest time, not before `now`, at which both machines have a free channel. */
export function earliestStart(network: Network, from: number, to: number, now: number): number {
  const { freeAt } = network;
  return Math.max(now, freeAt[firstFree(network, from)], freeAt[firstFree(network, to)]);
}

/** Takes one channel of each of the two machines until `end`. */
export function occupy(network: Network, from: number, to: number, end: number): void {
  network.freeAt[firstFree(network, from)] = end;
  network.freeAt[firstFree(network, to)] = end;
}

function firstFree({ flowsPerMachine, freeAt }: Network, machine: number): number {
  const begin = machine * flowsPerMachine;
  let first = begin;
  for (let i = begin + 1; i < begin + flowsPerMachine; i++) if (freeAt[i] < freeAt[first]) first = i;
  return first;
}
