/**
 * Job logs of parallel computers in the Standard Workload Format, version 2.2 (Feitelson, Tsafrir, Krakov,
 * "Experience with using the Parallel Workloads Archive", JPDC 74(10), 2014; the archive's page "The Standard
 * Workload Format"). A log has header comments that begin with a semicolon, then one line per job with 18
 * numbers; -1 means that a value is not known.
 */
import { basename } from "node:path";
import { InputError } from "../../base/errors.js";
import { add, type Counts } from "../../workload/build/counts.js";
import { createExecutionsBuilder } from "../../workload/build/executions.js";
import { generateHosts, hostCount, hostsNeeded } from "../../workload/build/hosts.js";
import { buildObserved } from "../../workload/build/observed.js";
import { createTaskKeys } from "../../workload/build/task-keys.js";
import { createWindowsBuilder } from "../../workload/build/usage-rows.js";
import { tabulateDependencies, type DependentTask } from "../../workload/dependencies.js";
import type { OpenOptions } from "../../workload/open-options.js";
import { STEP_MICROSECONDS, type Workload } from "../../workload/workload.js";
import { describePath, fileAt, listFiles } from "../text/find-tables.js";
import { readLog, type Job, type Log } from "./read-log.js";

/** Jobs on more nodes are mistakes: the largest machines have fewer. */
const MOST_NODES = 200_000;
/** In the tier of best-effort batch: see `tierOf`. */
const PRIORITY = 2;

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
