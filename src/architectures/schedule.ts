/** Runs jobs on a cluster under an architecture. */
import { describeValue, InputError } from "../base/errors.js";
import { keysOf, refuseUnknownKeys } from "../base/known-keys.js";
import { didYouMean } from "../base/nearest.js";
import { resolveParameters } from "../base/parameters.js";
import type { ArchitectureDefinition } from "./architecture.js";
import { capacityChanges, checkPrefill, NO_CHANGES, type Prefill } from "./capacity.js";
import { runCell } from "./cell/run.js";
import { checkParts } from "./check-parts.js";
import { checkCluster, type Cluster } from "./cluster.js";
import { runGroups } from "./groups/run.js";
import { runHybrid } from "./hybrid/run.js";
import type { Jobs } from "./jobs/jobs.js";
import { runMesos } from "./mesos/run.js";
import { checkDefinition } from "./own.js";
import type { Parts } from "./parts.js";
import type { Outcome } from "./record.js";
import { findArchitecture, type ArchitectureName } from "./registry.js";
import { MODES, type Mode, type Setup } from "./setup.js";
import type { ProbeLists } from "./workers/probes.js";
import { runWorkers } from "./workers/run.js";

export interface ScheduleOptions {
  /** Default "clean". */
  readonly mode?: Mode | (string & {});
  /** Default 0. */
  readonly seed?: number;
  /** Values of the architecture's parameters that differ from their defaults. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** Jobs that run at time 0. They occupy their machines until they end. */
  readonly prefill?: Prefill;
  /** The run ends with the first event after this time; default: when nothing is left to do. */
  readonly horizon?: number;
  /**
   * The run ends when this number of jobs have no unplaced task. Default Infinity. Not for architectures
   * whose schedulers share a cell, and not for mesos-drf.
   */
  readonly stopAfterJobs?: number;
  /** The workers that the jobs probe, in order; default: drawn. Only for sampling architectures. */
  readonly probes?: ProbeLists;
}

const OPTIONS = keysOf<ScheduleOptions>({
  mode: true,
  seed: true,
  parameters: true,
  prefill: true,
  horizon: true,
  stopAfterJobs: true,
  probes: true,
});

/** What became of the jobs. */
export interface Schedule extends Outcome {
  readonly architecture: string;
  readonly mode: Mode;
  readonly seed: number;
  readonly parameters: Readonly<Record<string, number>>;
  readonly submitted: Jobs;
  /** Jobs that run at time 0. */
  readonly prefill?: Prefill;
  readonly cluster: Cluster;
}

/** The name of a built-in architecture, or one's own. */
export type ArchitectureChoice = ArchitectureName | (string & {}) | ArchitectureDefinition;

/**
 * Schedules the jobs on the cluster and returns who ran where and when, and what it cost to decide. Equal
 * arguments give equal bytes. Times are in the jobs' unit, seconds as a rule.
 *
 * Throws InputError for an unknown architecture, mode, option or parameter; for a mode that the architecture
 * does not have; for a task larger than any machine; for a machine that changes to more than its capacity;
 * for parts of one's own architecture that are out of range; and where the program that a mode reproduces
 * dies on its own assertion.
 */
export function schedule(
  jobs: Jobs,
  cluster: Cluster,
  architecture: ArchitectureChoice,
  options: ScheduleOptions = {},
): Schedule {
  refuseUnknownKeys(options, OPTIONS, "option of schedule");
  checkJobs("jobs", jobs);
  checkCluster(cluster);
  const definition = resolveArchitecture(architecture);
  const mode = checkMode(definition, options.mode ?? "clean");
  const { seed = 0, prefill, horizon = Infinity, stopAfterJobs = Infinity, probes } = options;
  checkOption("seed", seed, Number.isSafeInteger(seed) && seed >= 0, "whole, at least 0");
  const values = resolveParameters(
    `architecture ${definition.name}`,
    definition.parameters ?? {},
    options.parameters,
  );
  checkSizes(jobs, cluster);
  if (prefill !== undefined) {
    checkJobs("prefill", prefill);
    checkPrefill(prefill, cluster.cpu.length);
  }
  if (mode !== "clean") checkFixed(cluster, mode, prefill);
  checkOption("horizon", horizon, horizon >= 0, "at least 0");
  const isCount = stopAfterJobs === Infinity || Number.isInteger(stopAfterJobs);
  checkOption("stopAfterJobs", stopAfterJobs, isCount && stopAfterJobs >= 1, "whole, at least 1");
  const context = { classes: jobs.classes, machines: cluster.cpu.length };
  const setup = {
    ...{ jobs, cluster, mode, seed, horizon, stopAfterJobs, probes },
    ...(mode === "clean"
      ? { changes: capacityChanges(cluster, prefill, seed) }
      : { changes: NO_CHANGES, prefill }),
  };
  const parts: unknown = definition.create(values, context);
  checkParts(parts, definition.name, context.machines);
  const wanted = {
    stopAfterJobs: stopAfterJobs < Infinity,
    probes: probes !== undefined,
  };
  for (const [option, engines] of Object.entries(TAKEN_BY) as [keyof typeof TAKEN_BY, readonly string[]][]) {
    if (wanted[option] && !engines.includes(parts.engine))
      throw new InputError(`architecture ${definition.name} does not take ${option}: leave it out`);
  }
  const outcome = runParts(setup, parts);
  return {
    ...outcome,
    architecture: definition.name,
    mode,
    seed,
    parameters: values,
    submitted: jobs,
    ...(prefill && { prefill }),
    cluster,
  };
}

