/**
 * Job logs of parallel computers in the Standard Workload Format, version 2.2 (Feitelson, Tsafrir, Krakov,
 * "Experience with using the Parallel Workloads Archive", JPDC 74(10), 2014; the archive's page "The Standard
 * Workload Format"). A log has header comments that begin with a semicolon, then one line per job with 18
 * numbers; -1 means that a value is not known.
 */
import { basename } from "node:path";
import { InputError } from "../../base/errors.js";
import { tabulateDependencies, type DependentTask } from "../../workload/dependencies.js";
import { add, type Counts } from "../../workload/build/counts.js";
import { createExecutionsBuilder } from "../../workload/build/executions.js";
import { createTaskKeys } from "../../workload/build/task-keys.js";
import { describePath, fileAt, listFiles } from "../text/find-tables.js";
import { readTable } from "../text/read-table.js";
import type { Row, Schema } from "../text/row.js";
import { generateHosts, hostCount, hostsNeeded } from "../../workload/build/hosts.js";
import { inputOf, type InputFile } from "../../workload/inputs.js";
import { buildObserved } from "../../workload/build/observed.js";
import { createWindowsBuilder } from "../../workload/build/usage-rows.js";
import type { OpenOptions } from "../../workload/open-options.js";
import { OUTCOME, STEP_MICROSECONDS, type Workload } from "../../workload/workload.js";

/** Larger jobs, in processors and in nodes, are mistakes: the largest machines have fewer. */
const MOST_PROCESSORS = 20_000_000;
const MOST_NODES = 200_000;

/**
 * The columns in order. Of those after the eleventh, only one is used; the others are only checked to be
 * numbers. Aliases are the names in tables that somebody saved again.
 */
const SCHEMA: Schema = [
  { name: "Job Number", aliases: ["job id", "job", "id"], type: "integer", mandatory: true, min: 0 },
  { name: "Submit Time", aliases: ["submit"], type: "float", mandatory: true, min: -1 },
  { name: "Wait Time", aliases: ["wait"], type: "float", mandatory: true, min: -1 },
  { name: "Run Time", aliases: ["run"], type: "float", mandatory: true, min: -1 },
  {
    name: "Number of Allocated Processors",
    aliases: ["allocated processors", "used proc"],
    type: "float",
    mandatory: true,
    min: -1,
    max: MOST_PROCESSORS,
  },
  {
    name: "Average CPU Time Used",
    aliases: ["average cpu time", "avg cpu time used", "avg cpu time", "used ave cpu"],
    type: "float",
    mandatory: true,
  },
  { name: "Used Memory", aliases: ["used mem"], type: "float", mandatory: true },
  {
    name: "Requested Number of Processors",
    aliases: ["requested processors", "req proc"],
    type: "float",
    mandatory: true,
    min: -1,
    max: MOST_PROCESSORS,
  },
  { name: "Requested Time", aliases: ["req time"], type: "float", mandatory: true },
  { name: "Requested Memory", aliases: ["req mem"], type: "float", mandatory: true },
  { name: "Status", type: "float", mandatory: true, min: -1 },
  { name: "User ID", aliases: ["cluster id"], type: "float", mayLack: true },
  { name: "Group ID", aliases: ["cluster job id"], type: "float", mayLack: true },
  {
    name: "Executable (Application) Number",
    aliases: ["application id", "executable number", "num exe"],
    type: "float",
    mayLack: true,
  },
  { name: "Queue Number", aliases: ["queue id", "num queue"], type: "float", mayLack: true },
  { name: "Partition Number", aliases: ["partition id", "num part"], type: "float", mayLack: true },
  {
    name: "Preceding Job Number",
    aliases: ["preceding job id", "num pre"],
    type: "float",
    mandatory: true,
  },
  { name: "Think Time from Preceding Job", aliases: ["think time"], type: "float", mayLack: true },
];
const COLUMN = {
  job: 0,
  submit: 1,
  wait: 2,
  execution: 3,
  processors: 4,
  cpu: 5,
  memory: 6,
  asked: 7,
  askedMemory: 9,
  status: 10,
  preceding: 16,
} as const;

/** Times are whole seconds: an execution of 0 s is taken to last half a second. */
const SHORTEST = 0.5;
/** In the tier of best-effort batch: see `tierOf`. */
const PRIORITY = 2;

