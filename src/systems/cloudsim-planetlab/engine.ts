/** The scenario's event loop: samples every 300 s from 300.1 s on, and the ends of migrations in between. */
import {
  closeAccounts,
  isBookedOff,
  observeHost,
  observeVm,
  openAccounts,
  type Accounts,
} from "./accounts.js";
import { consolidate, type Move } from "./consolidate.js";
import { addMember, isArriving, removeFrom, removeMember, shareCpu, type Datacenter } from "./datacenter.js";
import { readDemand, recordHistory, type DemandTrace } from "./demand.js";
import {
  HOST_TYPES,
  INTERVAL_SECONDS,
  MIGRATION_OVERHEAD,
  START_SECONDS,
  migrationSeconds,
  specPower,
} from "./hardware.js";
import { firstFit, leastPowerFit } from "./placement.js";
import type { PolicyParts } from "./policies.js";

interface Simulation {
  readonly datacenter: Datacenter;
  readonly trace: DemandTrace;
  readonly policy: PolicyParts;
  readonly accounts: Accounts;
  /** The time up to which the accounts are complete. */
  time: number;
}

/** Places the VMs in an empty data center and runs them to the end of the trace. Returns the accounts. */
export function runDay(datacenter: Datacenter, trace: DemandTrace, policy: PolicyParts): Accounts {
  const accounts = openAccounts(datacenter.hosts.count, datacenter.vms.count);
  const firstSample = START_SECONDS + INTERVAL_SECONDS;
  const simulation = {
    datacenter,
    trace,
    policy,
    accounts,
    time: datacenter.rules.chargeStartOfNpa ? 0 : firstSample,
  };
  accounts.unplaced = placeAll(datacenter, policy);
  const end = trace.samples * INTERVAL_SECONDS;
  // The times are added up, not multiplied, to reproduce CloudSim's rounding.
  for (let time = firstSample; time < end; time += INTERVAL_SECONDS) {
    advance(simulation, time, true);
    if (policy.consolidation === undefined) continue;
    const moves = consolidate(datacenter, policy.consolidation);
    for (const move of moves) startMove(simulation, move, time);
    for (const group of groupByEnd(datacenter, moves, time)) {
      advance(simulation, group.time, false);
      for (const move of group.moves) finishMove(datacenter, move);
      advance(simulation, group.time, false);
    }
  }
  closeAccounts(accounts);
  return accounts;
}

/**
 * Places the VMs in order and returns the number of VMs that fit on no host, which never run. Each VM demands
 * all its MIPS at first, so no host can be overloaded yet.
 */
function placeAll(datacenter: Datacenter, { consolidation }: PolicyParts): number {
  const { hosts, vms } = datacenter;
  const candidates = Array.from({ length: hosts.count }, (_, host) => host);
  let unplaced = 0;
  for (let vm = 0; vm < vms.count; vm++) {
    const host =
      consolidation === undefined
        ? firstFit(datacenter, vm)
        : leastPowerFit(datacenter, vm, { candidates, checkMemory: true });
    if (host < 0) {
      unplaced++;
      continue;
    }
    vms.host[vm] = host;
    addMember(datacenter, host, vm);
  }
  return unplaced;
}

/** Updates demand, shares and accounts to `time`. */
function advance(simulation: Simulation, time: number, isSample: boolean): void {
  const { datacenter, trace, accounts } = simulation;
  readDemand(datacenter.vms, trace, time);
  if (isSample) recordHistory(datacenter.vms);
  for (let host = 0; host < datacenter.hosts.count; host++) observe(simulation, host, time);
  accounts.joules += energySince(simulation, time - simulation.time);
  simulation.time = time;
  if (datacenter.rules.removeIdleVms) removeIdleVms(datacenter);
}

/** Shares a host's CPU by the present demand and records the result. */
function observe({ datacenter, accounts }: Simulation, host: number, time: number): void {
  const { hosts, vms, rules } = datacenter;
  const members = hosts.members[host];
  hosts.usedBefore[host] = hosts.used[host];
  if (members.length === 0 && hosts.used[host] === 0 && isBookedOff(accounts, host)) return;
  shareCpu(datacenter, host);
  const shares = hosts.shares[host];
  let used = 0;
  let demanded = 0;
  for (let place = 0; place < members.length; place++) {
    const vm = members[place];
    const share = shares[place];
    const demand = vms.demand[vm];
    if (isArriving(datacenter, host, vm)) {
      used += share;
      demanded += rules.chargeArrivalsToTarget ? demand : Math.min(share, demand);
      continue;
    }
    const leaving = vms.migrating[vm] === 1;
    observeVm(accounts, rules, vm, time, share, demand, leaving);
    used += leaving ? share / (1 - MIGRATION_OVERHEAD) : share;
    demanded += demand;
  }
  hosts.used[host] = used;
  observeHost(accounts, rules, host, time, used, demanded);
}

/**
 * Returns the energy of the last `seconds` seconds in joules. A host that used no CPU before is off and uses
 * none.
 */
function energySince({ datacenter, policy }: Simulation, seconds: number): number {
  const { hosts } = datacenter;
  if (seconds <= 0) return 0;
  let joules = 0;
  for (let host = 0; host < hosts.count; host++) {
    const { watts } = HOST_TYPES[hosts.type[host]];
    if (!policy.frequencyScaling) {
      joules += specPower(watts, 1) * seconds;
    } else if (hosts.usedBefore[host] !== 0) {
      const before = specPower(watts, hosts.usedBefore[host] / hosts.mips[host]);
      const now = specPower(watts, hosts.used[host] / hosts.mips[host]);
      joules += (before + (now - before) / 2) * seconds;
    }
  }
  return joules;
}

function removeIdleVms(datacenter: Datacenter): void {
  const { vms } = datacenter;
  for (let vm = 0; vm < vms.count; vm++) {
    const host = vms.host[vm];
    if (host < 0 || vms.migrating[vm] === 1 || vms.demand[vm] !== 0) continue;
    removeMember(datacenter, host, vm);
    vms.host[vm] = -1;
  }
}

/**
 * Begins a migration: the VM is a member of both hosts until it ends. Both hosts are observed immediately.
 */
function startMove(simulation: Simulation, { vm, target }: Move, time: number): void {
  const { hosts, vms } = simulation.datacenter;
  vms.migrating[vm] = 1;
  hosts.arriving[target].push(vm);
  hosts.members[target].push(vm);
  simulation.accounts.migrations++;
  observe(simulation, target, time);
  observe(simulation, vms.host[vm], time);
}

function finishMove({ hosts, vms }: Datacenter, { vm, target }: Move): void {
  removeFrom(hosts.members[vms.host[vm]], vm);
  removeFrom(hosts.arriving[target], vm);
  removeFrom(hosts.members[target], vm);
  hosts.members[target].push(vm);
  vms.migrating[vm] = 0;
  vms.host[vm] = target;
}

interface MoveGroup {
  readonly time: number;
  readonly moves: Move[];
}

/**
 * Returns the moves grouped by the time at which their migrations end, the earliest first; each group keeps
 * the order of the starts.
 */
function groupByEnd({ vms }: Datacenter, moves: readonly Move[], start: number): MoveGroup[] {
  const groups = new Map<number, Move[]>();
  for (const move of moves) {
    const time = start + migrationSeconds(vms.memory[move.vm]);
    const group = groups.get(time);
    if (group === undefined) groups.set(time, [move]);
    else group.push(move);
  }
  return [...groups].map(([time, group]) => ({ time, moves: group })).sort((a, b) => a.time - b.time);
}
