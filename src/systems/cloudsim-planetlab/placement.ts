/** Chooses the host of a virtual machine (VM). */
import type { Datacenter } from "./datacenter.js";
import { HOST_TYPES, specPower } from "./hardware.js";
import type { Detector } from "./overload.js";

/** Returns the first host whose cores, free MIPS and free memory suffice for the VM, or -1. */
export function firstFit(datacenter: Datacenter, vm: number): number {
  for (let host = 0; host < datacenter.hosts.count; host++) {
    if (fits(datacenter, host, vm, true)) return host;
  }
  return -1;
}

export interface PlacementLimits {
  /** Hosts that may be chosen, in ascending order. */
  readonly candidates: readonly number[];
  /** A used host that this detector finds overloaded with the VM is not chosen. Default: no such check. */
  readonly detect?: Detector;
  readonly checkMemory: boolean;
}

/**
 * Returns the host whose power the VM increases least (power-aware best fit decreasing, PABFD), or -1 where
 * none fits. The first host wins ties.
 */
export function leastPowerFit(datacenter: Datacenter, vm: number, limits: PlacementLimits): number {
  const { hosts, vms } = datacenter;
  const { candidates, detect, checkMemory } = limits;
  let chosen = -1;
  let least = Infinity;
  // Empty hosts of a type are equal, so only the first of each type can win.
  let emptyTypesSeen = 0;
  for (const host of candidates) {
    if (hosts.members[host].length === 0 && hosts.used[host] === 0) {
      const type = 1 << hosts.type[host];
      if ((emptyTypesSeen & type) !== 0) continue;
      emptyTypesSeen |= type;
    }
    if (!fits(datacenter, host, vm, checkMemory)) continue;
    const load = (hosts.shared[host] + vms.demand[vm]) / hosts.mips[host];
    const rise = powerOf(datacenter, host, load) - powerBefore(datacenter, host);
    if (rise >= least) continue;
    if (hosts.shared[host] !== 0 && detect?.(datacenter, host, vm) === true) continue;
    least = rise;
    chosen = host;
  }
  return chosen;
}

function fits({ hosts, vms }: Datacenter, host: number, vm: number, checkMemory: boolean): boolean {
  const demand = vms.demand[vm];
  if (hosts.coreMips[host] < demand || hosts.free[host] < demand) return false;
  return !checkMemory || hosts.usedMemory[host] + vms.memory[vm] <= hosts.memory[host];
}

function powerOf({ hosts }: Datacenter, host: number, utilization: number): number {
  return specPower(HOST_TYPES[hosts.type[host]].watts, utilization);
}

function powerBefore(datacenter: Datacenter, host: number): number {
  const { hosts, rules } = datacenter;
  if (rules.staleHostPower) return powerOf(datacenter, host, hosts.used[host] / hosts.mips[host]);
  if (hosts.shared[host] === 0) return 0;
  return powerOf(datacenter, host, hosts.shared[host] / hosts.mips[host]);
}