interface Job {
  readonly number: number;
  /** Seconds. */
  readonly submit: number;
  readonly start: number;
  readonly seconds: number;
  readonly processors: number;
  /** Fraction of its processors' time that it used; NaN if not known. */
  readonly busy: number;
  /** KB per processor; NaN if not known. */
  readonly usedMemory: number;
  readonly askedMemory: number;
  readonly outcome: number;
  readonly preceding: number;
}

interface Log {
  readonly jobs: Job[];
  /** Values of header lines "; Key: number". */
  readonly header: Map<string, number>;
}

/**
 * Opens a log in the Standard Workload Format: a file, or a folder that holds one. The reference machine is
 * one node. A job on p processors becomes ceil(p / processors of a node) best-effort executions that begin
 * and end together. Each has the processors of one node; the last has the remaining ones. The simulator
 * starts and moves each on its own (no gang scheduling). Jobs that wait for another job are kept in
 * `dependencies`.
 *
 * The logs lack: the placement of jobs (no execution has a machine; we generate equal nodes, as many as
 * MaxNodes in the header, or as many as the log's peak needs); how the use of a job changes in time (we take
 * the mean over the job; if it is not known, we assume that processors are always busy, because jobs do not
 * share them); and, in most logs, memory (a node is assumed to have the largest memory of any execution; if
 * no job gives memory, memory is proportional to processors). The report counts skipped rows and assumptions
 * under "swf.".
 * @throws InputError with file, line and column for a row that is not 18 numbers or is invalid.
 */
