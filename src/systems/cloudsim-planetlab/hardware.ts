/**
 * The data center of CloudSim 3.0.3's PlanetLab power examples (Beloglazov and Buyya 2012,
 * doi:10.1002/cpe.1867, section 5.1). Units: CPU in million instructions per second (MIPS), memory in MB,
 * power in watts, time in seconds.
 */
import { ML110_G4, ML110_G5 } from "../../metrics/energy.js";

export interface HostType {
  readonly name: string;
  readonly cores: number;
  readonly coreMips: number;
  readonly memory: number;
  /** Power at 0, 10, ... 100 % load. */
  readonly watts: readonly number[];
}

/** Hosts have these types alternately. */
export const HOST_TYPES: readonly HostType[] = [
  { name: "HP ProLiant ML110 G4", cores: 2, coreMips: 1860, memory: 4096, watts: ML110_G4 },
  { name: "HP ProLiant ML110 G5", cores: 2, coreMips: 2660, memory: 4096, watts: ML110_G5 },
];

export const DEFAULT_HOSTS = 800;

/** Time between two samples of the trace, and between two decisions. */
export const INTERVAL_SECONDS = 300;

/** The start of the VMs: CloudSim's minimum time between two events. */
export const START_SECONDS = 0.1;

/** Half of a host's link of 1 Gbit/s; the other half is reserved for the VMs. */
const MIGRATION_MEGABYTES_PER_SECOND = 1_000_000 / (2 * 8000);

/** Share of its CPU that a VM loses while it migrates; the target host uses the same share to receive it. */
export const MIGRATION_OVERHEAD = 0.1;

/**
 * Returns the duration of a migration in seconds for a VM with this memory (MB): memory / (bandwidth / 2).
 */
export function migrationSeconds(memory: number): number {
  return memory / MIGRATION_MEGABYTES_PER_SECOND;
}

/**
 * Returns the power in watts at a utilization from 0 to 1 (above 1 counts as 1), linear between the table's
 * entries. Many placements differ in power only by rounding errors, which then decide the placement. So the
 * order of the operations is CloudSim's, unlike in `tablePower`.
 */
export function specPower(watts: readonly number[], utilization: number): number {
  const load = Math.min(1, utilization);
  if (load % 0.1 === 0) return watts[Math.trunc(load * 10)];
  const lower = Math.floor(load * 10);
  const step = (watts[Math.ceil(load * 10)] - watts[lower]) / 10;
  return watts[lower] + step * (load - lower / 10) * 100;
}
