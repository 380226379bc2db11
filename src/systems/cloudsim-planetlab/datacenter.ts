/**
 * The placement of virtual machines (VMs) and the sharing of a host's CPU. Columns have one entry per host or
 * VM.
 */
import { HOST_TYPES, MIGRATION_OVERHEAD } from "./hardware.js";
import type { Rules } from "./modes.js";

/** The largest number of samples in a VM's CPU history. */
export const HISTORY_LENGTH = 30;

export interface Hosts {
  readonly count: number;
  /** Index into `HOST_TYPES`. */
  readonly type: Uint8Array;
  readonly coreMips: Float64Array;
  readonly mips: Float64Array;
  readonly memory: Float64Array;
  /** VMs in order of arrival, including those still arriving. The order affects ties and rounding. */
  readonly members: number[][];
  /** MIPS that each member gets, in the same order. */
  readonly shares: number[][];
  /** Members that are migrating to this host. */
  readonly arriving: number[][];
  /**
   * Over the members: allocated MIPS, demanded MIPS, memory (MB), and the largest memory (MB); then the free
   * MIPS.
   */
  readonly shared: Float64Array;
  readonly demanded: Float64Array;
  readonly usedMemory: Float64Array;
  readonly largestMemory: Float64Array;
  readonly free: Float64Array;
  /** Cache of `readHostHistory`: sums over the members' histories; valid where `historyStale` is 0. */
  readonly history: Float64Array;
  readonly historyStale: Uint8Array;
  /** MIPS in use at the host's last observation, and at the one before. */
  readonly used: Float64Array;
  readonly usedBefore: Float64Array;
}

export interface Vms {
  readonly count: number;
  readonly mips: Float64Array;
  readonly memory: Float64Array;
  /** The VM's present demand, as a share of its own MIPS and in MIPS. */
  readonly utilization: Float64Array;
  readonly demand: Float64Array;
  /** -1 before the first placement and after removal; the source while the VM migrates. */
  readonly host: Int32Array;
  readonly migrating: Uint8Array;
  /** `HISTORY_LENGTH` utilizations per VM (0 to 1 of its own MIPS), newest first. */
  readonly history: Float64Array;
  readonly historyLength: Uint8Array;
}

export interface Datacenter {
  readonly hosts: Hosts;
  readonly vms: Vms;
  readonly rules: Rules;
}

/**
 * Returns an empty data center: `hosts` hosts of alternating type, and VMs without a host that demand all
 * their MIPS.
 */
export function createDatacenter(
  hosts: number,
  vmMips: Float64Array,
  vmMemory: Float64Array,
  rules: Rules,
): Datacenter {
  const type = Uint8Array.from({ length: hosts }, (_, host) => host % HOST_TYPES.length);
  const column = (value: (type: number) => number): Float64Array => Float64Array.from(type, value);
  const lists = (): number[][] => Array.from({ length: hosts }, () => []);
  const mips = column((index) => HOST_TYPES[index].cores * HOST_TYPES[index].coreMips);
  return {
    hosts: {
      count: hosts,
      type,
      coreMips: column((index) => HOST_TYPES[index].coreMips),
      mips,
      memory: column((index) => HOST_TYPES[index].memory),
      members: lists(),
      shares: lists(),
      arriving: lists(),
      shared: new Float64Array(hosts),
      demanded: new Float64Array(hosts),
      usedMemory: new Float64Array(hosts),
      largestMemory: new Float64Array(hosts),
      free: mips.slice(),
      history: new Float64Array(hosts * HISTORY_LENGTH),
      historyStale: new Uint8Array(hosts).fill(1),
      used: new Float64Array(hosts),
      usedBefore: new Float64Array(hosts),
    },
    vms: {
      count: vmMips.length,
      mips: vmMips,
      memory: vmMemory,
      utilization: new Float64Array(vmMips.length).fill(1),
      demand: vmMips.slice(),
      host: new Int32Array(vmMips.length).fill(-1),
      migrating: new Uint8Array(vmMips.length),
      history: new Float64Array(vmMips.length * HISTORY_LENGTH),
      historyLength: new Uint8Array(vmMips.length),
    },
    rules,
  };
}

