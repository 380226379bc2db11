/** The English texts of charts of a workload or of single runs. */
import { lowerFirst } from "../english.js";

export const en = {
  gini: {
    title: "Gini coefficient of CPU utilization over time",
    caption: "Gini coefficient of the machines' CPU utilization in each step.",
    method:
      "Gini coefficient of the CPU that machines deliver: population form, weighted by capacity " +
      "where machines differ.",
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
    says: (first: string, of: string, best: string, ofBest: string, bound: string) =>
      `Gini, mean over time: ${of} under ${first}, ${ofBest} under ${best}` +
      (bound &&
        `; with LC work where it is under ${first}, no placement of the BE work could reach less ` +
          `than ${bound}`) +
      ".",
    saysOfOne: (policy: string, of: string, bound: string, runs: number) =>
      `Gini, mean over time: ${of} under ${policy}${runs > 1 ? ", the lowest" : ""}` +
      (bound && `; with LC work where it is, no placement of the BE work could reach less than ${bound}`) +
      ".",
  },
  heatMap: {
    title: (policy: string) => `CPU utilization of every machine: ${policy}`,
    caption: (policy: string) =>
      `CPU delivered under ${policy}, share of each machine's capacity; machines in order of their mean.`,
    binned: (machines: number, steps: number) =>
      `Each cell is the mean of ${machines} machines over ${steps} steps.`,
    titleOfBoth: (policies: readonly string[]) =>
      `CPU utilization of every machine: ${policies.join(", ")}, and the difference`,
    captionOfBoth: (policy: string) =>
      "CPU delivered, share of each machine's capacity, and the difference in percentage points; " +
      `machines in order of their mean under ${policy} in all panels.`,
    difference: "Difference",
    says: (policy: string, fullest: string, emptiest: string) =>
      `Under ${policy}, the fullest tenth of the machines uses ${fullest} % of its CPU on average, the ` +
      `emptiest ` +
      `${emptiest} %.`,
    saysOfBoth: (policy: string, fullest: readonly string[], emptiest: readonly string[]) =>
      `Under ${policy}, the tenth of the machines that was fullest goes from ${fullest.join(" to ")} % ` +
      `of its ` +
      `CPU, the emptiest from ${emptiest.join(" to ")} %.`,
    rank: "Rank of the machine",
    axis: "Machines, by mean load",
  },
  use: {
    title: "CPU used, requested and there",
    caption: (policy: string) =>
      `CPU delivered to latency-critical (LC) and best-effort (BE) tasks under ${policy}, against ` +
      "what tasks on machines request and the capacity of machines that are up.",
    axis: "CPU (% of capacity)",
    lc: "LC",
    be: "BE",
    free: "Free",
    used: "LC and BE",
    requested: "Requested",
    capacity: "Capacity",
    says: (requested: string, used: string, lc: string, be: string) =>
      `On average, tasks request ${requested} % of the CPU and use ${used} %: ${lc} % for LC and ${be} ` +
      `% for ` +
      "BE tasks.",
  },
  machineGrid: {
    title: (policies: readonly string[]) => `CPU use of every machine: ${policies.join(" and ")}`,
    caption: (policy: string, hours: string) =>
      "Each tile is a machine, filled from below by the CPU of latency-critical (LC) and best-effort " +
      `(BE) tasks at ${hours} h; row by row by mean load under ${policy}, the fullest first.`,
    method:
      "Tiles are filled in tenths of a machine's capacity; white: down. A machine has the same place " +
      "in all panels.",
    binned: (machines: number) =>
      `A tile is the mean of ${machines} machines that are neighbors in this order.`,
    shown: (hours: string) =>
      `The still picture of the tiles is at ${hours} (hours:minutes), when the Gini coefficients ` +
      "differ most; a live chart has a slider.",
    time: "Time (hours:minutes)",
    axis: "Machines, fullest first",
    tile: "Tile",
    machine: "Machine",
    under: (percent: string, policy: string) => `${percent} % under ${policy}`,
    says: (hours: string, count: number, fullest: string, emptiest: string) =>
      count === 1
        ? `CPU use of the fullest machine at ${hours} h: ${fullest}; of the emptiest: ${emptiest}.`
        : `CPU use of the ${count} fullest machines at ${hours} h: ${fullest}; of the ${count} ` +
          `emptiest: ` +
          `${emptiest}.`,
  },
  timeline: {
    title: (machine: number) => `The tasks of machine ${machine}`,
    caption: (machine: number) =>
      `Each bar is a task's time on machine ${machine}, in lanes of one task at a time; arrows: ` +
      "migrations, with the number of the other machine.",
    use: "Below: its CPU for LC and BE tasks.",
    evicted: (count: number) =>
      `Missing: tasks that lost a machine to a machine event (${count} in the cluster); a run does not ` +
      `record ` +
      "where they were.",
    lanes: "Lanes of tasks",
    execution: "Execution",
    from: "From",
    to: "To",
    came: "Came from",
    went: "Went to",
    hover: "Execution %{customdata}<extra></extra>",
    useTitle: "CPU of the machine",
    said: (policy: string, away: number, to: number) =>
      away + to === 0
        ? `under ${policy}, no task moves`
        : `under ${policy}, ${away} ${away === 1 ? "task leaves" : "tasks leave"} and ${to} ` +
          (to === 1 ? "comes" : "come"),
    withLoad: (said: string, mean: string) => `${said} (mean load ${mean} %)`,
    says: (machine: number, parts: readonly string[]) => `Machine ${machine}: ${parts.join("; ")}.`,
  },
  histogram: {
    title: "How full machines are",
    caption: "Number of machines by their mean CPU utilization over the steps in which they were up.",
    captionAt: (hours: string) => `Number of machines by their CPU utilization at ${hours} (hours:minutes).`,
    about: (bin: string) =>
      `Bins of ${bin} % of a machine's capacity; dotted: mean of the machines; Gini: coefficient of the ` +
      `drawn ` +
      "loads (population form). The coefficient of means is lower than the mean of the steps' coefficients.",
    load: "CPU utilization",
    machines: "Machines",
    series: (policy: string, gini: string) => `${policy}, Gini ${gini}`,
    mean: (percent: string) => `mean ${percent} %`,
    meanAndGini: (percent: string, gini: string) => `mean ${percent} %\nGini ${gini}`,
    halfOf: (low: string, high: string, policy: string, gini: string) =>
      `${low === high ? `at ${low}` : `between ${low} and ${high}`} % under ${policy} (Gini ${gini})`,
    says: (parts: string) => `Half of the machines are ${parts}.`,
  },
  lorenz: {
    title: "Lorenz curve of CPU utilization",
    caption:
      "Share of the load that the least loaded machines carry; on the diagonal all carry the " +
      "same. G: Gini coefficient (population form), twice the area between the curve and the " +
      "diagonal.",
    series: (name: string, coefficient: string) => `${name}, G = ${coefficient}`,
    says: (most: string, ofMost: string, least: string, ofLeast: string) =>
      `The less loaded half of the machines carries ${most} % of the load (${ofMost}) or ${least} % ` +
      `(${ofLeast}).`,
    saysOfOne: (share: string) => `The less loaded half of the machines carries ${share} % of the load.`,
    equal: "Equal load",
    machines: "Machines, least loaded first",
    load: "Share of the CPU load",
  },
  tradeOff: {
    title: (y: string, x: string) => `${y} against ${lowerFirst(x)}`,
    caption:
      "Each point is one policy over the whole run; less is better on both axes. Line and filled " +
      "points: the Pareto front, where no other policy is better in both.",
    methodOfMeans: (objectives: readonly string[]) =>
      "Intervals are drawn from five replicates on. Filled points: no other policy is at least as " +
      `good in all of ${objectives.join(", ")} and better in one.`,
    method: (_x: string, ofX: string, _y: string, ofY: string) => `Horizontal: ${ofX}. Vertical: ${ofY}.`,
    front: "Pareto front",
    onFront: "On the Pareto front",
    titleOfMeans: (y: string, x: string) => `${y} against ${lowerFirst(x)}, with intervals`,
    captionOfMeans:
      "Each point is one policy: means over the replicates with 95 % bootstrap intervals; less is " +
      "better on both axes. Line: Pareto front. Filled: not beaten in all objectives.",
    isBest: "Not beaten in all objectives",
    says: (policy: string, ofY: string, y: string, ofX: string, x: string) =>
      `${policy} has the lowest ${lowerFirst(ofY)}, ${y}; ${lowerFirst(ofX)}: ${x}.`,
  },
  migration: {
    title: "Migration traffic",
    caption:
      "Bytes that migrations sent since the start (1 GB = 10⁹ bytes), modelled from the memory of " +
      "the tasks that moved.",
    method:
      "The trace hides the machines' size, so bytes of migrations scale with the assumed reference memory.",
    soFar: "Traffic so far",
    says: (policy: string, gb: string, percent: string) =>
      `${policy} sends most, ${gb} GB; in no step do migrations take more than ${percent} % of the links.`,
    saysNothing: "No policy sends anything.",
  },
  requestUse: {
    title: "CPU and memory requested and used",
    caption:
      "Mean over the trace, as a share of the capacity of all machines; a request counts while its " +
      "task runs.",
    says: (cpu: readonly string[], memory: readonly string[]) =>
      `Tasks request ${cpu[0]} % of the CPU and use ${cpu[1]} %; of the memory, they request ` +
      `${memory[0]} % and ` +
      `use ${memory[1]} %.`,
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
        "Share of executions that have ended after a time (Kaplan-Meier); executions still going at " +
        "the trace's end may keep a curve below 100 %.",
      method:
        "Executions under way when the trace began are left out of durations; those still going at " +
        "its end are accounted for by the Kaplan-Meier estimate.",
      duration: "Duration",
      ended: "Executions ended",
      half: (group: string, duration: string) => `${duration} (${group})`,
      says: (parts: string) => `Half of the new executions have ended after ${parts}.`,
      saysNothing: "In no group has half of the new executions ended.",
    },
    units: {
      seconds: (value: string) => `${value} s`,
      minutes: (value: string) => `${value} min`,
      hours: (value: string) => `${value} h`,
    },
    ticks: ["1 s", "10 s", "1 min", "10 min", "1 h", "10 h", "3 d", "30 d"] as readonly string[],
    arrivals: {
      title: "Arrivals of tasks",
      caption:
        "Executions of tasks that start in each hour, resubmissions included; those under way when the " +
        "trace began are left out.",
      says: (perHour: string, percent: string, group: string) =>
        `${perHour} executions start per hour, ${percent} % of them in the group ${group}.`,
      saysNothing: "No execution starts within the trace.",
      arrivals: "Arrivals",
      axis: "Arrivals (executions per hour)",
    },
  },
  machinesByLoad: {
    title: "Machines by load",
    axis: "Machines, by load",
    caption:
      "CPU utilization of the machines, sorted in each step and averaged over the steps; a flat line would " +
      "be an even load.",
  },
};
