/** Small data centers for the tests, with hosts G4 (3720 MIPS), G5 (5320 MIPS), G4 ... */
import {
  HISTORY_LENGTH,
  addMember,
  createDatacenter,
  type Datacenter,
} from "../../../src/systems/cloudsim-planetlab/datacenter.js";
import { rulesOf, type Rules } from "../../../src/systems/cloudsim-planetlab/modes.js";

export interface SmallVm {
  readonly mips: number;
  readonly demand: number;
  readonly host?: number;
  readonly memory?: number;
  /** Utilizations, newest first. */
  readonly history?: readonly number[];
}

export const CLEAN: Rules = rulesOf("clean");
export const CLOUDSIM: Rules = rulesOf("cloudsim-3.0.3");

/** Returns a data center whose VMs are on their given hosts and whose hosts were just observed. */
export function small(hosts: number, vms: readonly SmallVm[], rules: Rules = CLOUDSIM): Datacenter {
  const column = (value: (vm: SmallVm) => number): Float64Array => Float64Array.from(vms, value);
  const datacenter = createDatacenter(
    hosts,
    column(({ mips }) => mips),
    column(({ memory = 613 }) => memory),
    rules,
  );
  for (const [vm, { mips, demand, host, history = [] }] of vms.entries()) {
    datacenter.vms.demand[vm] = demand;
    datacenter.vms.utilization[vm] = demand / mips;
    datacenter.vms.history.set(history, vm * HISTORY_LENGTH);
    datacenter.vms.historyLength[vm] = history.length;
    if (host === undefined) continue;
    datacenter.vms.host[vm] = host;
    addMember(datacenter, host, vm);
  }
  datacenter.hosts.used.set(datacenter.hosts.shared);
  return datacenter;
}
