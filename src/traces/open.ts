import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describeValue, InputError } from "../base/errors.js";
import { refuseUnknownKeys } from "../base/known-keys.js";
import { loadWorkload } from "../workload/arrow/arrow.js";
import { findFault } from "../workload/check.js";
import { openCached } from "./cache/open-cached.js";
import { applyLcRule, keepMachines, keepSteps } from "../workload/narrow.js";
import { OPEN_KEYS, type OpenOptions } from "../workload/open-options.js";
import { shareWorkload } from "../workload/share-workload.js";
import { chooseMachines, usualMachines } from "../workload/subset.js";
import { TABLES_OF } from "./table-names.js";
import { generateWorkload } from "./synthetic/generate.js";
import { parseSyntheticOptions } from "./synthetic/spec.js";
import { parseTrace, type FolderFormat, type TraceSpec } from "./trace-spec.js";
import type { Workload } from "../workload/workload.js";

type Reader = (folder: string, options: OpenOptions) => Promise<Workload>;

/** Each reader is loaded when it is needed: together they take longer to load than a small run does. */
const FOLDER_READERS: Readonly<Record<FolderFormat, () => Promise<Reader>>> = {
  google2011: async () => (await import("./google2011/open.js")).openGoogle2011,
  google2019: async () => (await import("./google2019/open.js")).openGoogle2019,
  alibaba2018: async () => (await import("./alibaba2018/open.js")).openAlibaba2018,
  azure2019: async () => (await import("./azure2019.js")).openAzure2019,
  bitbrains: async () => (await import("./bitbrains.js")).openBitbrains,
  opendc: async () => (await import("./opendc.js")).openOpenDc,
  planetlab: async () => (await import("./planetlab.js")).openPlanetLab,
};

/**
 * Opens or generates the trace of a specification (see `parseTrace`). A `.arrow` file is opened as it was
 * saved, then reduced to `machines`, `shape`, `steps` or `lcRule` if these are given. For the meaning of the
 * options, see `generateWorkload`, `loadWorkload` and the reader of each format (`openGoogle2011`,
 * `openPlanetLab`, `openSwf`, ...).
 * @throws InputError for an unknown format or option, and the errors of the format's reader.
 */
export async function openWorkload(spec: string, options: OpenOptions = {}): Promise<Workload> {
  refuseUnknownKeys(options, OPEN_KEYS, "option of openWorkload");
  const { cache = true } = options as { readonly cache?: unknown };
  if (typeof cache !== "boolean")
    throw new InputError(`cache is ${describeValue(cache)}: give true or false`);
  return openTrace(spec, options);
}

/**
 * Like `openWorkload`, but with the columns in memory that all threads of the process can read. Keep the
 * workload until the process ends (see base/columns/shared-column.ts). If it is not a saved workload, it is
 * in memory twice until the next garbage collection.
 */
export async function openShared(spec: string, options: OpenOptions = {}): Promise<Workload> {
  return shareWorkload(await openTrace(spec, options, { shared: true }));
}

/** Opens a trace, from the cache or from its files. */
async function openTrace(
  spec: string,
  options: OpenOptions,
  memory: { readonly shared: boolean } = { shared: false },
): Promise<Workload> {
  const trace = await parseOrHint(spec);
  return openCached(spec, options, { read: () => readChecked(trace, options, memory), ...memory });
}

/** Reads a trace and checks the whole workload, whatever its format. */
async function readChecked(
  trace: TraceSpec,
  options: OpenOptions,
  memory: { readonly shared: boolean },
): Promise<Workload> {
  const workload = await readTrace(trace, options, memory);
  const fault = findFault(workload);
  if (fault === undefined) return workload;
  throw new InputError(
    `the ${trace.format} trace makes a workload that is not sound: ${fault}; correct its rows`,
  );
}

