import { readFile } from "node:fs/promises";
import { InputError, messageOf } from "../../base/errors.js";
import { didYouMean } from "../../base/nearest.js";
import type { Setting } from "../../study/deal-settings.js";
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
import { loadNamed } from "./load.js";
import { widthOf, type Streams } from "./streams.js";
import { textTable } from "./text-table.js";

/** The options of `schedlab schedule`. */
export interface ScheduleCommandOptions {
  readonly architecture: string;
  readonly machines?: number;
  readonly slots: number;
  readonly running: NonNullable<JobsOfOptions["running"]>;
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
  const definitions = [...new Set(options.architecture.split(","))].map(findArchitecture);
  const parameters = dealToArchitectures(options.set, definitions);
  const { jobs, cluster, prefill } = source.endsWith(".tr")
    ? await readJobs(source, options)
    : await openJobs(source, options, stderr);
  const { seed, mode } = options;
  const table = schedulesTable(
    definitions.map((definition) =>
      schedule(jobs, cluster, definition, { seed, mode, prefill, parameters: parameters(definition) }),
    ),
  );
  if (options.json === true) stdout.write(`${JSON.stringify(table.objects(), null, 2)}\n`);
  else if (options.csv === true) stdout.write(`${table.toCSV()}\n`);
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
  }
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
  { machines, slots, steps, running }: ScheduleCommandOptions,
): Promise<Work> {
  if (machines === undefined) throw new InputError(`${file} names no machines: give --machines N`);
  if (steps !== undefined || running !== "none")
    throw new InputError(`invalid --steps or --running with ${file}: they are for traces`);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new InputError(`cannot read ${file}: ${messageOf(error)}`);
  }
  try {
    return { jobs: readHawkTrace(text), cluster: clusterOf({ machines, slots }) };
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`${file}: ${error.message}`);
    throw error;
  }
}

async function openJobs(
  trace: string,
  { machines, steps, running, seed }: ScheduleCommandOptions,
  stderr: Streams["stderr"],
): Promise<Work> {
  // A generated trace has as many machines as are wanted; of others, whole jobs are kept.
  const isGenerated = trace.startsWith("synthetic");
  const opened = isGenerated ? (machines ?? "all") : "all";
  const { workload } = await loadNamed(trace, { machines: opened, steps, seed }, stderr, {
    saysQuality: false,
  });
  const work = jobsOf(workload, { machines: isGenerated ? "all" : machines, running, seed });
  if (work.jobs.ids.length === 0) throw new InputError(`no job of ${trace} arrives: give more steps`);
  if (work.tooLarge > 0) stderr.write(`${work.tooLarge} tasks are larger than any machine: left out\n`);
  return work;
}

/**
 * Returns a function that gives the parameters of an architecture. A key names a parameter of one or more of
 * them, or (`ARCHITECTURE.KEY`) of one. Throws InputError for a key that none of them has.
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
  return (definition) => {
    const own = keysOf(definition);
    return Object.fromEntries(
      settings
        .filter(({ key }) => own.includes(key))
        .map(({ key, value }) => [key.replace(`${definition.name}.`, ""), value]),
    );
  };
}
