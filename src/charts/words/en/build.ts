/** The English texts of what all charts have in common. */
import { series, lowerFirst } from "../english.js";

export const en = {
  common: {
    policy: "Policy",
    time: "Time",
    hours: "Time (hours)",
    days: "Time (days)",
    series: "Series",
    group: "Group",
    panel: "Panel",
    chart: "Chart",
  },
  captions: {
    boundsShort: (names: readonly string[]) => `Bounds, which see the future: ${names.join(", ")}.`,
    bothForms: "Usage measured in some runs, modelled in others.",
    basis: { measured: "Usage measured.", modelled: "Usage modelled.", mixed: "Usage partly modelled." },
    trace: (name: string) => `trace "${name}"`,
    traces: {
      synthetic: "generated trace",
      google2011: "Google 2011 trace",
      planetlab: "PlanetLab trace",
    } as Readonly<Record<string, string>>,
    usage: {
      measured: "usage as measured in the trace",
      modelled: "usage modelled from published statistics, not measured",
      mixed: "usage partly measured, partly modelled",
    },
    origin: (
      trace: string,
      machines: number | string,
      seed: string | undefined,
      usage: string,
      rule: string,
    ) =>
      `${trace.charAt(0).toUpperCase()}${trace.slice(1)}, ${machines} ` +
      (String(machines) === "1" ? "machine" : "machines") +
      `${seed === undefined ? "" : `, workload seed ${seed}`}; ` +
      `${usage}; LC tasks by the rule ${rule}.`,
    upTo: (machines: number) => `up to ${machines}`,
    model: (sharing: string, migration: string, seed?: number) =>
      `Simulated with ${sharing} sharing and ${migration} migration` +
      `${migration === "free" ? " (unrealistic)" : ""}${seed === undefined ? "" : `, seed ${seed}`}.`,
    enforced: (broken?: string) =>
      "Tasks wait until those that they come after have ended" +
      `${broken === undefined ? "" : `; the trace itself breaks ${broken} of these dependencies`}.`,
    enforcedInSome: "In some of the runs, tasks wait until those that they come after have ended.",
    differentTraces: "The runs replay different workloads.",
    differentSettings: "The runs differ in sharing, migration model or seed.",
    bounds: (names: readonly string[]) =>
      `Bounds, which see the future and could not be deployed: ${names.join(", ")}.`,
    oneReplicate: "One replicate.",
    windows: (count: number, steps: number) => `${count} replicates: windows of ${steps} steps of one trace.`,
    seeds: (count: number, first: number, last: number) =>
      `${count} replicates, seeds ${first} to ${last}; each meets every policy.`,
    modelledTail:
      "The LC tail comes from a queueing model (M/G/m, exact Erlang C), not from measured requests.",
    groups: (steps: number, minutes: number) => `Each point is the mean of ${steps} steps (${minutes} min).`,
  },
  build: {
    overTime: (y: string) => `${y} over time`,
    against: (y: string, x: string) => `${y} by ${lowerFirst(x)}`,
    named: (label: string, value: string) => `${label}: ${value}`,
    sentence: (title: string) => `${title}.`,
    and: (names: readonly string[]) => names.join(" and "),
    list: (parts: readonly string[]) => series(parts, "and"),
    or: (parts: readonly string[]) => series(parts, "or"),
    marks: {
      lines: "line",
      bands: "band",
      points: "color",
      bars: "color",
      cells: "color",
      intervals: "color",
    },
    onePer: (mark: string, color: string) => `One ${mark} for each value of ${lowerFirst(color)}.`,
    onePanel: (facet: string) => `One panel for each value of ${lowerFirst(facet)}.`,
    error: (low: string, high: string) => `Error bars: ${lowerFirst(low)} to ${lowerFirst(high)}.`,
    shade: (low: string, high: string) => `Shaded: ${lowerFirst(low)} to ${lowerFirst(high)}.`,
    to: (low: string, high: string) => `${low} to ${lowerFirst(high)}`,
    hollow: (column: string) => `Hollow: ${lowerFirst(column)}.`,
    thinned: (count: number) => `Each point is the mean of ${count} neighboring rows.`,
    notOnLog: "What is not above 0 is not on a logarithmic axis.",
    undrawn: (panels: string) => `Without values, so without a panel: ${panels}.`,
    noValues: "No values",
    noValuesHere: "There are no values to draw.",
    low: "Interval, low",
    high: "Interval, high",
  },
  groups: { prod: "Prod.", beb: "Batch", free: "Free", lc: "LC", be: "BE" },
  diagram: { text: "Text", from: "From", to: "To" },
  dataFlow: {
    title: "How data flow through the lab",
    caption:
      "Data (white) and functions of the lab (blue). A workload is made once from trace files; each " +
      "policy makes a run of it; charts are drawn from tables only, and are written as files.",
    says: (policies: number, mechanisms: number) =>
      `Each of ${policies} policies and ${mechanisms} ways to migrate meets the same workload, and every ` +
      "chart is drawn from a table.",
    files: "Trace\nfiles",
    own: "Your own\nrows",
    workload: "Workload",
    policy: "Policy",
    simulate: "simulate",
    run: "Run",
    tables: "Tables",
    charts: "Charts",
    written: "SVG, PDF,\nPNG, CSV",
    experiment: "experiment\npolicies × seeds",
    runs: "Table of runs:\none row each",
    differences: "means,\ndifferences",
    open: "read",
    exported: "write",
  },
};