export async function openSwf(path: string, options: OpenOptions = {}): Promise<Workload> {
  const { onError = "fail", onProgress } = options;
  const file = await logAt(path);
  const counts: Counts = {};
  const name = basename(file);
  onProgress?.({ phase: "reading jobs", done: 0, total: 1, unit: "files" });
  const { log, input } = await readLog(file, name, onError, counts);
  const processors = processorsOfNode(log);
  const memory = memoryOfNode(log, processors);
  const tasks = createTaskKeys();
  const executions = createExecutionsBuilder();
  const windows = createWindowsBuilder();
  const assumed = new Set<number>();
  for (const job of log.jobs) {
    for (const part of nodesOf(job, processors)) {
      const task = tasks.number(BigInt(job.number), part.index);
      const held = memory.share(job.usedMemory, part.share);
      const [start, end] = [job.start * 1e6, (job.start + job.seconds) * 1e6];
      executions.push({
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
  add(counts, "swf.edgesInLoops", dependencies.loops);
  const rows = executions.finish();
  const usual = log.header.get("MaxNodes") ?? hostsNeeded(rows);
  const first = log.jobs.reduce((least, { submit }) => Math.min(least, submit), Infinity);
  const last = log.jobs.reduce((most, { start, seconds }) => Math.max(most, start + seconds), 0);
  return buildObserved(
    {
      source: "swf",
      origin: Math.floor((first * 1e6) / STEP_MICROSECONDS) * STEP_MICROSECONDS || 0,
      last: last * 1e6,
      tasks: tasks.finish(),
      executions: rows,
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

/** Returns the log at a path, or the only log in the folder at this path. */
async function logAt(path: string): Promise<string> {
  if ((await fileAt(path)) !== undefined) return path;
  const logs = (await listFiles(path)).filter(({ base }) => /\.swf(\.|$)/i.test(base));
  if (logs.length === 1) return logs[0].path;
  const found =
    logs.length === 0 ? "has no .swf file" : `has several logs, ${logs.map(({ name }) => name).join(", ")}`;
  throw new InputError(`${describePath(path)} ${found}; give one log`);
}

/** Returns the parts of a job, one per node, with the share of the node's processors that they take. */
function nodesOf({ number, processors: used }: Job, processors: number): { index: number; share: number }[] {
  const nodes = Math.ceil(used / processors);
  if (nodes > MOST_NODES)
    throw new InputError(
      `job ${number} of this SWF log has ${used} processors, ${nodes} nodes of ${processors}, more than ` +
        `${MOST_NODES}: correct its row, or MaxNodes and MaxProcs in the header`,
    );
  return Array.from({ length: nodes }, (_, index) => ({
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
  const header = new Map<string, number>();
  const jobs = new Map<number, Job>();
  for (const what of COUNTED) add(counts, `swf.${what}`, 0);
  const visit = (row: Row): void => {
    const job = jobOf(row);
    const twin = jobs.get(job.number);
    if (twin !== undefined) {
      if (JSON.stringify(twin) !== JSON.stringify(job))
        row.reject(COLUMN.job, "is the number of an earlier job with other values");
      add(counts, "swf.duplicateRows");
      return;
    }
    if (row.numbers[COLUMN.wait] < 0) add(counts, "swf.unknownWait");
    if (row.numbers[COLUMN.execution] === 0) add(counts, "swf.zeroLength");
    if (Number.isNaN(job.busy)) add(counts, "swf.assumedBusy");
    jobs.set(job.number, job);
  };
  const summary = await readTable(file, SCHEMA, visit, {
    name,
    onError,
    delimiters: ["space", ",", ";", "\t"],
    trim: true,
    isComment: (line) => isComment(line, header),
    leaveOut: (textOf) => {
      const reason = reasonToLeaveOut((column) => Number(textOf(column)));
      if (reason !== undefined) add(counts, `swf.${reason}`);
      return reason !== undefined;
    },
  });
  add(counts, "swf.rows", summary.rows);
  add(counts, "swf.skippedRows", summary.skippedRows);
  // The order of lines must have no effect.
  const log = { jobs: [...jobs.values()].sort((a, b) => a.number - b.number), header };
  return { log, input: inputOf(name, summary) };
}

const COUNTED = [
  "withoutExecutionTime",
  "withoutProcessors",
  "partialExecutions",
  "zeroLength",
  "duplicateRows",
  "unknownWait",
  "assumedBusy",
];

/**
 * Returns whether a line is a comment; stores the value of a comment such as "; MaxNodes: 100" in `header`.
 */
function isComment(line: string, header: Map<string, number>): boolean {
  if (!line.trimStart().startsWith(";")) return false;
  const found = /^\s*;\s*(\w+):\s*(\d+)\s*$/.exec(line);
  if (found !== null) header.set(found[1], Number(found[2]));
  return true;
}

/**
 * Returns why a line is not an execution; undefined if it is one. The other columns of such a line may hold
 * anything, even the submit time.
 */
function reasonToLeaveOut(value: (column: number) => number): string | undefined {
  const [execution, used, asked, status] = [
    COLUMN.execution,
    COLUMN.processors,
    COLUMN.asked,
    COLUMN.status,
  ].map(value);
  // A job in several parts has one line for the whole job, with status 0, 1 or 5, and one line for each part.
  if (status >= 2 && status <= 4) return "partialExecutions";
  // With an execution time of 0, an execution with allocated processors lasted less than a second; a job
  // without them was cancelled while it waited.
  if (execution < 0 || (execution === 0 && !(used > 0))) return "withoutExecutionTime";
  return used <= 0 && asked <= 0 ? "withoutProcessors" : undefined;
}

function jobOf(row: Row): Job {
  const { numbers } = row;
  const submit = numbers[COLUMN.submit];
  if (submit < 0) row.reject(COLUMN.submit, "is below 0");
  const used = numbers[COLUMN.processors];
  const seconds = Math.max(numbers[COLUMN.execution], SHORTEST);
  const status = numbers[COLUMN.status];
  return {
    number: numbers[COLUMN.job],
    submit,
    start: submit + Math.max(0, numbers[COLUMN.wait]),
    seconds,
    processors: Math.ceil(used > 0 ? used : numbers[COLUMN.asked]),
    busy: Math.min(1, positive(numbers[COLUMN.cpu]) / seconds),
    usedMemory: positive(numbers[COLUMN.memory]),
    askedMemory: positive(numbers[COLUMN.askedMemory]),
    outcome: status === 0 ? OUTCOME.fail : status === 5 ? OUTCOME.kill : OUTCOME.finish,
    preceding: numbers[COLUMN.preceding],
  };
}

/** Returns NaN for a value that is not known (-1). */
function positive(value: number): number {
  return value >= 0 ? value : NaN;
}

function processorsOfNode({ header }: Log): number {
  const nodes = header.get("MaxNodes") ?? 0;
  const processors = header.get("MaxProcs") ?? 0;
  return nodes > 0 && processors > nodes ? Math.ceil(processors / nodes) : 1;
}

/**
 * Returns a function that gives the share of a node's memory that an execution takes, from KB per processor
 * and the execution's share of the node's processors.
 */
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
