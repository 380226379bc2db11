/** The English texts of charts of many runs. */
import { lowerFirst } from "../english.js";

export const en = {
  bands: {
    title: (label: string) => `${label} over time, over replicates`,
    caption: (label: string) =>
      `${label} in each step. Lines: medians of the replicates; bands: from their lower to their ` +
      "upper quartile.",
    q25: "Lower quartile",
    median: "Median",
    q75: "Upper quartile",
    says: (label: string, low: string, lowest: string, high: string, highest: string) =>
      `${label}, mean over time: from ${low} under ${lowest} to ${high} under ${highest}.`,
    saysSame: (label: string, value: string) => `${label}, mean over time: ${value} under every policy.`,
  },
  differences: {
    caption: (label: string, baseline: string) =>
      `${label}, difference from ${baseline} in the same replicate. Lines: medians of the ` +
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
    caption: (baseline: string) =>
      `Differences from ${baseline}, paired by replicate: means and 95 % bootstrap intervals. ` +
      "Colored: different at 5 % after Holm's correction; gray: no difference shown.",
    method: (policies: number) =>
      `Holm's correction is for the ${policies} policies; that no difference is shown is not to say ` +
      "that there is none.",
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
  comparison: {
    caption: "Policies compared; means over the steps.",
    methodOfMeans:
      "Stars in the table: paired differences, 5 % after Holm's correction for the number of policies.",
    captionOfMeans: (baseline: string) =>
      "Policies compared: means over the replicates ± the longer arm of the 95 % bootstrap interval. " +
      `*: differs from ${baseline} (5 %, Holm).`,
  },
  overview: {
    title: "Evenness, its price, and the work that fits",
    caption: (level: string) =>
      `Machines by load, Gini against traffic, and best-effort (BE) work carried at ${level} added ` +
      "violations of latency-critical (LC) work. Line and filled points: Pareto front; intervals: 95 " +
      "%, bootstrap.",
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
      "Best-effort (BE) work carried, as a multiple of the trace's own, with violations added to " +
      "latency-critical (LC) work at or below a level; means over seeds, 95 % bootstrap intervals.",
    aboutAtLeast:
      "Open markers: the true value may be higher, since some seed carried the largest multiple tried.",
    method:
      "Work carried: the most at which at most 5 % of it (or 1 % of the trace's) is left undone. " +
      "Added violations: the greater increase, over LC work alone, of LC load above the tail SLO " +
      "(queueing model, M/G/m) and of LC task-steps short of CPU. Separate machines: LC and BE work " +
      "each have machines of their own. Perfectly even: BE work is a fluid without requests, memory " +
      "or migration cost.",
    titleAt: (level: string) => `Best-effort work carried at ${level}`,
    atLeast: "Open markers: at least.",
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
      "Modelled effects, the policy's value less the reference's, as one assumption at a time is " +
      "changed; 95 % bootstrap intervals. Vertical line: the effect under the defaults.",
    method:
      "Effects are differences on the same workload. The assumption that changes the first effect " +
      "most is on top. Interactions of assumptions do not show.",
    most: (label: string, assumption: string) => `The effect on ${label} depends most on ${assumption}.`,
    unchanged: (labels: readonly string[]) => `No assumption changes the effect on ${labels.join(" or ")}.`,
    row: (assumption: string, setting: string) => `${assumption}: ${setting}`,
    effect: "Effect",
    setting: "Setting",
    names: {
      lcRule: "LC rule",
      sharing: "CPU sharing",
      order: "order of tasks",
      migrationSize: "machine memory",
      interval: "interval, steps",
      staleness: "staleness, steps",
    },
  },
};
