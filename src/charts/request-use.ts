import type { Workload } from "../workload/workload.js";
import { InputError } from "../base/errors.js";
import { bars } from "./build/bars.js";
import { paperTable } from "./build/paper-table.js";
import { originOfWorkload } from "./captions.js";
import type { Figure } from "./figure.js";
import { GROUP_NAMES, groupOf, GROUPS, type Grouping } from "./groups.js";
import { inPercent } from "./sentence-numbers.js";
import { words } from "./words/words.js";

/**
 * What one group of tasks requests and uses: means over the trace, as shares of the capacity of all machines.
 */
export interface RequestUse {
  readonly group: string;
  readonly cpuRequest: number;
  readonly cpuUse: number;
  readonly memoryRequest: number;
  readonly memoryUse: number;
}

/**
 * Returns the chart of CPU and memory that tasks request beside what they use, by tier or class. Throws
 * InputError for a workload without executions.
 */
export function requestAgainstUse(workload: Workload, { by = "tier" }: { by?: Grouping } = {}): Figure {
  const means = requestUse(workload, by);
  const rows = (["cpu", "memory"] as const).flatMap((resource) =>
    (["Request", "Use"] as const).flatMap((kind) =>
      means.map((row) => ({ group: row.group, resource, kind, share: row[`${resource}${kind}`] })),
    ),
  );
  const title = words.requestUse.title;
  const group = words.common.group;
  const figure = bars(rows, {
    x: "group",
    y: "share",
    color: "kind",
    facet: "resource",
    name: `request-use-by-${by}`,
    title,
    caption: words.requestUse.caption,
    ...originOfWorkload(workload),
    labels: { group, share: { label: words.requestUse.share, unit: "%", scale: 100 } },
    names: {
      ...GROUP_NAMES,
      cpu: "CPU",
      memory: words.requestUse.memory,
      Request: words.requestUse.requested,
      Use: words.requestUse.used,
    },
    looks: { Request: { color: "#C4C4C4" }, Use: { color: "#4D4D4D" } },
    aspect: 1.2,
  });
  const percent = SHARES.map((name) => {
    const label = words.requestUse[name];
    return [name, { label, unit: "%", scale: 100 }] as const;
  });
  const labels = { group, ...Object.fromEntries(percent) };
  const sum = (name: (typeof SHARES)[number]): string =>
    inPercent(means.reduce((total, row) => total + row[name], 0));
  const says = words.requestUse.says(
    [sum("cpuRequest"), sum("cpuUse")],
    [sum("memoryRequest"), sum("memoryUse")],
  );
  return { ...figure, says, table: paperTable(means, { name: "request-use", caption: title, labels }) };
}

const SHARES = ["cpuRequest", "cpuUse", "memoryRequest", "memoryUse"] as const;

/** Returns the means behind `requestAgainstUse`, one row per group. Capacity: all machines, up or not. */
export function requestUse(workload: Workload, by: Grouping): RequestUse[] {
  const { executions, usage, machines, steps, stepSeconds } = workload;
  if (executions.start.length === 0) throw new InputError("workload has no executions: open one with tasks");
  const groups: readonly string[] = GROUPS[by];
  const sums = groups.map(() => ({ cpuRequest: 0, cpuUse: 0, memoryRequest: 0, memoryUse: 0 }));
  for (let execution = 0; execution < executions.start.length; execution++) {
    const sum = sums[groups.indexOf(groupOf(executions, execution, by))];
    const present =
      (Math.min(executions.end[execution], steps * stepSeconds) - Math.max(0, executions.start[execution])) /
      stepSeconds;
    sum.cpuRequest += executions.cpuRequest[execution] * present;
    sum.memoryRequest += executions.memoryRequest[execution] * present;
    for (let sample = usage.offsets[execution]; sample < usage.offsets[execution + 1]; sample++) {
      const step = (usage.firstStep[execution] + sample - usage.offsets[execution]) * stepSeconds;
      const share =
        (Math.min(executions.end[execution], step + stepSeconds) -
          Math.max(executions.start[execution], step)) /
        stepSeconds;
      sum.cpuUse += usage.cpu[sample];
      // CPU samples are means over the whole step; memory samples hold only while the execution runs.
      sum.memoryUse += usage.memory[sample] * Math.max(0, share);
    }
  }
  const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) * steps;
  const [cpu, memory] = [total(machines.cpu), total(machines.memory)];
  return groups.map((group, i) => ({
    group,
    cpuRequest: sums[i].cpuRequest / cpu,
    cpuUse: sums[i].cpuUse / cpu,
    memoryRequest: sums[i].memoryRequest / memory,
    memoryUse: sums[i].memoryUse / memory,
  }));
}