/** Appends a VM to a host's members and recomputes the CPU shares. */
export function addMember(datacenter: Datacenter, host: number, vm: number): void {
  datacenter.hosts.members[host].push(vm);
  shareCpu(datacenter, host);
}

/** Removes a VM from a host and recomputes the CPU shares. */
export function removeMember(datacenter: Datacenter, host: number, vm: number): void {
  removeFrom(datacenter.hosts.members[host], vm);
  shareCpu(datacenter, host);
}

export function removeFrom(list: number[], vm: number): void {
  list.splice(list.indexOf(vm), 1);
}

/** Returns whether a VM is migrating to a host. */
export function isArriving({ hosts, vms }: Datacenter, host: number, vm: number): boolean {
  return vms.migrating[vm] === 1 && hosts.arriving[host].includes(vm);
}

/**
 * Shares a host's CPU among its members by their present demand, and updates the host's sums. A VM gets at
 * most one core. Where the demand exceeds the host's capacity, all shares are scaled by the same factor. A
 * leaving VM gets 90 % of its share (the rest is lost to the migration), an arriving VM 10 %.
 */
export function shareCpu(datacenter: Datacenter, host: number): void {
  const { hosts, vms } = datacenter;
  const members = hosts.members[host];
  const shares = hosts.shares[host];
  if (shares.length > members.length) shares.length = members.length;
  let free = hosts.mips[host];
  for (let place = 0; place < members.length; place++) {
    const vm = members[place];
    const wanted = Math.min(vms.demand[vm], hosts.coreMips[host]);
    const arriving = isArriving(datacenter, host, vm);
    const needed = arriving ? wanted * MIGRATION_OVERHEAD : wanted;
    if (free >= needed) {
      shares[place] = !arriving && vms.migrating[vm] === 1 ? wanted * (1 - MIGRATION_OVERHEAD) : needed;
      free -= needed;
    } else {
      scaleShares(datacenter, host, place + 1);
      free = 0;
    }
  }
  hosts.free[host] = free;
  hosts.historyStale[host] = 1;
  refreshSums(datacenter, host);
}

/** Shares an overloaded host's CPU among its first `length` members, in proportion to their demand. */
function scaleShares(datacenter: Datacenter, host: number, length: number): void {
  const { hosts, vms, rules } = datacenter;
  const members = hosts.members[host];
  let needed = 0;
  for (let place = 0; place < length; place++) {
    const wanted = Math.min(vms.demand[members[place]], hosts.coreMips[host]);
    needed += isArriving(datacenter, host, members[place]) ? wanted * MIGRATION_OVERHEAD : wanted;
  }
  const scale = hosts.mips[host] / needed;
  for (let place = 0; place < length; place++) {
    const vm = members[place];
    const wanted = Math.min(vms.demand[vm], hosts.coreMips[host]);
    let share = wanted * scale;
    if (isArriving(datacenter, host, vm)) share = wanted * MIGRATION_OVERHEAD * scale;
    else if (vms.migrating[vm] === 1) share *= 1 - MIGRATION_OVERHEAD;
    hosts.shares[host][place] = rules.wholeMips ? Math.floor(share) : share;
  }
}

function refreshSums({ hosts, vms }: Datacenter, host: number): void {
  let shared = 0;
  let demanded = 0;
  let memory = 0;
  let largest = 0;
  const members = hosts.members[host];
  const shares = hosts.shares[host];
  for (let place = 0; place < members.length; place++) {
    const vm = members[place];
    shared += shares[place];
    demanded += vms.demand[vm];
    memory += vms.memory[vm];
    largest = Math.max(largest, vms.memory[vm]);
  }
  hosts.shared[host] = shared;
  hosts.demanded[host] = demanded;
  hosts.usedMemory[host] = memory;
  hosts.largestMemory[host] = largest;
}