/** The engines that take an option; all engines take the others. */
const TAKEN_BY = {
  stopAfterJobs: ["workers", "hybrid", "groups"],
  probes: ["workers"],
} as const satisfies Partial<Record<keyof ScheduleOptions, readonly Parts["engine"][]>>;

function checkOption(name: string, value: number, isRight: boolean, range: string): void {
  if (!isRight) throw new InputError(`${name} is ${value}: give a number, ${range}`);
}

function runParts(setup: Setup, parts: Parts): Outcome {
  switch (parts.engine) {
    case "workers":
      return runWorkers(setup, parts);
    case "cell":
      return runCell(setup, parts);
    case "hybrid":
      return runHybrid(setup, parts);
    case "groups":
      return runGroups(setup, parts);
    case "mesos":
      return runMesos(setup, parts);
  }
}

function resolveArchitecture(choice: ArchitectureChoice): ArchitectureDefinition {
  if (typeof choice === "string") return findArchitecture(choice);
  checkDefinition(choice);
  return choice;
}

function checkMode({ name, reproduces }: ArchitectureDefinition, wanted: string): Mode {
  const mode = MODES.find((known) => known === wanted);
  if (mode === undefined)
    throw new InputError(`unknown mode: ${wanted}${didYouMean(wanted, MODES)}; known: ${MODES.join(", ")}`);
  if (mode !== "clean" && mode !== reproduces)
    throw new InputError(
      `architecture ${name} has no mode ${mode}: give clean${reproduces ? ` or ${reproduces}` : ""}`,
    );
  return mode;
}

/** The reference programs have machines that stay, and only Omega's has jobs that run at the beginning. */
function checkFixed({ changes }: Cluster, mode: Mode, prefill: Prefill | undefined): void {
  if (changes !== undefined && changes.time.length > 0)
    throw new InputError(`mode ${mode} takes no changes of the cluster: leave them out, or use mode clean`);
  if (prefill !== undefined && prefill.ids.length > 0 && mode !== "omega-sim")
    throw new InputError(`mode ${mode} takes no prefill: leave it out, or use mode clean`);
}

/** Throws InputError where rows, or something else, are given in place of jobs. */
function checkJobs(name: string, given: unknown): void {
  if (typeof given === "object" && given !== null && "ids" in given && "taskOffsets" in given) return;
  throw new InputError(`${name} are ${describeValue(given)}: give what jobsFrom, jobsOf or a reader returns`);
}

function checkSizes(jobs: Jobs, cluster: Cluster): void {
  const shapes = new Set<string>();
  for (let m = 0; m < cluster.cpu.length; m++) shapes.add(`${cluster.cpu[m]},${cluster.memory[m]}`);
  const machines = [...shapes].map((shape) => shape.split(",").map(Number));
  for (let j = 0; j < jobs.ids.length; j++) {
    if (machines.some(([cpu, memory]) => jobs.cpu[j] <= cpu && jobs.memory[j] <= memory)) continue;
    throw new InputError(
      `a task of job ${jobs.ids[j]} demands CPU ${jobs.cpu[j]} and memory ${jobs.memory[j]}, more than any ` +
        "machine has: leave the job out or give larger machines",
    );
  }
}
