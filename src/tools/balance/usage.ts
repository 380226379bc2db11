/** What work uses: CPU time and memory, from /proc. */
import { TICKS_PER_SECOND } from "../../systems/giantvm/decide/readings.js";
import type { Work } from "../../systems/giantvm/decide/decider.js";
import { readProcess, residentBytes } from "./process.js";
import type { Target } from "./target.js";
import { nodeOf, type Node } from "./topology.js";

/** Returns the targets that are still there as work; `seconds` is the time now. */
export type ReadUsage = (seconds: number) => Work[];

/**
 * Returns a reader that remembers the CPU time of each target. Time of children that ended counts with the
 * parent that waited for them; the first reading, with nothing to compare, says 0.
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
          // Processes that joined or left the group brought or took their history.
          cpu: used > 0 ? Math.min(used, most) : 0,
          workingSet: processes.reduce((sum, pid) => sum + residentBytes(pid), 0),
        },
      ];
    });
}
