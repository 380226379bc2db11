import { performance } from "node:perf_hooks";
import type { ColumnTable } from "arquero";
import { tableCsv } from "../../base/csv.js";
import { InputError } from "../../base/errors.js";
import { didYouMean } from "../../base/nearest.js";
import type { OnProgress } from "../../base/progress.js";
import { refuseTwoSettings, type Setting } from "../../study/deal-settings.js";
import {
  clusterOf,
  findArchitecture,
  jobsOf,
  readHawkTrace,
  schedule,
  schedulesTable,
  type BuiltInArchitecture,
  type Cluster,
  type Jobs,
  type JobsOfOptions,
} from "../../systems/architectures/index.js";
import { readText } from "../../traces/text/read-bytes.js";
import { loadNamed } from "./load.js";
import { withProgress } from "./progress-bar.js";
import { widthOf, type Streams } from "./streams.js";
import { textTable } from "./text-table.js";

/** The options of `schedlab schedule`. */
export interface ScheduleCommandOptions {
  readonly architecture: string;
  readonly machines?: number;
  readonly slots?: number;
  readonly running: NonNullable<JobsOfOptions["running"]>;
  readonly demand: NonNullable<JobsOfOptions["demand"]>;
  readonly overcommit: number;
  readonly steps?: number;
  readonly mode: string;
  readonly set: readonly Setting[];
  readonly seed: number;
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** The columns of the table on a terminal, by the metric's name. */
const SHOWN = {
  "wait p50": "waitToFirstP50",
  p90: "waitToFirstP90",
  p99: "waitToFirstP99",
  "response p50": "responseP50",
  busy: "busyness",
  conflicts: "conflictFraction",
  "messages/task": "messagesPerTask",
  "CPU use": "cpuUse",
  unfinished: "unfinished",
} as const;

/**
 * Schedules the same jobs under each architecture and prints a table with one row for each. Throws InputError
 * for an unknown architecture, mode or parameter, for jobs that cannot be read, and for a task larger than
 * any machine.
 */
export async function printSchedules(
  source: string,
  options: ScheduleCommandOptions,
  { stdout, stderr }: Streams,
): Promise<void> {
  const definitions = architecturesOf(options.architecture);
  const parameters = dealToArchitectures(options.set, definitions);
  const { jobs, cluster, prefill } = HAWK_FILE.test(source)
    ? await readJobs(source, options)
    : await openJobs(source, options, stderr);
  const { seed, mode } = options;
  const made = await withProgress(stderr, (onProgress) =>
    scheduleEach(definitions, onProgress, (definition) =>
      schedulesTable([
        schedule(jobs, cluster, definition, { seed, mode, prefill, parameters: parameters(definition) }),
      ]),
    ),
  );
  const [first, ...others] = made.map(({ row }) => row);
  const table = first.concat(others);
  if (made.some(({ seconds }) => seconds >= LONG)) {
    const times = made.map(({ name, seconds }) => `${name} ${seconds.toFixed(1)} s`);
    stderr.write(`time taken: ${times.join(", ")}\n`);
  }
  if (options.json === true) stdout.write(`${JSON.stringify(table.objects(), null, 2)}\n`);
  else if (options.csv === true) stdout.write(`${tableCsv(table)}\n`);
  else {
    const rows = table.objects() as Record<string, string | number>[];
    stdout.write(
      textTable(
        rows.map((row) => ({
          architecture: row.architecture,
          ...Object.fromEntries(Object.entries(SHOWN).map(([head, name]) => [head, numberOrGap(row[name])])),
        })),
        { width: widthOf(stdout) },
      ),
    );
    const size = `${jobs.ids.length} jobs, ${jobs.duration.length} tasks, ${cluster.cpu.length} machines`;
    stdout.write(`\n${size}, mode ${mode}, seed ${seed}; waits to a job's first task, times in s\n`);
    if (rows.some(({ unfinished }) => Number(unfinished) > 0)) stdout.write(UNFINISHED);
  }
}

/** Files in Hawk's format; what they contain decides whether they are compressed. */
const HAWK_FILE = /\.tr(\.gz|\.zip)?$/i;

const UNFINISHED = `
Some jobs are unfinished: they have tasks without a machine. Waits are of placed
tasks only. More machines help, or more decisions about a job, where the
architecture has them: --set attempts=N, --set attemptsWithoutTask=N.
`;

function architecturesOf(text: string): BuiltInArchitecture[] {
  const names = text.split(",");
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new InputError(`architecture ${twice} is given twice: give it once`);
  return names.map(findArchitecture);
}

/** The time taken is printed where an architecture takes this many seconds. */
const LONG = 1;

interface Made {
  readonly name: string;
  /** The table with one row. The schedule itself is not kept, because many would not fit into memory. */
  readonly row: ColumnTable;
  readonly seconds: number;
}

async function scheduleEach(
  definitions: readonly BuiltInArchitecture[],
  onProgress: OnProgress | undefined,
  work: (definition: BuiltInArchitecture) => ColumnTable,
): Promise<Made[]> {
  const made: Made[] = [];
  for (const definition of definitions) {
    const { name } = definition;
    const progress = { phase: "scheduling", done: made.length, total: definitions.length, item: name };
    onProgress?.({ ...progress, unit: "architectures" });
    // Between two schedules, the bar can be drawn and the program can be interrupted.
    await new Promise(setImmediate);
    const began = performance.now();
    made.push({ name, row: work(definition), seconds: (performance.now() - began) / 1000 });
  }
  return made;
}

/** An architecture without schedulers has no busyness, for example. */
function numberOrGap(value: string | number): string | number | undefined {
  return Number.isNaN(value) ? undefined : value;
}

interface Work {
  readonly jobs: Jobs;
  readonly cluster: Cluster;
  readonly prefill?: Jobs;
}

async function readJobs(
  file: string,
  { machines, slots = 1, steps, running, demand, overcommit }: ScheduleCommandOptions,
): Promise<Work> {
  if (machines === undefined) throw new InputError(`${file} names no machines: give --machines N`);
  if (steps !== undefined || running !== "none" || demand !== "request" || overcommit !== 1)
    throw new InputError(
      `invalid --steps, --running, --demand or --overcommit with ${file}: for traces only`,
    );
  const text = await readText(file);
  try {
    return { jobs: readHawkTrace(text), cluster: clusterOf({ machines, slots }) };
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`${file}: ${error.message}`);
    throw error;
  }
}

