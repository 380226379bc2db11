/** How good the data of a workload is: what was measured, and what was assumed, imputed or left out. */
import type { Provenance, Workload } from "./workload.js";

/** What a share is a share of. */
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
 * Counts of the report, added up, as a share of a total; `{share}` and `{count}` stand for them in the
 * sentence.
 */
interface Note {
  readonly counts: readonly string[];
  readonly of: Total;
  readonly text: string;
}

/**
 * In the order in which they are said: use, requests, tables that do not fit together, machines, what was
 * left out.
 */
const NOTES: readonly Note[] = [
  {
    counts: ["usage.executionsModelled"],
    of: "executions",
    text:
      "The use of {share} of the executions is modelled after Google's trace of 2011, as no row tells " +
      "it.",
  },
  {
    counts: ["batch.useOfPlan"],
    of: "executions of the trace",
    text:
      "The use of {share} of the executions is what they planned (batch_instance is not here), on " +
      "machines that are not known.",
  },
  {
    counts: ["azure.withoutReadings"],
    of: "executions of the trace",
    text: "The use of {share} of the executions is the mean over their life, as they have no readings.",
  },
  {
    counts: ["swf.assumedBusy"],
    of: "executions of the trace",
    text: "Of {count} jobs the CPU time is not known: their processors are assumed to be busy throughout.",
  },
  {
    counts: ["executions.withoutMachine"],
    of: "executions",
    text: "Of {share} of the executions the trace does not say on which machine they were.",
  },
  {
    counts: ["machines.generated"],
    of: "machines",
    text: "The trace names no machines: {count} are generated, all alike.",
  },
  {
    counts: ["usage.executionsOfFewWindows"],
    of: "executions",
    text:
      "Of {share} of the executions the use is known as a mean over a long time, or in less than half of " +
      "their steps.",
  },
  {
    counts: ["usage.executionsMostlyCarried"],
    of: "executions",
    text: "Of {share} of the executions the use is measured in less than half of their steps.",
  },
  {
    counts: ["usage.executionsWithLongGaps"],
    of: "executions",
    text:
      "Measurements of {share} of the executions have gaps of more than an hour, and are not called " +
      "measured.",
  },
  {
    counts: ["usage.stepsCarried"],
    of: "steps",
    text: "In {share} of the steps of all executions no measurement lies: the last one before is carried on.",
  },
  {
    counts: ["usage.assumedMemory", "assumedMemory"],
    of: "executions",
    text: "The memory in use of {share} of the executions is not known and taken to be what they request.",
  },
  {
    counts: ["requests.imputedCpuFromGoogle2011", "requests.imputedMemoryFromGoogle2011"],
    of: "executions",
    text:
      "{count} requests (CPU or memory) are missing and nothing in the trace tells them: they " +
      "are medians of Google's cell of 2011, so do not read anything into them.",
  },
  {
    counts: ["requests.imputedCpuFromJob", "requests.imputedMemoryFromJob"],
    of: "executions",
    text: "{count} requests (CPU or memory) are missing and taken from other executions of the job.",
  },
  {
    counts: ["requests.imputedCpuFromUse", "requests.imputedMemoryFromUse"],
    of: "executions",
    text: "{count} requests (CPU or memory) are missing and taken to be the largest use of the execution.",
  },
  {
    counts: ["requests.imputedCpuFromTier", "requests.imputedMemoryFromTier"],
    of: "executions",
    text:
      "{count} requests (CPU or memory) are missing and taken from executions of like priority (the " +
      "median).",
  },
  {
    counts: ["azure.readingsOfNoVm"],
    of: "readings",
    text: "Of the readings {share} are of VMs that are not in vmtable, and are not used.",
  },
  {
    counts: ["opendc.fragmentsOfNoTask"],
    of: "fragments",
    text: "Of the fragments {share} are of no row of tasks, and are not used.",
  },
  {
    counts: ["containers.usageWithoutMeta"],
    of: "rows of container_usage",
    text:
      "Of the rows of container_usage {share} are of containers that are not in container_meta, and are " +
      "not used.",
  },
  {
    counts: ["usage.rowsOfNoExecution"],
    of: "rows of usage",
    text: "Of the rows of usage {share} are of no execution that is kept, and are not used.",
  },
  {
    counts: ["batch.withoutPlan"],
    of: "executions of the trace",
    text: "Of {share} of the executions batch_task tells no plan.",
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
    text: "{count} rows are there twice and count once.",
  },
  {
    counts: ["bitbrains.repeatedTimes"],
    of: "rows of usage",
    text: "{count} rows have the time of another row of their VM, and are left out: did times lose digits?",
  },
  {
    counts: ["background.withoutValue"],
    of: "rows of usage",
    text: "{count} rows of machine_usage have no reading of CPU and memory, and are left out.",
  },
  {
    counts: ["batch.neverRan", "swf.withoutExecutionTime"],
    of: "executions",
    text: "{count} rows tell of work that never ran, and are left out.",
  },
  {
    counts: ["batch.zeroLength", "swf.zeroLength", "azure.zeroLength"],
    of: "executions of the trace",
    text:
      "Of {share} of the executions the end is the moment of the beginning: they are taken to last " +
      "half of the trace's unit of time.",
  },
  {
    counts: ["usage.zeroLength", "instance_usage.zeroLength", "opendc.zeroLength"],
    of: "executions",
    text: "{count} windows of usage have no length, and are left out.",
  },
  {
    counts: ["batch.edgesInLoops", "swf.edgesInLoops"],
    of: "executions",
    text: "{count} orders between tasks lead back to where they began, and are left out.",
  },
  {
    counts: ["azure.misspeltCategories"],
    of: "executions",
    text: "The category of {count} VMs is spelled otherwise than published, and understood.",
  },
  {
    counts: ["azure.otherCategories"],
    of: "executions",
    text: "The category of {count} VMs is none of the published ones: they count as Unknown.",
  },
];

/** What the sentences are made of: a workload has it, and so has the manifest of each result. */
export type Described = Pick<Workload, "source" | "provenance">;

/**
 * Returns what is to be known of the data of a workload before its figures are believed, each as a sentence:
 * first how much of its use is measured, then what was assumed, imputed, unused or left out, with shares.
 * Nothing for a generated trace.
 *
 * The counts are those of the trace as it was opened; a workload that was narrowed afterwards has the
 * sentences of the whole.
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

/** Where the report counts the whole: the first that it has. */
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

/** In per cent, with two digits that mean something; never 0 nor 100 for a part. */
function share(part: number, whole: number): string {
  const percent = (100 * part) / whole;
  if (!(percent > 0) || percent >= 100) return percent >= 100 ? "100 %" : `${percent} %`;
  if (percent < 0.01) return "less than 0.01 %";
  if (percent > 99.9) return "more than 99.9 %";
  return `${Number(percent.toPrecision(percent > 99 ? 3 : 2))} %`;
}
