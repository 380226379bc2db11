/**
 * Job logs of parallel computers in the Standard Workload Format, version 2.2 (Feitelson, Tsafrir, Krakov, "Experience with using the
 * Parallel Workloads Archive", JPDC 74(10), 2014; the archive's page "The Standard Workload Format"): header comments that begin with a
 * semicolon, then a line a job with 18 numbers, -1 for what is not known.
 */
import { basename } from "node:path";
import { tabulateDependencies, type DependentTask } from "./dependencies.js";
import { parseFloating, parseInteger } from "./csv-values.js";
import { add, type Counts } from "./google2011/counts.js";
import { createRunsBuilder } from "./google2011/runs.js";
import { createTaskKeys } from "./task-keys.js";
import { generateHosts, hostCount, hostsNeeded } from "./hosts.js";
import { inputOf, type InputFile } from "./inputs.js";
import { BadRow, badValue, readLines, take } from "./lines.js";
import { buildObserved, createWindowsBuilder } from "./observed.js";
import type { OpenOptions } from "./options.js";
import { OUTCOME, type Workload } from "./workload.js";

/** The columns in order; the text of those that are not listed in READ is checked to be a number and not used. */
const COLUMNS = [
  "Job Number",
  "Submit Time",
  "Wait Time",
  "Run Time",
  "Number of Allocated Processors",
  "Average CPU Time Used",
  "Used Memory",
  "Requested Number of Processors",
  "Requested Time",
  "Requested Memory",
  "Status",
  "User ID",
  "Group ID",
  "Executable (Application) Number",
  "Queue Number",
  "Partition Number",
  "Preceding Job Number",
  "Think Time from Preceding Job",
] as const;
const COLUMN = {
  job: 0,
  submit: 1,
  wait: 2,
  run: 3,
  processors: 4,
  cpu: 5,
  memory: 6,
  asked: 7,
  askedMemory: 9,
  status: 10,
  preceding: 16,
} as const;

const STEP = 300e6;
/** Best-effort batch: see `tierOf`. */
const PRIORITY = 2;

interface Job {
  readonly number: number;
  /** Seconds. */
  readonly submit: number;
  readonly start: number;
  readonly seconds: number;
  readonly processors: number;
  /** Share of its processors' time that it computed, NaN where unknown. */
  readonly busy: number;
  /** KB a processor, NaN where unknown. */
  readonly usedMemory: number;
  readonly askedMemory: number;
  readonly outcome: number;
  readonly preceding: number;
}

interface Log {
  readonly jobs: Job[];
  /** Values of "; Key: number" in the header. */
  readonly header: Map<string, number>;
}

/**
 * Opens a log in the Standard Workload Format (`.swf` or `.swf.gz`). The reference machine is one node. A job on p processors becomes
 * ceil(p / processors of a node) best-effort runs that begin and end together, each with the processors of one node, the last with the
 * rest; the simulator starts and moves each on its own (no gang scheduling). Jobs that wait for another are kept in `dependencies`.
 *
 * What the logs lack: where a job ran (no run has a machine; nodes are alike, as many as the header's MaxNodes says, else as the log's
 * peak needs), how its use changes in time (the mean over the job throughout; where that is unknown, processors are assumed busy: they
 * are not shared) and, mostly, memory (a node's is assumed to be the largest that any run has there; without any, memory follows processors).
 * The report counts what was skipped and assumed under "swf.".
 * @throws InputError naming file, line and column for a row that is not 18 numbers or makes no sense.
 */
export async function openSwf(file: string, options: OpenOptions = {}): Promise<Workload> {
  const { onError = "fail", onProgress } = options;
  const counts: Counts = {};
  const name = basename(file);
  onProgress?.({ phase: "reading jobs", done: 0, total: 1, unit: "files" });
  const { log, input } = await readLog(file, name, onError, counts);
  const processors = processorsOfNode(log);
  const memory = memoryOfNode(log, processors);
  const tasks = createTaskKeys();
  const runs = createRunsBuilder();
  const windows = createWindowsBuilder();
  const assumed = new Set<number>();
  for (const job of log.jobs) {
    for (const part of nodesOf(job, processors)) {
      const task = tasks.number(BigInt(job.number), part.index);
      const held = memory.share(job.usedMemory, part.share);
      const [start, end] = [job.start * 1e6, (job.start + job.seconds) * 1e6];
      runs.push({
        task,
        submit: job.submit * 1e6,
        start,
        end,
        outcome: job.outcome,
        machine: -1n,
        priority: PRIORITY,
        schedulingClass: 0,
        cpu: part.share,
        memory: memory.share(job.askedMemory, part.share) || held || part.share,
      });
      if (Number.isNaN(job.busy)) assumed.add(task);
      windows.push(task, start, end, part.share * (Number.isNaN(job.busy) ? 1 : job.busy), held);
    }
  }
  const dependencies = tabulateDependencies(log.jobs.map((job) => dependentTask(job, processors)));
  add(counts, "swf.unknownPrecedingJobs", dependencies.missing);
  const rows = runs.finish();
  const usual = log.header.get("MaxNodes") ?? hostsNeeded(rows);
  const first = log.jobs.reduce((least, { submit }) => Math.min(least, submit), Infinity);
  const last = log.jobs.reduce((most, { start, seconds }) => Math.max(most, start + seconds), 0);
  return buildObserved(
    {
      source: "swf",
      origin: Math.floor((first * 1e6) / STEP) * STEP || 0,
      last: last * 1e6,
      tasks: tasks.finish(),
      runs: rows,
      windows: windows.finish(),
      assumed,
      machines: generateHosts(hostCount(options, "swf", usual)),
      areGenerated: true,
      dependencies: dependencies.columns,
      inputs: [input],
      counts,
    },
    options,
  );
}