async function openJobs(
  trace: string,
  { machines, slots, steps, running, demand, overcommit, seed }: ScheduleCommandOptions,
  stderr: Streams["stderr"],
): Promise<Work> {
  if (slots !== undefined)
    throw new InputError(`invalid --slots with ${trace}: for FILE.tr only, a trace has machines of its own`);
  // A generated trace has as many machines as are wanted; of others, whole jobs are kept.
  const isGenerated = trace.startsWith("synthetic");
  const opened = isGenerated ? (machines ?? "all") : "all";
  const { workload } = await loadNamed(trace, { machines: opened, steps, seed }, stderr, {
    saysQuality: false,
  });
  const kept = isGenerated ? "all" : machines;
  const work = jobsOf(workload, { machines: kept, running, demand, overcommit, seed });
  if (work.jobs.ids.length === 0) throw new InputError(`no job of ${trace} arrives: give more steps`);
  if (work.tooLarge > 0) stderr.write(`${work.tooLarge} tasks are larger than any machine: left out\n`);
  return work;
}

/**
 * Returns a function that gives the parameters of an architecture. A key names a parameter of one or more of
 * them, or (`ARCHITECTURE.KEY`) of one. Throws InputError for a key that none of them has, and for two
 * settings of one parameter.
 */
function dealToArchitectures(
  settings: readonly Setting[],
  definitions: readonly BuiltInArchitecture[],
): (definition: BuiltInArchitecture) => Record<string, number> {
  const keysOf = ({ name, parameters }: BuiltInArchitecture): string[] =>
    Object.keys(parameters).flatMap((key) => [key, `${name}.${key}`]);
  const known = [...new Set(definitions.flatMap(keysOf))];
  for (const { key } of settings)
    if (!known.includes(key))
      throw new InputError(`unknown --set key: ${key}${didYouMean(key, known)}; known: ${known.join(", ")}`);
  refuseTwoSettings(
    settings.map(({ key }) => key),
    definitions.map(({ name, parameters }) => ({ kind: "architecture", name, parameters })),
  );
  return (definition) => {
    const own = keysOf(definition);
    return Object.fromEntries(
      settings
        .filter(({ key }) => own.includes(key))
        .map(({ key, value }) => [key.replace(`${definition.name}.`, ""), value]),
    );
  };
}
