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
  bands: {
    title: (label: string) => `${label} over time, over replicates`,
    caption: (label: string, meaning: string) =>
      `${label} in each step: ${meaning}. Lines: medians of the replicates; bands: from their lower to ` +
      "their upper quartile.",
    q25: "Lower quartile",
    median: "Median",
    q75: "Upper quartile",
    says: (label: string, low: string, lowest: string, high: string, highest: string) =>
      `${label}, mean over time: from ${low} under ${lowest} to ${high} under ${highest}.`,
    saysSame: (label: string, value: string) => `${label}, mean over time: ${value} under every policy.`,
  },
  differences: {
    caption: (label: string, baseline: string, meaning: string) =>
      `${label}, difference from ${baseline} in the same replicate (${meaning}). Lines: medians of the ` +
      "replicates; bands: from their lower to their upper quartile.",
    says: (label: string, baseline: string, difference: string, policy: string, hours: string) =>
      `${label}: the largest median difference from ${baseline} is ${difference} (${policy}, at ` +
      `${hours} h).`,
    saysNothing: (label: string, baseline: string) =>
      `${label}: the median difference from ${baseline} is 0 at all times.`,
  },
  forest: {
    title: (label: string, baseline: string) => `${label}: difference from ${baseline}`,
    titleOfAll: (baseline: string) => `Differences from ${baseline}`,
    caption: (baseline: string, policies: number) =>
      `Differences from ${baseline}, paired by replicate: means and 95 % bootstrap intervals. ` +
      `Colored: different at 5 % after Holm's correction for the ${policies} policies; gray: no ` +
      "difference shown, which is not to say that there is none.",
    figure: (label: string, meaning: string) => `${label}: ${meaning}.`,
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
    compared: { lower: "lower", higher: "higher" },
    saysEven: (count: number, of: number, baseline: string) =>
      `${count} of ${of} policies load the machines more evenly than ${baseline}`,
    says: (count: number, of: number, label: string, compared: string, baseline: string) =>
      `${lowerFirst(label)} is ${compared} than under ${baseline} in ${count} of ${of} policies`,
    end: (said: string) => `${said.charAt(0).toUpperCase()}${said.slice(1)}.`,
    noneWorse: (said: string, labels: string) =>
      `${said.charAt(0).toUpperCase()}${said.slice(1)}; none of them is measurably worse in ${labels}.`,
    someWorse: (said: string, parts: string) =>
      `${said.charAt(0).toUpperCase()}${said.slice(1)}; of these, measurably worse: ${parts}.`,
    worseIn: (count: number, label: string) => `${count} in ${label}`,
    lcWork: "LC work",
    delta: "Δ",
    tooFew: "There are too few replicates to tell the policies apart.",
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
    says: (first: string, of: string, best: string, ofBest: string, bound: string) =>
      `Gini, mean over time: ${of} under ${first}, ${ofBest} under ${best}; with LC work where it is under ` +
      `${first}, no placement of the BE work could reach less than ${bound}.`,
    saysOfOne: (policy: string, of: string, bound: string, runs: number) =>
      `Gini, mean over time: ${of} under ${policy}${runs > 1 ? ", the lowest" : ""}; with LC work where it ` +
      `is, no placement of the BE work could reach less than ${bound}.`,
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
      "CPU delivered, share of each machine's capacity, and the difference of the second picture from the " +
      `first, in percentage points; machines in the order of their mean under ${policy} in all three.`,
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
      `CPU delivered to latency-critical (LC) and best-effort (BE) tasks under ${policy}, on top of each ` +
      "other, against what the tasks on machines request and the capacity of the machines that are up.",
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
    caption: (policy: string) =>
      "Each tile is a machine, filled from below, in tenths of its capacity, by the CPU that " +
      "latency-critical " +
      "(LC) and best-effort (BE) tasks get; white: down. A machine has the same place in all panels: " +
      "row by " +
      `row in order of mean load under ${policy}, the fullest at the top left.`,
    binned: (machines: number) =>
      `A tile is the mean of ${machines} machines that are neighbors in this order.`,
    shown: (hours: string) =>
      `Still picture: at ${hours} (hours:minutes), when the Gini coefficients differ most; a live chart ` +
      "has a slider.",
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
      `Each bar is a task's time on machine ${machine}; a lane has one task at a time. Arrows: migrations ` +
      "(modelled), with the number of the other machine.",
    use: "Below: CPU that the machine gives to LC and BE tasks, of its capacity.",
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
    meanAndGini: (percent: string, gini: string) => `mean ${percent} %<br>Gini ${gini}`,
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
    says: (policy: string, ofY: string, y: string, ofX: string, x: string) =>
      `${policy} has the lowest ${lowerFirst(ofY)}, ${y}; ${lowerFirst(ofX)}: ${x}.`,
  },
  migration: {
    title: "Migration traffic",
    caption:
      "Bytes that migrations sent since the start (1 GB = 10⁹ bytes). Traffic is modelled from " +
      "the memory of the tasks that moved; the trace hides the machines' size, so bytes scale " +
      "with the assumed reference memory.",
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
        "Share of executions that have ended after a time. Executions under way when the trace began are " +
        "left out; executions still going at its end are accounted for (Kaplan-Meier), so a curve may " +
        "stop short of 100 %.",
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
    axis: "Machines, by load",
    caption:
      "CPU utilization of the machines, sorted in each step and averaged over the steps; a flat line would " +
      "be an even load.",
  },
  overview: {
    title: "Evenness, its price, and the work that fits",
    balance: "Gini against traffic",
    carried: (level: string) => `BE work carried at ${level}`,
    evens: (after: string, from: string, to: string, gb: string) =>
      `${after} evens the load of the machines (Gini ${from} to ${to}) and moves ${gb} GB for it.`,
    noneEvens: (before: string, gini: string) =>
      `No policy evens the load of the machines more than ${before} (Gini ${gini}).`,
    carries: (shared: string, separate: string, level: string, more: readonly string[]) =>
      `Machines that LC and BE work share carry ${shared} the trace's BE work at ${level} added LC ` +
      `violations, separate machines ${separate}; ` +
      (more.length === 0
        ? "no policy was shown to carry more than no migration."
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
        "A row for each host. Lower band: CPU that LC work or bursts of other work take of the host; upper " +
        "band: its share of the BE threads, per interval between decisions; triangles: moves of BE work. " +
        "Below: 99th percentile of the simulated LC requests of each interval.",
      host: "Host",
      lc: "LC service",
      burst: "Bursts of other work",
      be: "BE threads",
      lcP99: "LC P99",
      moves: (name: string, moves: number) => `${name}: ${count(moves, "move")}`,
      p99: (p99: string) => `LC P99 of the whole run: ${p99}`,
      outcome: (name: string, p99: string, moves: number) => `${name} ${p99} (${count(moves, "move")})`,
      says: (outcomes: readonly string[]) => `LC P99 in one run of the model: ${outcomes.join(", ")}.`,
      columns: {
        configuration: "Configuration",
        time: "Time (min)",
        host: "Host",
        busy: "CPU in use (%)",
        outside: "CPU taken by LC or other work (%)",
        be: "BE threads",
      },
    },
    tail: {
      title: "Latency of LC requests",
      caption:
        "Share of the simulated LC requests that took longer than the latency on the horizontal " +
        "axis. Large open markers: P95, P99 and P99.9 as measured by the authors on their " +
        "testbed, in the configuration's color and form.",
      measured: "Measured (open markers)",
      both: (name: string, modelled: string, measured: string) =>
        `${name} ${modelled} ms (measured ${measured})`,
      modelledOnly: (name: string, modelled: string) => `${name} ${modelled} ms`,
      says: (tails: readonly string[]) => `P99 of LC requests in one run of the model: ${tails.join(", ")}.`,
      latency: "Latency",
      slower: "Requests slower",
    },
    blindSpot: {
      title: "What steal time shows of a host's load",
      caption:
        "Steal as a share of the time in which a node's vCPUs had something to run, against the " +
        "CPU that work outside the GiantVM took of its host; one marker per node and interval " +
        "between decisions. Where nothing ran, the counter stood still and reads 0.",
      withBe: "Node with BE threads",
      withoutBe: "Node without BE threads",
      blind: (name: string, blind: number, all: number) =>
        all === 0 ? `${name} never meets one` : `${name} reads 0 in ${blind} of ${all}`,
      says: (parts: readonly string[]) =>
        `Intervals of a node without BE threads whose host is more than half busy: ${parts.join(", ")}.`,
      pressure: "CPU that others take of the host",
      pressureTitle: "CPU others take (%)",
      steal: "Steal read",
    },
    decisions: {
      title: "Steal read, and moves",
      caption:
        "A row for each node. Upper band: the share of the moved work that was there; lower band: steal " +
        "that the decider read before each decision; triangles: moves that were made.",
      highest: (ticks: string) => `A full band: ${ticks} ticks of steal.`,
      work: "Work that is moved",
      says: (moves: number, decisions: number, left: string, entered: string) =>
        `${count(moves, "move")} in ${count(decisions, "decision")}: the node left read ${left} ticks of ` +
        `steal, the node entered ${entered} (medians).`,
      still: (decisions: number, most: string) =>
        `No move in ${count(decisions, "decision")}; the highest reading was ${most} ticks of steal.`,
      time: (isMinutes: boolean): string => (isMinutes ? "Time (min)" : "Time (s)"),
      node: "Node",
      stealOf: (node: number) => `Steal of node ${node}`,
      steal: "Steal read",
      move: "Move",
      moves: "Moves",
    },
    drawing: {
      title: "A GiantVM and what runs on it",
      caption:
        "Dashed: the guest, one operating system over all hosts, with a NUMA node on each. Squares: vCPUs; " +
        "filled: BE threads. Dark: the LC service, outside the guest. Times of a page: measured (TACO 2022).",
      guest: (vcpus: number, nodes: number) =>
        `Guest: one operating system, ${vcpus} vCPUs, ${nodes} NUMA nodes, distributed shared memory`,
      sameGuest: "The same guest",
      node: (node: number, cpus: number) => `Node ${node}: ${cpus} vCPUs`,
      host: (host: number, cpus: number) => `Host ${host}: ${cpus} CPUs`,
      lc: (workers: number) => `LC service,<br>${workers} workers`,
      other: (load: string) => `Bursts of other work,<br>${load} % on average`,
      thread: "BE thread",
      threads: (threads: number) => count(threads, "BE thread"),
      time: (transport: string, micros: string) => `${micros} μs over ${transport}`,
      network: (times: readonly string[]) => `Network. A page of another node (4 KiB): ${times.join(", ")}`,
      sameNetwork: "The same network",
      second: (second: number) => `${second} s`,
      says: (
        hosts: number,
        vcpus: number,
        fast: string,
        fastTime: string,
        fastTimes: string,
        slow: string,
        slowTime: string,
        slowTimes: string,
      ) =>
        `One guest spans ${hosts} hosts with ${vcpus} vCPUs; another node's page takes ${fastTime} μs over ` +
        `${fast} and ${slowTime} μs over ${slow}, ${fastTimes} and ${slowTimes} times a local access.`,
    },
    paired: {
      title: (name: string, baseline: string) => `${name} less ${baseline}, paired by seed`,
      caption:
        "Differences over the baseline's mean, with 95 % bootstrap intervals. ↓: less is better; ↑: more " +
        "is better. Colored: different at 5 % after Holm's correction. The testbed is modelled.",
      source: (seeds: number) => `${count(seeds, "seed")}; both configurations meet the same load.`,
      all: "All changes",
      large: (percent: string) => `Changes of ${percent} % and more`,
      small: "Smaller changes, enlarged",
      metric: "Figure",
      verdict: "Verdict",
      difference: (baseline: string) => `Difference from ${baseline}`,
      verdicts: { better: "Better", worse: "Worse", none: "No difference shown" } as Readonly<
        Record<string, string>
      >,
      lessIs: (label: string) => `${label} ↓`,
      moreIs: (label: string) => `${label} ↑`,
      metrics: {
        moves: "Moves",
        movesToLc: "Moves to host 0",
        movedMb: "MB moved",
      } as Readonly<Record<string, string>>,
      part: (metrics: number, label: string, change: string) => `${metrics} (most: ${label} ${change})`,
      nothing: "none",
      says: (name: string, baseline: string, better: string, worse: string) =>
        `${name} against ${baseline}: figures that are better: ${better}; worse: ${worse}.`,
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
  dsm: {
    pages: {
      title: "Pages moving between nodes",
      caption:
        "A panel for each page, a row for each node, a column for each access (R: read, W: write, with the " +
        "number of the node); colors: the node's copy after the access; a letter where the access changed " +
        "it. The accesses are modelled; states are those of the model's own protocol (Ivy's).",
      page: (page: number) => `Page ${page}`,
      node: "Node",
      accesses: "Accesses in order: read or write, by node",
      number: "Number of the access",
      states: { modified: "Modified", shared: "Shared", invalid: "Invalid" },
      fault: "Fault",
      hit: "Access without a fault",
      says: (accesses: number, nodes: number, pages: number, faults: number, share: string, mean: string) =>
        `Of ${count(accesses, "access")} by ${count(nodes, "node")} to ${count(pages, "page")}, ${faults} ` +
        `(${share} %) are faults, ${mean} each on average.`,
      columns: {
        access: "Access",
        page: "Page",
        node: "Node",
        state: "State",
        kind: "Kind",
        fault: "Fault",
        seconds: "Duration (s)",
      },
    },
    kernel: {
      title: "Multikernel over monolithic kernel",
      caption:
        "How many times as many requests the multikernel serves. Lines: modelled, by the number of nodes. " +
        "Dashed: measured (Zhang et al., VEE 2020); the share of accesses to kernel data was not measured.",
      sharing: "Accesses to kernel data",
      gap: "Multikernel / monolithic",
      nodes: "Nodes",
      count: (nodes: number) => count(nodes, "node"),
      measured: (gap: string) => `Measured: ${gap} ×`,
      says: (nodes: number, gap: string, share: string) =>
        `With ${count(nodes, "node")} the model reaches the measured ${gap} × where ${share} % of the ` +
        "accesses go to kernel data.",
      never: (nodes: number, gap: string, share: string, reached: string) =>
        `With ${count(nodes, "node")} and ${share} % of accesses to kernel data the model is at ${reached} ` +
        `×; measured: ${gap} ×.`,
    },
  },
  diagram: { text: "Text", from: "From", to: "To" },
  dataFlow: {
    title: "How data flow through the lab",
    caption:
      "White: data. Blue: functions of the lab. A workload is made once from trace files; each policy " +
      "makes a run of it; charts are drawn from tables only, and are written as files.",
    says: (policies: number, mechanisms: number) =>
      `Each of ${policies} policies and ${mechanisms} ways to migrate meets the same workload, and every ` +
      "chart is drawn from a table.",
    files: "Trace<br>files",
    own: "Your own<br>rows",
    workload: "Workload",
    policy: "Policy",
    simulate: "simulate",
    run: "Run",
    tables: "Tables",
    charts: "Charts",
    written: "SVG, PDF,<br>PNG, CSV",
    experiment: "experiment<br>policies × seeds",
    runs: "Table of runs:<br>one row each",
    differences: "means,<br>differences",
    open: "read",
    exported: "write",
  },
  migrations: {
    names: {
      "pre-copy": "Pre-copy",
      "pre-copy-xen": "Xen pre-copy",
      "pre-copy-qemu": "QEMU pre-copy",
      "pre-copy-thesis": "Thesis pre-copy",
      "post-copy": "Post-copy",
      "stop-and-copy": "Stop and copy",
      "lazy-copy": "Lazy copy",
      dsm: "Shared memory",
      process: "Process",
      container: "Container",
      vm: "Virtual machine",
      giantvm: "GiantVM",
      free: "Free",
    } as Readonly<Record<string, string>>,
    mechanism: "Mechanism",
    lambda: "Dirty rate / bandwidth",
    life: {
      title: "One migration, from its first byte to its last",
      caption:
        "Blue bars: rounds, passes over the memory while the task runs at its source; a bar is as high as " +
        "the rate at which it sends, so its area is its bytes. Hatched: the task is stopped. Dotted: the " +
        "task runs at its target and waits for the pages that it touches. The numbers are modelled, by the " +
        "loop that the simulation uses.",
      time: "Time (s)",
      beginning: (seconds: string) => `The first ${seconds}, enlarged`,
      whole: (seconds: string) => `All ${seconds}`,
      phases: {
        round: "Round, runs at the source",
        stopped: "Stopped",
        fetching: "Runs at the target, fetches pages",
      },
      row: (name: string, rounds: number, bytes: string, seconds: string, downtime: string, waits: string) =>
        `<b>${name}</b><br>${rounds === 0 ? "no round" : rounds === 1 ? "1 round" : `${rounds} rounds`}, ` +
        `${bytes}, ${seconds}<br>stopped ${downtime}${waits}`,
      waits: (seconds: string) => `, waits ${seconds}`,
      goesOn: (seconds: string) => `goes on to ${seconds} ▸`,
      of: (name: string, value: string) => `${value} (${name})`,
      says: (calm: string, hard: string, quick: string, slow: string) =>
        `The task is stopped for ${calm} to ${hard}; its migration takes ${quick} to ${slow}.`,
      saysOne: (name: string, seconds: string, downtime: string) =>
        `${name}: the migration takes ${seconds} and stops the task for ${downtime}.`,
      columns: {
        migration: "Mechanism",
        phase: "Phase",
        number: "Round",
        start: "Start (s)",
        seconds: "Duration (s)",
        bytes: "Bytes",
        lost: "Lost (s)",
      },
    },
    costs: {
      title: "Ways to move a task, by its memory",
      caption:
        "One panel for each mechanism. Total: from the first byte to the last. Lost: downtime and waits " +
        "for pages. Downtime: the task runs nowhere; a downtime of 0 is not on a logarithmic axis. In the " +
        "titles: bytes sent over the task's memory. All is modelled.",
      memory: "Memory",
      value: "Time",
      quantities: { seconds: "Total", lost: "Lost", downtime: "Downtime" } as Readonly<
        Record<string, string>
      >,
      sends: (name: string, share: string, isStopped: boolean) =>
        `${name}: ${share} × sent${isStopped ? "" : ", no stop"}`,
      says: (memory: string, less: string, most: string, loses: string, worst: string) =>
        `With ${memory} of memory, a move loses the task ${loses} to ${worst} and sends ${less} to ${most}.`,
    },
    rules: {
      title: "Pre-copy, by the rule that ends its rounds",
      caption:
        "Dashed: the task writes as fast as the network sends. Plain: the rest fits the downtime goal, or " +
        "a round no longer helps; Xen's and QEMU's rules; the thesis's rule as we read it. All is modelled.",
      rounds: "Rounds",
      seconds: "Total time",
      downtime: "Downtime",
      names: {
        "pre-copy": "Plain",
        "pre-copy-xen": "Xen",
        "pre-copy-qemu": "QEMU",
        "pre-copy-thesis": "Thesis",
      } as Readonly<Record<string, string>>,
      says: (best: string, least: string, worst: string, most: string) =>
        `At no dirty rate drawn here does the rule ${best} stop the task for more than ${least}; ${worst} ` +
        `stops it for up to ${most}.`,
    },
  },
};

/** Joins parts by commas, the last two by a word. */
function series(parts: readonly string[], word: string): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} ${word} ${parts[parts.length - 1]}`;
}

export type Phrases = typeof en;

/** Returns "no move", "1 move", "2 moves"; "access" becomes "accesses". */
function count(number: number, what: string): string {
  const many = what.endsWith("s") ? `${what}es` : `${what}s`;
  return `${number === 0 ? "no" : number} ${number === 1 ? what : many}`;
}

/** Lower-cases the first letter, except of abbreviations such as LC and names such as Jain's. */
export function lowerFirst(text: string): string {
  return /^(Gini|Jain)/.test(text) || !/^[A-Z][a-z]/.test(text)
    ? text
    : text.charAt(0).toLowerCase() + text.slice(1);
}