async function readTrace(
  trace: TraceSpec,
  options: OpenOptions,
  memory: { readonly shared: boolean },
): Promise<Workload> {
  if ("folder" in trace) {
    const read = await FOLDER_READERS[trace.format]();
    return read(trace.folder, options);
  }
  switch (trace.format) {
    case "synthetic":
      return generateWorkload(parseSyntheticOptions(trace.options, options));
    case "swf":
      return (await import("./swf/open-swf.js")).openSwf(trace.file, options);
    case "table": {
      const { openTableSpec } = await import("./table/open-table.js");
      return narrow(await openTableSpec(trace.file, options), {
        ...options,
        lcRule: undefined,
        steps: undefined,
      });
    }
    case "arrow":
      return narrow(await loadWorkload(trace.file, memory), options);
  }
}

/**
 * Opens a workload for each seed, the replicates of an experiment. A generated trace is generated again for
 * each seed. A trace on disk is read once, and each seed picks other machines of it. Options and errors are
 * those of `openWorkload`.
 */
export async function openReplicates(
  spec: string,
  { seeds, ...options }: Omit<OpenOptions, "seed"> & { readonly seeds: readonly number[] },
): Promise<Workload[]> {
  const open = await openOnce(spec, options);
  return Promise.all(seeds.map(open));
}

/**
 * Returns a function that takes a seed and returns the workload that `openReplicates` gives for it, so that
 * only one needs to be in memory. If `machines` is not given, a saved workload keeps all its machines, and
 * another trace on disk keeps those that `openWorkload` keeps. Options and errors are those of
 * `openWorkload`.
 */
export async function openOnce(
  spec: string,
  { machines, ...options }: Omit<OpenOptions, "seed">,
): Promise<(seed: number) => Promise<Workload>> {
  const { format } = await parseOrHint(spec);
  // Generating reports no progress, because other work with the workloads goes on at the same time. One
  // workload for each seed would fill the cache.
  if (format === "synthetic") {
    return (seed) => openWorkload(spec, { ...options, machines, seed, cache: false, onProgress: undefined });
  }
  const whole = await openWorkload(spec, { ...options, machines: "all" });
  const { shape = "auto" } = options;
  const wanted =
    machines ?? (format === "arrow" || format === "table" ? "all" : usualMachines(whole.machines, shape));
  return (seed) => Promise.resolve(narrow(whole, { machines: wanted, shape, seed }));
}

function narrow(workload: Workload, { machines, shape, seed = 1, steps, lcRule }: OpenOptions): Workload {
  let narrowed = workload;
  const options: Record<string, string | number> = {};
  if (machines !== undefined || shape !== undefined) {
    const choice = chooseMachines(workload.machines, { machines: machines ?? "all", shape, seed });
    if (!choice.isWhole) narrowed = keepMachines(narrowed, choice, seed);
    options.machines = machines ?? "all";
    options.subsetSeed = seed;
    if (shape !== undefined)
      options.shape = typeof shape === "string" ? shape : `${shape.cpu}/${shape.memory}`;
  }
  if (steps !== undefined) {
    narrowed = keepSteps(narrowed, steps);
    options.steps = narrowed.steps;
  }
  if (lcRule !== undefined && lcRule !== workload.lcRule) narrowed = applyLcRule(narrowed, lcRule);
  if (lcRule !== undefined) options.lcRule = lcRule;
  const provenance = { ...narrowed.provenance, options: { ...narrowed.provenance.options, ...options } };
  return { ...narrowed, provenance };
}

/** Like `parseTrace`, but the error for a folder without a format says which prefix fits its content. */
async function parseOrHint(spec: string): Promise<TraceSpec> {
  try {
    return parseTrace(spec);
  } catch (error) {
    const hint = await guessFormat(spec);
    if (hint === undefined) throw error;
    throw new InputError(`no format in trace ${spec}: ${hint}`, { cause: error });
  }
}

async function guessFormat(path: string): Promise<string | undefined> {
  const names = await readdir(path).catch(() => undefined);
  if (names === undefined) return undefined;
  if (names.some((name) => TABLES_OF.google2011.some((table) => table === name)))
    return `it looks like the Google trace; write google2011:${path}`;
  const workload = names.filter((name) => name.endsWith(".arrow")).sort()[0] as string | undefined;
  if (workload !== undefined) return `it is a folder; name a file in it, such as ${join(path, workload)}`;
  return `write its format before it, such as google2011:${path} or planetlab:${path}`;
}
