/** Describes the data of a workload: what was measured, and what was assumed, imputed or left out. */
import type { Provenance, Workload } from "./workload.js";

/** The total that a share is computed from. */
type Total =
  | "executions"
  | "executions of the trace"
  | "steps"
  | "rows of usage"
  | "readings"
  | "rows of container_usage"
  | "fragments"
  | "machines";

/**
 * A sentence about the sum of `counts` of the report: `{count}` stands for the sum, `{share}` for the share
 * of the total `of`.
 */
interface Note {
  readonly counts: readonly string[];
  readonly of: Total;
  readonly text: string;
}

/** In the order of printing: usage, requests, tables that do not match, machines, rows that were left out. */
const NOTES: readonly Note[] = [
  {
    counts: ["usage.executionsModelled"],
    of: "executions",
    text:
      "The use of {share} of the executions is modelled after Google's trace of 2011, as the trace has " +
      "no row of it.",
  },
  {
    counts: ["batch.useOfPlan"],
    of: "executions of the trace",
    text:
      "The use of {share} of the executions is their planned use, and their machines are not known " +
      "(there is no batch_instance table).",
  },
  {
    counts: ["azure.withoutReadings"],
    of: "executions of the trace",
    text: "The use of {share} of the executions is the mean over their life, as they have no readings.",
  },
  {
    counts: ["swf.assumedBusy"],
    of: "executions of the trace",
    text: "The CPU time of {count} jobs is not known: their processors are assumed to be always busy.",
  },
  {
    counts: ["executions.withoutMachine"],
    of: "executions",
    text: "The trace does not name the machine of {share} of the executions.",
  },
  {
    counts: ["machines.generated"],
    of: "machines",
    text: "The trace names no machines: {count} equal machines are generated.",
  },
  {
    counts: ["usage.executionsOfFewWindows"],
    of: "executions",
    text:
      "The use of {share} of the executions is known only as a mean over a long time, or in less than " +
      "half of their steps.",
  },
  {
    counts: ["usage.executionsMostlyCarried"],
    of: "executions",
    text: "The use of {share} of the executions is measured in less than half of their steps.",
  },
  {
    counts: ["usage.executionsWithLongGaps"],
    of: "executions",
    text:
      "The measurements of {share} of the executions have gaps of more than an hour: these executions do " +
      "not count as measured.",
  },
  {
    counts: ["usage.stepsCarried"],
    of: "steps",
    text: "{share} of the steps of all executions have no measurement: they repeat the previous one.",
  },
  {
    counts: ["usage.assumedMemory", "assumedMemory"],
    of: "executions",
    text: "The memory use of {share} of the executions is not known and assumed to be their request.",
  },
  {
    counts: ["executions.withoutMemory"],
    of: "executions",
    text:
      "The memory of {share} of the executions is not given: it counts as 0, so that migrations of these " +
      "copy nothing and cost nothing. Give memory or memoryRequest.",
  },
  {
    counts: ["requests.imputedCpuFromGoogle2011", "requests.imputedMemoryFromGoogle2011"],
    of: "executions",
    text:
      "{count} requests (CPU or memory) are missing and cannot be estimated from the trace: they are " +
      "set to medians of Google's cell of 2011, so draw no conclusions from them.",
  },
  {
    counts: ["requests.imputedCpuFromJob", "requests.imputedMemoryFromJob"],
    of: "executions",
    text: "{count} requests (CPU or memory) are missing and taken from other executions of the job.",
  },
  {
    counts: ["requests.imputedCpuFromUse", "requests.imputedMemoryFromUse"],
    of: "executions",
    text: "{count} requests (CPU or memory) are missing and set to the largest use of the execution.",
  },
  {
    counts: ["requests.imputedCpuFromTier", "requests.imputedMemoryFromTier"],
    of: "executions",
    text:
      "{count} requests (CPU or memory) are missing and set to the median of executions of similar " +
      "priority.",
  },
  {
    counts: ["azure.readingsOfNoVm"],
    of: "readings",
    text: "{share} of the readings belong to VMs that are not in vmtable, and are not used.",
  },
  {
    counts: ["opendc.fragmentsOfNoTask"],
    of: "fragments",
    text: "{share} of the fragments belong to no row of tasks, and are not used.",
  },
  {
    counts: ["containers.usageWithoutMeta"],
    of: "rows of container_usage",
    text:
      "{share} of the rows of container_usage belong to containers that are not in container_meta, and " +
      "are not used.",
  },
  {
    counts: ["usage.rowsOfNoExecution"],
    of: "rows of usage",
    text: "{share} of the rows of usage belong to no execution that is kept, and are not used.",
  },
  {
    counts: ["batch.withoutPlan"],
    of: "executions of the trace",
    text: "batch_task has no planned use of {share} of the executions.",
  },
  {
    counts: ["machines.assumedSize", "machines.assumedCapacity"],
    of: "machines",
    text: "The size of {share} of the machines is assumed.",
  },
  {
    counts: [
      "batch.duplicateRows",
      "containers.duplicateRows",
      "azure.duplicateRows",
      "swf.duplicateRows",
      "bitbrains.duplicateRows",
      "opendc.duplicateRows",
      "usage.duplicateRows",
      "lifecycle.duplicateEvents",
    ],
    of: "executions",
    text: "{count} rows are exact duplicates and count only once.",
  },
  {
    counts: ["bitbrains.repeatedTimes"],
    of: "rows of usage",
    text: "{count} rows have the same time as another row of their VM, and are left out: were times rounded?",
  },
  {
    counts: ["background.withoutValue"],
    of: "rows of usage",
    text: "{count} rows of machine_usage have no reading of CPU and memory, and are left out.",
  },
  {
    counts: ["batch.neverRan", "swf.withoutExecutionTime"],
    of: "executions",
    text: "{count} rows describe work that never ran, and are left out.",
  },
  {
    counts: ["batch.zeroLength", "swf.zeroLength", "azure.zeroLength"],
    of: "executions of the trace",
    text:
      "{share} of the executions end at the moment of their start: they are assumed to last half of the " +
      "trace's unit of time.",
  },
  {
    counts: ["usage.zeroLength", "instance_usage.zeroLength", "opendc.zeroLength"],
    of: "executions",
    text: "{count} windows of usage have no length, and are left out.",
  },
  {
    counts: ["batch.edgesInLoops", "swf.edgesInLoops"],
    of: "executions",
    text: "{count} dependencies between tasks are part of a cycle, and are left out.",
  },
  {
    counts: ["azure.misspeltCategories"],
    of: "executions",
    text: "The category of {count} VMs is misspelled, but was recognized.",
  },
  {
    counts: ["azure.otherCategories"],
    of: "executions",
    text: "The category of {count} VMs is none of the published ones: they count as Unknown.",
  },
];

