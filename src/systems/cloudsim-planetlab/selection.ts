/** Selects the virtual machine (VM) that leaves an overloaded host. The VM that arrived first wins ties. */
import type { Datacenter } from "./datacenter.js";

/** Returns a member of the host, or -1 where it has none. */
export type Selector = (datacenter: Datacenter, host: number) => number;

/** Selects the VM with the least memory, because it migrates fastest (MMT). */
export const minimumMigrationTime: Selector = ({ hosts, vms }, host) =>
  leastMember(hosts.members[host], (vm) => vms.memory[vm]);

/** Selects the VM with the lowest demand relative to its own MIPS (MU). */
export const minimumUtilization: Selector = ({ hosts, vms }, host) =>
  leastMember(hosts.members[host], (vm) => vms.demand[vm] / vms.mips[vm]);

function leastMember(members: readonly number[], measure: (vm: number) => number): number {
  let chosen = -1;
  let least = Infinity;
  for (const vm of members) {
    const value = measure(vm);
    if (value < least) {
      least = value;
      chosen = vm;
    }
  }
  return chosen;
}
