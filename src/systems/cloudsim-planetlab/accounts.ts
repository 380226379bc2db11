/**
 * Accounts for energy and service-level violations as CloudSim's examples report them. A host or virtual
 * machine (VM) is observed at certain times. An observation holds until the next one; a second observation at
 * the same time replaces the first.
 */
import type { Rules } from "./modes.js";

export interface Accounts {
  joules: number;
  migrations: number;
  shutdowns: number;
  /** VMs that found no host at the start. */
  unplaced: number;
  /** Summed over hosts: time with some CPU in use, and time with less CPU than demanded. */
  activeSeconds: number;
  violatedSeconds: number;
  /** Summed over VMs, in MIPS seconds. */
  demanded: number;
  served: number;
  lostToMigration: number;
  /**
   * Summed over the VMs' observations with too little CPU: the missing share of the demand, and their number.
   */
  shortfalls: number;
  shortfallCount: number;
  readonly hosts: Observations;
  readonly vms: Observations;
}

/**
 * The last observation of each host or VM. `flag` means that the host was on, or that the VM was leaving its
 * host.
 */
interface Observations {
  readonly time: Float64Array;
  readonly served: Float64Array;
  readonly demanded: Float64Array;
  readonly flag: Uint8Array;
  /** The flag of the previous observation. */
  readonly flagBefore: Uint8Array;
}

const NEVER = -1;

/** Returns empty accounts. All hosts count as on before they are first observed. */
export function openAccounts(hosts: number, vms: number): Accounts {
  return {
    joules: 0,
    migrations: 0,
    shutdowns: 0,
    unplaced: 0,
    activeSeconds: 0,
    violatedSeconds: 0,
    demanded: 0,
    served: 0,
    lostToMigration: 0,
    shortfalls: 0,
    shortfallCount: 0,
    hosts: noObservations(hosts, 1),
    vms: noObservations(vms, 0),
  };
}

function noObservations(length: number, flag: 0 | 1): Observations {
  return {
    time: new Float64Array(length).fill(NEVER),
    served: new Float64Array(length),
    demanded: new Float64Array(length),
    flag: new Uint8Array(length).fill(flag),
    flagBefore: new Uint8Array(length).fill(flag),
  };
}

/** Records a host's used and demanded MIPS from `time` on. A host is on while it uses any MIPS. */
export function observeHost(
  accounts: Accounts,
  rules: Rules,
  host: number,
  time: number,
  used: number,
  demanded: number,
): void {
  const { hosts } = accounts;
  const before = hosts.time[host];
  if (before !== time) {
    if (before !== NEVER && hosts.flag[host] === 1) {
      accounts.activeSeconds += time - before;
      if (isShort(rules, hosts.served[host], hosts.demanded[host])) accounts.violatedSeconds += time - before;
    }
    countShutdown(accounts, host);
  }
  write(hosts, host, time, used, demanded, used > 0);
}

/** Returns whether a host's last observation says that it was off, so that it need not be observed again. */
export function isBookedOff({ hosts }: Accounts, host: number): boolean {
  return hosts.time[host] !== NEVER && hosts.flag[host] === 0;
}

/** Records the MIPS that a VM gets and demands from `time` on, and whether it is leaving its host. */
export function observeVm(
  accounts: Accounts,
  rules: Rules,
  vm: number,
  time: number,
  served: number,
  demanded: number,
  leaving: boolean,
): void {
  const { vms } = accounts;
  const before = vms.time[vm];
  if (before !== time && before !== NEVER) {
    const seconds = time - before;
    accounts.served += vms.served[vm] * seconds;
    accounts.demanded += vms.demanded[vm] * seconds;
    if (isShort(rules, vms.served[vm], vms.demanded[vm])) {
      const missing = vms.demanded[vm] - vms.served[vm];
      accounts.shortfalls += missing / vms.demanded[vm];
      accounts.shortfallCount++;
      if (vms.flag[vm] === 1) accounts.lostToMigration += missing * seconds;
    }
  }
  write(vms, vm, time, served, demanded, leaving);
}

/** Counts the shutdowns in the last observations. */
export function closeAccounts(accounts: Accounts): void {
  for (let host = 0; host < accounts.hosts.time.length; host++) countShutdown(accounts, host);
}

function countShutdown(accounts: Accounts, host: number): void {
  const { flag, flagBefore } = accounts.hosts;
  if (flagBefore[host] === 1 && flag[host] === 0) accounts.shutdowns++;
  flagBefore[host] = flag[host];
}

function write(
  observations: Observations,
  row: number,
  time: number,
  served: number,
  demanded: number,
  flag: boolean,
): void {
  observations.time[row] = time;
  observations.served[row] = served;
  observations.demanded[row] = demanded;
  observations.flag[row] = flag ? 1 : 0;
}

const ROUNDING = 1e-9;

function isShort({ countRoundingErrors }: Rules, served: number, demanded: number): boolean {
  return served < (countRoundingErrors ? demanded : demanded * (1 - ROUNDING));
}

export interface ServiceLevel {
  /** Time with less CPU than demanded, as a share of the hosts' time in use (SLATAH, pooled over hosts). */
  readonly slatahPercent: number;
  /** MIPS seconds lost to migrations, as a share of those demanded (PDM, pooled over VMs). */
  readonly pdmPercent: number;
  /** The product of SLATAH and PDM (SLAV). */
  readonly slavPercent: number;
  /** MIPS seconds not served, as a share of those demanded. */
  readonly overallSlaPercent: number;
  /** Mean share of the demand not served, over all observations in which a VM got too little CPU. */
  readonly averageSlaPercent: number;
}

/** Returns the service level in percent (0 where nothing ran). */
export function serviceLevel(accounts: Accounts): ServiceLevel {
  const slatah = ratio(accounts.violatedSeconds, accounts.activeSeconds);
  const pdm = ratio(accounts.lostToMigration, accounts.demanded);
  return {
    slatahPercent: slatah * 100,
    pdmPercent: pdm * 100,
    slavPercent: slatah * pdm * 100,
    overallSlaPercent: ratio(accounts.demanded - accounts.served, accounts.demanded) * 100,
    averageSlaPercent: ratio(accounts.shortfalls, accounts.shortfallCount) * 100,
  };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
