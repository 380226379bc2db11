/**
 * The demand of the virtual machines (VMs) at any time, interpolated linearly between the trace's samples.
 */
import { HISTORY_LENGTH, type Vms } from "./datacenter.js";
import { INTERVAL_SECONDS } from "./hardware.js";

export interface DemandTrace {
  /** Percent of the VM's MIPS: `samples` integers per VM, one every 300 s from time 0. */
  readonly percent: Uint8Array;
  readonly samples: number;
}

/** Sets the demand of each placed VM to its demand at `time` (s). The last sample holds until the end. */
export function readDemand(vms: Vms, { percent, samples }: DemandTrace, time: number): void {
  const before = Math.min(Math.floor(time / INTERVAL_SECONDS), samples - 1);
  const after = Math.min(before + 1, samples - 1);
  const elapsed = time - before * INTERVAL_SECONDS;
  for (let vm = 0; vm < vms.count; vm++) {
    if (vms.host[vm] < 0) continue;
    const first = percent[vm * samples + before] / 100;
    const slope = (percent[vm * samples + after] / 100 - first) / INTERVAL_SECONDS;
    vms.utilization[vm] = first + slope * elapsed;
    vms.demand[vm] = vms.utilization[vm] * vms.mips[vm];
  }
}

/**
 * Adds each placed VM's present utilization at the front of its history and drops samples that are too old.
 */
export function recordHistory({ count, host, utilization, history, historyLength }: Vms): void {
  for (let vm = 0; vm < count; vm++) {
    if (host[vm] < 0) continue;
    const start = vm * HISTORY_LENGTH;
    history.copyWithin(start + 1, start, start + HISTORY_LENGTH - 1);
    history[start] = utilization[vm];
    historyLength[vm] = Math.min(historyLength[vm] + 1, HISTORY_LENGTH);
  }
}
