/** Measures the CPU time and memory of work, from /proc. */
import { TICKS_PER_SECOND } from "../../systems/giantvm/decide/readings.js";
import type { Work } from "../../systems/giantvm/decide/decider.js";
import { readProcess, residentBytes } from "./process.js";
import type { Target } from "./target.js";
import { nodeOf, type Node } from "./topology.js";

/** Returns the targets that still exist as work; `seconds` is the present time. */
export type ReadUsage = (seconds: number) => Work[];

/**
 * Returns a reader that remembers the CPU time of each target. The time of ended children counts for the
 * parent that waited for them. The first reading is 0, because there is nothing to compare it with.
 */
export function createUsage(targets: readonly Target[], nodes: readonly Node[]): ReadUsage {
  const before = new Map<string, { readonly seconds: number; readonly ticks: number }>();
  const most = nodes.flatMap(({ cpus }) => cpus).length;
  return (seconds) =>
    targets.flatMap((target): Work[] => {
      const cpus = target.cpus();
      if (cpus === undefined) return [];
      const processes = target.processes();
      const ticks = processes.reduce((sum, pid) => sum + (readProcess(pid)?.ticks ?? 0), 0);
      const last = before.get(target.id);
      before.set(target.id, { seconds, ticks });
      const used =
        last === undefined ? 0 : (ticks - last.ticks) / TICKS_PER_SECOND / (seconds - last.seconds);
      return [
        {
          id: target.id,
          node: nodeOf(cpus, nodes),
          // Processes that join or leave a group add or remove their past CPU time, so limit the result.
          cpu: used > 0 ? Math.min(used, most) : 0,
          workingSet: processes.reduce((sum, pid) => sum + residentBytes(pid), 0),
        },
      ];
    });
}
