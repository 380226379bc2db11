/** The machines of a workload as a cluster, with the times at which they leave, join and change size. */
import { pickRows } from "../../base/columns/move-rows.js";
import { MACHINE_EVENT, type Workload } from "../../workload/workload.js";
import type { Cluster } from "../cluster.js";

/**
 * Returns the machines in the rows as a cluster. A machine's capacity is the largest that it ever has; where
 * it has less, or is not in the cluster, `changes` has the difference. All amounts are multiplied by
 * `overcommit`.
 */
export function clusterWithChanges(
  { machines, machineEvents }: Pick<Workload, "machines" | "machineEvents">,
  rows: Int32Array,
  overcommit = 1,
): Cluster {
  const { cpu, memory, changes } = changing({ machines, machineEvents }, rows);
  const times = (amounts: Float64Array): Float64Array => amounts.map((amount) => amount * overcommit);
  return {
    cpu: times(cpu),
    memory: times(memory),
    ...(changes && { changes: { ...changes, cpu: times(changes.cpu), memory: times(changes.memory) } }),
  };
}

function changing(
  { machines, machineEvents }: Pick<Workload, "machines" | "machineEvents">,
  rows: Int32Array,
): Cluster {
  const cpu = pickRows(machines.cpu, rows);
  const memory = pickRows(machines.memory, rows);
  const place = new Map(Array.from(rows, (row, at) => [row, at]));
  const events = Array.from(machineEvents.time, (time, i) => ({
    time,
    at: place.get(machineEvents.machine[i]) ?? -1,
    isThere: machineEvents.kind[i] !== MACHINE_EVENT.remove,
    cpu: machineEvents.cpu[i],
    memory: machineEvents.memory[i],
  })).filter(({ at }) => at >= 0);
  for (const event of events) {
    if (!event.isThere) continue;
    cpu[event.at] = Math.max(cpu[event.at], event.cpu);
    memory[event.at] = Math.max(memory[event.at], event.memory);
  }
  const now = Array.from(rows, (row) => {
    const isUp = machines.up[row];
    return { cpu: isUp * machines.cpu[row], memory: isUp * machines.memory[row] };
  });
  const changes = now.flatMap((start, machine) => {
    const change = { cpu: start.cpu - cpu[machine], memory: start.memory - memory[machine] };
    return change.cpu < 0 || change.memory < 0 ? [{ time: 0, machine, ...change }] : [];
  });
  for (const { time, at, isThere, ...size } of events) {
    const next = isThere ? size : { cpu: 0, memory: 0 };
    const change = { cpu: next.cpu - now[at].cpu, memory: next.memory - now[at].memory };
    now[at] = next;
    if (change.cpu !== 0 || change.memory !== 0) changes.push({ time, machine: at, ...change });
  }
  if (changes.length === 0) return { cpu, memory };
  return {
    cpu,
    memory,
    changes: {
      time: Float64Array.from(changes, ({ time }) => time),
      machine: Int32Array.from(changes, ({ machine }) => machine),
      cpu: Float64Array.from(changes, ({ cpu }) => cpu),
      memory: Float64Array.from(changes, ({ memory }) => memory),
    },
  };
}
