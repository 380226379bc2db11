/**
 * One decision: relieve the overloaded hosts, then try to empty the others, the least loaded first
 * (Beloglazov and Buyya 2012, algorithms 1 and 2). No migration is in progress at a decision, because even
 * the longest takes only a tenth of an interval.
 */
import { addMember, removeMember, shareCpu, type Datacenter } from "./datacenter.js";
import type { Detector } from "./overload.js";
import { leastPowerFit } from "./placement.js";
import type { Consolidation } from "./policies.js";

export interface Move {
  readonly vm: number;
  readonly target: number;
}

/**
 * Returns the moves in the order in which they start. A VM may be moved twice where the rules allow a new
 * target to be emptied. The data center is not changed.
 */
export function consolidate(datacenter: Datacenter, consolidation: Consolidation): Move[] {
  const draft = beginDraft(datacenter);
  const overloaded = findOverloaded(datacenter, consolidation);
  const relief = relieve(draft, overloaded, consolidation);
  const evacuations = evacuate(draft, overloaded, relief, consolidation.detect);
  restore(draft);
  return [...relief, ...evacuations];
}

/** The data center with the moves planned so far, and the members to restore. */
interface Draft {
  readonly datacenter: Datacenter;
  readonly membersBefore: Map<number, number[]>;
}

function beginDraft(datacenter: Datacenter): Draft {
  return { datacenter, membersBefore: new Map() };
}

function remember({ datacenter, membersBefore }: Draft, host: number): void {
  if (!membersBefore.has(host)) membersBefore.set(host, datacenter.hosts.members[host].slice());
}

function restore({ datacenter, membersBefore }: Draft): void {
  for (const [host, members] of membersBefore) {
    datacenter.hosts.members[host] = members;
    shareCpu(datacenter, host);
  }
}

function findOverloaded(datacenter: Datacenter, { detect }: Consolidation): Uint8Array {
  const overloaded = new Uint8Array(datacenter.hosts.count);
  for (const [host, members] of datacenter.hosts.members.entries()) {
    if (members.length > 0 && detect(datacenter, host)) overloaded[host] = 1;
  }
  return overloaded;
}

/**
 * Removes VMs from each overloaded host until it is no longer overloaded, and plans moves for those that fit
 * on another host.
 */
function relieve(draft: Draft, overloaded: Uint8Array, { detect, select }: Consolidation): Move[] {
  const { datacenter } = draft;
  const leaving: number[] = [];
  for (const [host, over] of overloaded.entries()) {
    if (over === 0) continue;
    remember(draft, host);
    do {
      const vm = select(datacenter, host);
      if (vm < 0) break;
      leaving.push(vm);
      removeMember(datacenter, host, vm);
    } while (detect(datacenter, host));
  }
  const candidates = hostsWhere(overloaded, (over) => over === 0);
  const moves: Move[] = [];
  for (const vm of largestFirst(datacenter, leaving)) {
    const target = placeInDraft(draft, vm, candidates, detect);
    if (target >= 0) moves.push({ vm, target });
  }
  return moves;
}

/** Empties hosts, the least loaded first, each completely or not at all. New targets are not emptied. */
function evacuate(draft: Draft, overloaded: Uint8Array, relief: readonly Move[], detect: Detector): Move[] {
  const { hosts, rules } = draft.datacenter;
  let candidates = hostsWhere(overloaded, (over, host) => over === 0 && hosts.used[host] !== 0);
  const toEmpty = new Set(candidates);
  if (!rules.evacuateNewTargets) for (const { target } of relief) toEmpty.delete(target);
  const moves: Move[] = [];
  for (;;) {
    const host = leastLoaded(draft.datacenter, toEmpty);
    if (host < 0) return moves;
    toEmpty.delete(host);
    candidates = candidates.filter((candidate) => candidate !== host);
    for (const move of emptyHost(draft, host, candidates, detect)) {
      toEmpty.delete(move.target);
      moves.push(move);
    }
  }
}

function hostsWhere(overloaded: Uint8Array, holds: (over: number, host: number) => boolean): number[] {
  const chosen: number[] = [];
  for (let host = 0; host < overloaded.length; host++) {
    if (holds(overloaded[host], host)) chosen.push(host);
  }
  return chosen;
}

/** Returns the least loaded host, the first of several in ascending order; -1 where all are full or empty. */
function leastLoaded({ hosts }: Datacenter, candidates: ReadonlySet<number>): number {
  let chosen = -1;
  let least = 1;
  for (const host of candidates) {
    if (hosts.members[host].length === 0) continue;
    const utilization = hosts.used[host] / hosts.mips[host];
    if (utilization > 0 && utilization < least) {
      least = utilization;
      chosen = host;
    }
  }
  return chosen;
}

function emptyHost(draft: Draft, host: number, candidates: readonly number[], detect: Detector): Move[] {
  const { datacenter } = draft;
  const moves: Move[] = [];
  for (const vm of largestFirst(datacenter, datacenter.hosts.members[host])) {
    const target = placeInDraft(draft, vm, candidates, detect);
    if (target < 0) {
      for (const move of moves) removeMember(datacenter, move.target, move.vm);
      return [];
    }
    moves.push({ vm, target });
  }
  return moves;
}

function placeInDraft(draft: Draft, vm: number, candidates: readonly number[], detect: Detector): number {
  const { datacenter } = draft;
  const checkMemory = !datacenter.rules.ignoreMemoryOfMigrations;
  const target = leastPowerFit(datacenter, vm, { candidates, detect, checkMemory });
  if (target >= 0) {
    remember(draft, target);
    addMember(datacenter, target, vm);
  }
  return target;
}

function largestFirst({ vms }: Datacenter, list: readonly number[]): number[] {
  return [...list].sort((a, b) => vms.demand[b] - vms.demand[a]);
}