/** The input of the sentences; a workload and the manifest of each result have it. */
export type Described = Pick<Workload, "source" | "provenance">;

/**
 * Returns sentences that a reader must know before trusting the results of a workload: first how much of its
 * usage is measured, then what was assumed, imputed, unused or left out, with shares. Returns no sentence for
 * a generated trace.
 *
 * The counts describe the trace as it was opened; a workload that was narrowed later has the same sentences.
 */
export function describeQuality({ source, provenance }: Described): string[] {
  if (source === "synthetic") return [];
  const report: Report = provenance.report;
  const notes = NOTES.flatMap(({ counts, of, text }) => {
    const count = counts.reduce((sum, name) => sum + (report[name] ?? 0), 0);
    if (count === 0) return [];
    const whole = report[TOTALS[of].find((name) => report[name] !== undefined) ?? ""] ?? NaN;
    const said = count >= whole ? text.replace("{share} of the", "all") : text;
    const filled = said.replace("{count}", String(count)).replace("{share}", share(count, whole));
    return [filled.charAt(0).toUpperCase() + filled.slice(1)];
  });
  return [sayMeasured(provenance), ...notes];
}

type Report = Readonly<Partial<Record<string, number>>>;

/** The names of each total in a report; the first that the report has is used. */
const TOTALS: Readonly<Record<Total, readonly string[]>> = {
  executions: ["executions.kept"],
  "executions of the trace": ["executions.read", "executions.kept"],
  steps: ["usage.steps"],
  "rows of usage": ["usage.rows", "task_usage.rows"],
  readings: ["azure.readings"],
  "rows of container_usage": ["container_usage.rows"],
  fragments: ["opendc.fragments"],
  machines: ["machines.kept"],
};

function sayMeasured({ usage, report }: Provenance): string {
  const counts: Report = report;
  if (usage === "measured") return "CPU use is measured for all executions.";
  if (usage === "modelled") return "CPU use is measured for no execution.";
  const [executions, steps] = [counts["usage.executionsMeasured"], counts["usage.stepsMeasured"]];
  if (executions === undefined || steps === undefined)
    return "CPU use is measured for some of the executions.";
  const [allExecutions, allSteps] = [counts["executions.kept"] ?? NaN, counts["usage.steps"] ?? NaN];
  return (
    `CPU use is measured for ${share(executions, allExecutions)} of the executions, which make ` +
    `${share(steps, allSteps)} of the steps of all executions.`
  );
}

/** Returns a percentage with two significant digits (three above 99 %), never 0 or 100 for a part. */
function share(part: number, whole: number): string {
  const percent = (100 * part) / whole;
  if (!(percent > 0) || percent >= 100) return percent >= 100 ? "100 %" : `${percent} %`;
  if (percent < 0.01) return "less than 0.01 %";
  if (percent > 99.9) return "more than 99.9 %";
  return `${Number(percent.toPrecision(percent > 99 ? 3 : 2))} %`;
}