/** The parts of a job, a node each, with the share of the node's processors that they take. */
function nodesOf({ processors: used }: Job, processors: number): { index: number; share: number }[] {
  return Array.from({ length: Math.ceil(used / processors) }, (_, index) => ({
    index,
    share: Math.min(processors, used - index * processors) / processors,
  }));
}

function dependentTask({ number, processors: used, preceding }: Job, processors: number): DependentTask {
  return {
    key: `${number}`,
    job: BigInt(number),
    firstIndex: 0,
    instances: Math.ceil(used / processors),
    after: preceding > 0 ? [`${preceding}`] : [],
  };
}

async function readLog(
  file: string,
  name: string,
  onError: "fail" | "skip",
  counts: Counts,
): Promise<{ log: Log; input: InputFile }> {
  const log: Log = { jobs: [], header: new Map() };
  const seen = new Set<number>();
  for (const reason of ["withoutRunTime", "withoutProcessors", "partialExecutions"])
    add(counts, `swf.${reason}`, 0);
  for (const what of ["unknownWait", "assumedBusy"]) add(counts, `swf.${what}`, 0);
  const summary = await readLines(
    file,
    (line) => {
      if (line.trim() === "") return false;
      if (line.trimStart().startsWith(";")) {
        const found = /^\s*;\s*(\w+):\s*(\d+)\s*$/.exec(line);
        if (found !== null) log.header.set(found[1], Number(found[2]));
        return false;
      }
      const job = parseJob(line, counts);
      if (job === undefined) return true;
      if (seen.has(job.number))
        throw badValue(COLUMNS[COLUMN.job], job.number, "is the number of an earlier job, too");
      seen.add(job.number);
      log.jobs.push(job);
      return true;
    },
    { name, onError },
  );
  add(counts, "swf.rows", summary.rows);
  add(counts, "swf.skippedRows", summary.skippedRows);
  // The order of lines must leave no mark.
  log.jobs.sort((a, b) => a.number - b.number);
  return { log, input: inputOf(name, summary) };
}

/** Returns the job of a line, undefined where the line says that nothing ran, which is counted. */
function parseJob(line: string, counts: Counts): Job | undefined {
  const texts = line.trim().split(/\s+/);
  if (texts.length !== COLUMNS.length)
    throw new BadRow("the whole line", `has ${texts.length} columns instead of ${COLUMNS.length}`);
  const values = texts.map((text, i) => take(COLUMNS[i], text, parseFloating(text)));
  const value = (column: number, least: number): number => {
    if (values[column] < least) throw badValue(COLUMNS[column], texts[column], `is below ${least}`);
    return values[column];
  };
  const number = take(COLUMNS[COLUMN.job], texts[COLUMN.job], parseInteger(texts[COLUMN.job]));
  value(COLUMN.job, 0);
  const submit = value(COLUMN.submit, 0);
  const wait = value(COLUMN.wait, -1);
  const seconds = value(COLUMN.run, -1);
  const used = value(COLUMN.processors, -1);
  const processors = used > 0 ? used : value(COLUMN.asked, -1);
  const status = value(COLUMN.status, -1);
  // A job in several parts has a line for the whole, with status 0, 1 or 5, and one for each part.
  const nothing = reasonToSkip(status, seconds, processors);
  if (nothing !== undefined) {
    add(counts, `swf.${nothing}`);
    return undefined;
  }
  const whole = Math.ceil(processors);
  const busy = positive(values[COLUMN.cpu]) / seconds;
  if (wait < 0) add(counts, "swf.unknownWait");
  if (Number.isNaN(busy)) add(counts, "swf.assumedBusy");
  return {
    number,
    submit,
    start: submit + Math.max(0, wait),
    seconds,
    processors: whole,
    busy: Math.min(1, busy),
    usedMemory: positive(values[COLUMN.memory]),
    askedMemory: positive(values[COLUMN.askedMemory]),
    outcome: status === 0 ? OUTCOME.fail : status === 5 ? OUTCOME.kill : OUTCOME.finish,
    preceding: values[COLUMN.preceding],
  };
}

function reasonToSkip(status: number, seconds: number, processors: number): string | undefined {
  if (status >= 2 && status <= 4) return "partialExecutions";
  if (seconds <= 0) return "withoutRunTime";
  return processors <= 0 ? "withoutProcessors" : undefined;
}

/** NaN where the log does not say (-1). */
function positive(value: number): number {
  return value >= 0 ? value : NaN;
}

function processorsOfNode({ header }: Log): number {
  const nodes = header.get("MaxNodes") ?? 0;
  const processors = header.get("MaxProcs") ?? 0;
  return nodes > 0 && processors > nodes ? Math.ceil(processors / nodes) : 1;
}

/** How much of a node's memory a run holds, given KB a processor and its share of the node's processors. */
function memoryOfNode(
  { jobs }: Log,
  processors: number,
): { share: (kilobytes: number, share: number) => number } {
  const most = jobs.reduce((largest, { usedMemory, askedMemory, processors: used }) => {
    const a = Math.min(used, processors);
    return Math.max(largest, (usedMemory || 0) * a, (askedMemory || 0) * a);
  }, 0);
  return { share: (kilobytes, share) => (most > 0 ? (kilobytes * share * processors) / most : NaN) };
}
