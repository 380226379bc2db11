/** The English texts of built-in charts; `zh.ts` has the Chinese ones. */
export const en = {
  common: {
    policy: "Policy",
    time: "Time",
    hours: "Time (hours)",
    days: "Time (days)",
    series: "Series",
    group: "Group",
    panel: "Panel",
  },
  captions: {
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
  overTime: {
    caption: (label: string, meaning: string) => `${label} in each step: ${meaning}.`,
  },
  bands: {
    title: (label: string) => `${label} over time, over replicates`,
    caption: (label: string, meaning: string) =>
      `${label} in each step: ${meaning}. Lines: medians of the replicates; bands: from their lower to ` +
      "their upper quartile.",
    q25: "Lower quartile",
    median: "Median",
    q75: "Upper quartile",
  },
  forest: {
    title: (label: string, baseline: string) => `${label}: difference from ${baseline}`,
    caption: (baseline: string, policies: number, meaning: string) =>
      `Differences from ${baseline}, paired by replicate: means and 95 % bootstrap intervals. ` +
      `Colored: different at 5 % after Holm's correction for the ${policies} policies; gray: no ` +
      `difference shown, which is not to say that there is none. The figure: ${meaning}.`,
    axis: (label: string) => `Δ ${label}`,
    difference: "Difference",
    p: "p, Holm",
    verdict: "Verdict",
    verdicts: {
      lower: "Lower",
      higher: "Higher",
      "no difference": "No difference shown",
      "too few replicates": "Too few replicates",
    },
  },
  gini: {
    title: "Gini coefficient of CPU utilization over time",
    caption:
      "Gini coefficient of the CPU utilization delivered by machines in each step (population " +
      "form; weighted by capacity where machines differ).",
    hourly: "Hourly medians.",
    bound: "Bound",
    cell: "Google cell 2011",
    bands: {
      "highly even": "highly even",
      "fairly even": "fairly even",
      medium: "medium",
      "large gap": "large gap",
      "extremely uneven": "very uneven",
    } as Readonly<Record<string, string>>,
    aboutBands: (mark: number) =>
      "Shades: the bands of the thesis draft, section 2.4, read as half-open intervals; line: " +
      `its mark of balance, ${mark}.`,
    aboutBound:
      "Bound: the least value that any placement could reach with LC load where it is and BE " +
      "load divisible (water-filling, first policy's load).",
    aboutCell: (range: readonly number[]) =>
      `Google cell 2011: ${range.join(" to ")}, measured in Google's own cell in May 2011.`,
  },
  utilization: {
    title: (policy: string) => `CPU utilization of machines: ${policy}`,
    caption: (policy: string) =>
      `CPU delivered under ${policy}, share of each machine's capacity: mean weighted by ` +
      "capacity, median and percentiles of machines in each step.",
    wide: "P5–P95 of machines",
    narrow: "P25–P75",
    median: "Median",
    mean: "Mean",
    axis: "CPU utilization",
  },
  heatMap: {
    title: (policy: string) => `CPU utilization of every machine: ${policy}`,
    caption: (policy: string) =>
      `CPU delivered under ${policy}, share of each machine's capacity; machines in order of their mean.`,
    binned: (machines: number, steps: number) =>
      `Each cell is the mean of ${machines} machines over ${steps} steps.`,
    rank: "Rank of the machine",
    axis: "Machines, by mean load",
  },
  lorenz: {
    title: "Lorenz curve of CPU utilization",
    caption:
      "Share of the load that the least loaded machines carry; on the diagonal all carry the " +
      "same. G: Gini coefficient (population form), twice the area between the curve and the " +
      "diagonal.",
    series: (name: string, coefficient: string) => `${name}, G = ${coefficient}`,
    equal: "Equal load",
    machines: "Machines, least loaded first",
    load: "Share of the CPU load",
  },
  qos: {
    title: (label: string) => `${label}: distribution`,
    caption: (_label: string, meaning: string) =>
      "Share of steps in which the figure was at most the value on the horizontal axis. The " +
      `figure: ${meaning}.`,
    share: "Share of steps at or below",
    axis: "Steps (%)",
  },
  tradeOff: {
    title: (y: string, x: string) => `${y} against ${lowerFirst(x)}`,
    caption: (_x: string, ofX: string, _y: string, ofY: string) =>
      `Each point is one policy over the whole run. Horizontal: ${ofX}. Vertical: ${ofY}. ` +
      "Less is better in both; the line joins the policies that no other one beats in both " +
      "(Pareto front, filled points).",
    front: "Pareto front",
    onFront: "On the Pareto front",
    titleOfMeans: (y: string, x: string) => `${y} against ${lowerFirst(x)}, with intervals`,
    captionOfMeans: (objectives: readonly string[]) =>
      "Each point is one policy: means over the replicates, bars their 95 % bootstrap intervals (from " +
      "five replicates on). Less is better in both. Filled: no other policy is at least as good in all " +
      `of ${objectives.join(", ")} and better in one; the line is the Pareto front of the two axes.`,
    isBest: "Not beaten in all objectives",
  },
  migration: {
    title: "Migration traffic and link share",
    caption:
      "Top: bytes that migrations sent since the start (1 GB = 10⁹ bytes). Bottom: the same " +
      "per step, as a share of what all machines' links can carry. Traffic is modelled from " +
      "the memory of the tasks that moved; the trace hides the machines' size, so bytes scale " +
      "with the assumed reference memory.",
    soFar: "Traffic so far",
  },
  requestUse: {
    title: "CPU and memory requested and used",
    caption:
      "Mean over the trace, as a share of the capacity of all machines; a request counts while its " +
      "task runs.",
    requested: "Requested",
    used: "Used",
    memory: "Memory",
    share: "Share of capacity",
    cpuRequest: "CPU requested",
    cpuUse: "CPU used",
    memoryRequest: "Memory requested",
    memoryUse: "Memory used",
  },
  taskLife: {
    durations: {
      title: "How long executions of tasks last",
      caption:
        "Share of executions that have ended after a time. Executions under way when the trace began are " +
        "left out; executions still going at its end are accounted for (Kaplan-Meier), so a curve may " +
        "stop short of 100 %.",
      duration: "Duration",
      ended: "Executions ended",
    },
    ticks: ["1 s", "10 s", "1 min", "10 min", "1 h", "10 h", "3 d", "30 d"] as readonly string[],
    arrivals: {
      title: "Arrivals of tasks",
      caption:
        "Executions of tasks that start in each hour, resubmissions included; those under way when the " +
        "trace began are left out.",
      arrivals: "Arrivals",
      axis: "Arrivals (executions per hour)",
    },
  },
  groups: { prod: "Prod.", beb: "Batch", free: "Free", lc: "LC", be: "BE" },
  comparison: {
    caption: "Policies compared; means over the steps.",
    captionOfMeans: (baseline: string) =>
      "Policies compared: means over the replicates and the longer arms of their 95 % bootstrap " +
      `intervals. *: differs from ${baseline} (paired differences, 5 % after Holm's correction for the ` +
      "number of policies).",
  },
  machinesByLoad: {
    title: "Machines by load",
    axis: "Machines, least loaded first",
    caption:
      "CPU utilization of the machines, sorted in each step and averaged over the steps; a flat line would " +
      "be an even load.",
  },
  overview: {
    title: "Evenness, its price, and the work that fits",
    evens: (after: string, from: string, to: string, gb: string) =>
      `${after} evens the load of the machines (Gini ${from} to ${to}) and moves ${gb} GB for it.`,
    carries: (shared: string, separate: string, level: string, more: readonly string[]) =>
      `Machines that LC and BE work share carry ${shared} the trace's BE work at ${level} added LC ` +
      `violations, separate machines ${separate}; ` +
      (more.length === 0
        ? "that a policy carries more than another was not shown."
        : `${more.join(", ")} ${more.length === 1 ? "carries" : "carry"} more than no migration.`),
    times: (low: string, high: string) => (low === high ? `${low} times` : `${low} to ${high} times`),
  },
  capacity: {
    title: "Carrying capacity",
    caption:
      "Most best-effort (BE) work, as a multiple of the trace's own, at which the violations it adds to " +
      "latency-critical (LC) work stay at or below the level and at most 5 % of it (or 1 % of the " +
      "trace's) is left undone; mean over seeds with 95 % bootstrap intervals. Added violations: the " +
      "greater increase, over LC work alone, of LC load above the tail SLO (queueing model, M/G/m) and " +
      "of LC task-steps short of CPU. Separate machines: LC and BE work each have machines of their own. " +
      "Perfectly even: BE work is a fluid without requests, memory or migration cost.",
    titleAt: (level: string) => `Best-effort work carried at ${level}`,
    atLeast:
      "Open markers: the true value may be higher, since some seed carried the largest multiple tried.",
    carried: "BE work carried",
    axis: "BE work (× the trace's)",
    level: "LC violations allowed",
    limit: "Limit",
    references: { "no-co-location": "Separate machines", "perfectly-even": "Perfectly even" },
    low: (label: string) => `${label}, low`,
    high: (label: string) => `${label}, high`,
  },
  assumptions: {
    title: "Which assumption matters most",
    caption:
      "Effect: the policy's value less the reference's on the same workload, as one assumption at a time " +
      "is changed; 95 % bootstrap intervals. Vertical line: the effect under the defaults. The assumption " +
      "that changes the first effect most is on top. Interactions do not show.",
    most: (label: string, assumption: string) => `The effect on ${label} depends most on ${assumption}.`,
    unchanged: (labels: readonly string[]) => `No assumption changes the effect on ${labels.join(" or ")}.`,
    row: (assumption: string, setting: string) => `${assumption}: ${setting}`,
    effect: "Effect",
    setting: "Setting",
    names: {
      lcRule: "LC rule",
      sharing: "CPU sharing",
      migrationSize: "machine memory",
      interval: "interval, steps",
      staleness: "staleness, steps",
    },
  },
  testbed: {
    origin: (hosts: number, cpus: number, threads: number, seed: number) =>
      `The testbed is modelled: ${hosts} hosts of ${cpus} CPUs, LC service on host 0, ` +
      `${threads} BE threads, seed ${seed}.`,
    overTime: {
      title: "The testbed over time",
      caption:
        "From the top, per interval between decisions: utilization of all CPUs; 99th percentile " +
        "of the simulated LC requests; the node that all BE threads run on (lines a little " +
        "apart; none while they are spread or there are none).",
      cpu: "CPU",
      lcP99: "LC P99",
      node: "Node of BE",
    },
    tail: {
      title: "Latency of LC requests",
      caption:
        "Share of the simulated LC requests that took longer than the latency on the horizontal " +
        "axis. Large open markers: P95, P99 and P99.9 as measured by the authors on their " +
        "testbed.",
      measured: (name: string) => `${name}, measured`,
      latency: "Latency",
      slower: "Requests slower",
    },
    blindSpot: {
      title: "What steal time shows of a host's load",
      caption:
        "Steal as a share of the time in which a node's vCPUs had something to run, against the " +
        "CPU that work outside the GiantVM took of its host; one marker per node and interval " +
        "between decisions. Where nothing ran, the counter stood still and reads 0.",
      withBe: (name: string) => `${name}: with BE`,
      withoutBe: (name: string) => `${name}: without BE`,
      pressure: "CPU that others take of the host",
      steal: "Steal read",
    },
    decisions: {
      title: "Steal read, and moves",
      caption:
        "Steal that the decider read of each node between two decisions. Crosses: moves of BE " +
        "work, at the reading of the node left.",
      time: (isMinutes: boolean): string => (isMinutes ? "Time (min)" : "Time (s)"),
      node: (node: number) => `Node ${node}`,
      stealOf: (node: number) => `Steal of node ${node}`,
      steal: "Steal",
      ticks: "Steal (ticks)",
      move: "Move",
      moves: "Moves",
    },
    published: {
      caption:
        "The testbed model beside the authors' measurements (GiantVM, TACO 19(2), 2022; raw data of " +
        "their plots).",
      figure: "Figure",
      published: "Measured",
      modelled: "Modelled",
      deviation: "Deviation",
      standing: "Standing",
      sameOrder: "Same order",
    },
  },
};

export type Phrases = typeof en;

/** Lower-cases the first letter, except of abbreviations such as LC and names such as Jain's. */
export function lowerFirst(text: string): string {
  return /^(Gini|Jain)/.test(text) || !/^[A-Z][a-z]/.test(text)
    ? text
    : text.charAt(0).toLowerCase() + text.slice(1);
}
