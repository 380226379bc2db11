import type { Workload } from "../trace/workload.js";
import { InputError } from "../errors.js";
import { describeWorkloadOrigin, joinTexts } from "./captions.js";
import { column, numbers } from "./columns.js";
import type { Figure, JsonObject, Text } from "./figure.js";
import { GROUP_NAMES, groupOf, GROUPS, type Grouping } from "./groups.js";

/** Requested and used by one group of tasks: means over the trace, shares of all machines' capacity. */
export interface RequestUse {
  readonly group: string;
  readonly cpuRequest: number;
  readonly cpuUse: number;
  readonly memoryRequest: number;
  readonly memoryUse: number;
}

/**
 * Returns the chart of what tasks request beside what they use, CPU and memory, by tier or class: the waste.
 * Throws InputError for a workload without runs.
 */
export function requestAgainstUse(workload: Workload, { by = "tier" }: { by?: Grouping } = {}): Figure {
  const rows = requestUse(workload, by);
  const names = rows.map(({ group }) => GROUP_NAMES[group]);
  const panel = (name: "cpu" | "memory", showlegend: boolean): JsonObject[] =>
    (["Request", "Use"] as const).map((kind) => {
      const used = kind === "Use";
      return {
        type: "bar",
        name: used ? USED : REQUESTED,
        legendgroup: kind,
        showlegend,
        x: names,
        y: numbers(rows.map((row) => row[`${name}${kind}`] * 100)),
        ...(name === "memory" ? { xaxis: "x2", yaxis: "y2" } : {}),
        marker: {
          color: used ? "#0072B2" : "#E69F00",
          line: { color: "#111111", width: 0.6 },
          pattern: {
            shape: used ? "" : "/",
            size: 5,
            solidity: 0.2,
            fillmode: "overlay",
            fgcolor: "#111111",
          },
        },
        hovertemplate: "%{x}: %{y:.1f} %<extra></extra>",
      };
    });
  return {
    name: `request-use-by-${by}`,
    title: { en: "CPU and memory requested and used", zh: "CPU 与内存的申请量与使用量" },
    caption: joinTexts(
      {
        en: "Mean over the trace, as a share of the capacity of all machines; a request counts while its task runs.",
        zh: "整个轨迹期间的均值，占全部机器容量的比例；申请量按任务运行期间计。",
      },
      describeWorkloadOrigin(workload),
    ),
    data: [...panel("cpu", true), ...panel("memory", false)],
    layout: {
      barmode: "group",
      bargap: 0.25,
      xaxis: { title: "CPU", domain: [0, 0.46], type: "category", tickangle: 0 },
      xaxis2: {
        title: { en: "Memory", zh: "内存" },
        domain: [0.54, 1],
        anchor: "y2",
        type: "category",
        tickangle: 0,
      },
      yaxis: { title: { en: "Share of capacity (%)", zh: "占容量比例（%）" }, rangemode: "tozero" },
      yaxis2: { anchor: "x2", matches: "y", showticklabels: false, rangemode: "tozero" },
    },
    aspect: 0.6,
    table: {
      name: "request-use",
      caption: { en: "Requested and used", zh: "申请量与使用量" },
      columns: [
        column(
          "group",
          { en: "Group", zh: "分组" },
          "",
          rows.map(({ group }) => group),
        ),
        ...(["cpuRequest", "cpuUse", "memoryRequest", "memoryUse"] as const).map((name) =>
          column(
            name,
            COLUMN_LABELS[name],
            "%",
            rows.map((row) => row[name] * 100),
          ),
        ),
      ],
    },
  };
}

/** Returns the means behind `requestAgainstUse`, one row per group. Capacity is that of all machines, up or not. */
export function requestUse(workload: Workload, by: Grouping): RequestUse[] {
  const { runs, usage, machines, steps, stepSeconds } = workload;
  if (runs.start.length === 0) throw new InputError("workload has no runs: open one with tasks");
  const groups = GROUPS[by];
  const sums = groups.map(() => ({ cpuRequest: 0, cpuUse: 0, memoryRequest: 0, memoryUse: 0 }));
  for (let run = 0; run < runs.start.length; run++) {
    const sum = sums[groups.indexOf(groupOf(runs, run, by))];
    const present =
      (Math.min(runs.end[run], steps * stepSeconds) - Math.max(0, runs.start[run])) / stepSeconds;
    sum.cpuRequest += runs.cpuRequest[run] * present;
    sum.memoryRequest += runs.memoryRequest[run] * present;
    for (let sample = usage.offsets[run]; sample < usage.offsets[run + 1]; sample++) {
      const step = (usage.firstStep[run] + sample - usage.offsets[run]) * stepSeconds;
      const share =
        (Math.min(runs.end[run], step + stepSeconds) - Math.max(runs.start[run], step)) / stepSeconds;
      sum.cpuUse += usage.cpu[sample];
      // CPU is the mean over the whole step, memory what is held while the run is there.
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

const REQUESTED: Text = { en: "Requested", zh: "申请量" };
const USED: Text = { en: "Used", zh: "使用量" };

const COLUMN_LABELS = {
  cpuRequest: { en: "CPU requested", zh: "CPU 申请量" },
  cpuUse: { en: "CPU used", zh: "CPU 使用量" },
  memoryRequest: { en: "Memory requested", zh: "内存申请量" },
  memoryUse: { en: "Memory used", zh: "内存使用量" },
} as const;
