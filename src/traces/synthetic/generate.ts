import { drawUniform, randomState, type RandomState } from "../../base/random.js";
import { createUsageLevels } from "../../workload/usage-model/usage-level.js";
import type { Workload } from "../../workload/workload.js";
import { executionsPerHour } from "./arrivals.js";
import { machineColumns, machineEvents, modelUsage, executionColumns } from "./columns.js";
import { drawOutages } from "./failures.js";
import { resolveOptions, type SyntheticOptions } from "./options.js";
import { modelled } from "./placement.js";
import { residentExecutions } from "./residents.js";
import { runCluster } from "./run-cluster.js";

export type { SyntheticOptions } from "./options.js";

/**
 * Returns a generated trace that imitates the Google 2011 cell: its resident tasks with their classes,
 * priorities and requests, its arrivals, and the durations and ends of its executions. The placement balances
 * requests between machines, but not usage. All usage is modelled (see `createUsageModel`). The number of
 * running tasks stays constant over weeks. The same options give the same bytes. Throws InputError on an
 * option out of range.
 */
export function generateWorkload(options: SyntheticOptions = {}): Workload {
  const resolved = resolveOptions(options);
  const { machines, steps, stepSeconds, originSeconds, lcRule, seed } = resolved;
  const horizon = steps * stepSeconds;
  const { onProgress } = options;
  const stream = (name: string): RandomState => randomState(seed, "workload", name);
  const outages = resolved.failures ? drawOutages(machines, horizon, stream("failures")) : [];
  const residents = shuffled(
    residentExecutions(resolved, executionsPerHour(resolved), stream("residents")),
    stream("order"),
  );
  const population = residents.map((execution) => modelled(execution.task, 0, execution.end));
  const levels = createUsageLevels(seed, population);
  const { table, overfull } = runCluster(resolved, residents, levels, outages, (hour, hours) =>
    onProgress?.({ phase: "generating executions", done: hour, total: hours, unit: "hours" }),
  );
  const executions = executionColumns(table, resolved);
  const usage = modelUsage(executions, resolved, levels, (done, total) =>
    onProgress?.({ phase: "modelling usage", done, total, unit: "executions" }),
  );
  return {
    source: "synthetic",
    stepSeconds,
    steps,
    originSeconds,
    lcRule,
    machines: machineColumns(resolved),
    machineEvents: machineEvents(outages, resolved),
    executions,
    usage,
    provenance: {
      inputs: [],
      options: {
        ...resolved,
        arrivalShares: JSON.stringify(resolved.arrivalShares),
        executionSeconds: JSON.stringify(resolved.executionSeconds),
      },
      usage: "modelled",
      report: { placedBeyondCapacity: overfull },
    },
  };
}

function shuffled<Item>(items: Item[], random: RandomState): Item[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(drawUniform(random) * (i + 1));
    [items[i], items[j]] = [items[j], items[i]];
  }
  return items;
}
