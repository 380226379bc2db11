/**
 * Every number of the published simulator of Omega: jobs, machines, schedulers and summaries, to the last
 * bit.
 */
import { basename, dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { classSummaries } from "../../../src/architectures/cell/summary.js";
import { clusterOf } from "../../../src/architectures/cluster.js";
import { readOmegaJobs } from "../../../src/architectures/jobs/omega-jobs.js";
import { schedule, type Schedule } from "../../../src/architectures/schedule.js";
import { readJson, readRows, readText, referenceFolders, type ReferenceFolder } from "./reference.js";

type Numbers = Record<string, number>;

interface Summary extends Record<string, unknown> {
  readonly architecture: string;
  readonly conflict: string;
  readonly transaction: string;
  readonly schedulers: readonly Record<string, unknown>[];
  readonly workloads: readonly Record<string, unknown>[];
}

interface Sizes {
  readonly machines: number;
  readonly cpus: number;
  readonly mem: number;
  readonly runTime: number;
  readonly seed: number;
  /** The least offer of Mesos. */
  readonly leastCpu: number;
  readonly leastMemory: number;
}

/** Names that files may use for the least offer of Mesos, in CPUs or GB (the program has one for each). */
const LEAST_CPU = ["leastCpu", "minCpu", "minCpus", "mesosMinCpus", "leastOffer", "least"];
const LEAST_MEMORY = ["leastMem", "leastMemory", "minMem", "mesosMinMem", "leastOffer", "least"];

/** Returns the first value that exists, in the first source that has one. */
function valueOf(sources: readonly object[], names: readonly string[], otherwise: number): number {
  for (const source of sources)
    for (const name of names) {
      const value: unknown = (source as Record<string, unknown>)[name];
      if (value !== undefined && value !== "") return Number(value);
    }
  return otherwise;
}

/** Sizes of the shipped sweep, which only README.md gives, not its files. */
const DOCUMENTED: Record<string, Numbers> = { contended: { machines: 160, cpus: 4, mem: 16, runTime: 1800 } };

/**
 * Sizes of a workload: from the file itself (`own`), the workload's entry of params.json, the documented
 * sizes of the workload (if the folder has other workloads, too), or params.json.
 */
function sizesOf(folder: ReferenceFolder, workload: string, own: object = {}): Sizes {
  const documented = workloadsOf(folder).length > 1 ? (DOCUMENTED[workload] ?? {}) : {};
  const sources = [own, folder.params[workload] ?? {}, documented, folder.params];
  const value = (names: readonly string[], otherwise = NaN): number => valueOf(sources, names, otherwise);
  return {
    machines: value(["machines"]),
    cpus: value(["cpus"]),
    mem: value(["mem"]),
    runTime: value(["runTime"]),
    seed: value(["seed"], 0),
    leastCpu: value(LEAST_CPU, 1),
    leastMemory: value(LEAST_MEMORY, 1),
  };
}

const flag = (on: boolean): number => (on ? 1 : 0);

function run(
  folder: ReferenceFolder,
  workload: string,
  sizes: Sizes,
  settings: Pick<Summary, "architecture" | "conflict" | "transaction">,
  think: Numbers,
  batchSchedulers: number,
): Schedule {
  const { machines, cpus: cpu, mem: memory, runTime: horizon, seed, leastCpu, leastMemory } = sizes;
  const prefill = `${workload}-prefill.csv`;
  const common = {
    mode: "omega-sim",
    seed,
    horizon,
    ...(folder.files.includes(prefill) && { prefill: readOmegaJobs(readText(folder, prefill), horizon) }),
  };
  const [name, own]: [string, Numbers] = settings.architecture.startsWith("monolithic")
    ? ["monolithic-multi", {}]
    : settings.architecture === "mesos"
      ? ["mesos-offers", { batchSchedulers, leastCpu, leastMemory }]
      : [
          "omega",
          {
            batchSchedulers,
            sequenceNumbers: flag(settings.conflict === "sequence-numbers"),
            allOrNothing: flag(settings.transaction === "all-or-nothing"),
          },
        ];
  return schedule(
    readOmegaJobs(readText(folder, `${workload}.csv`), horizon),
    clusterOf({ machines, cpu, memory }),
    name,
    { ...common, parameters: { ...think, ...own } },
  );
}

const thinkTimes = (
  jobBatch: number,
  taskBatch: number,
  jobService: number,
  taskService: number,
): Numbers => ({
  batchJob: jobBatch,
  batchTask: taskBatch,
  serviceJob: jobService,
  serviceTask: taskService,
});

/** The workload whose name the file's name begins with. */
function workloadOf(folder: ReferenceFolder, file: string): string {
  const names = workloadsOf(folder).filter((name) => basename(file).startsWith(`${name}-`));
  return names.sort((a, b) => b.length - a.length)[0] ?? basename(dirname(file));
}

/** The workloads of a folder: files whose columns are those of jobs. */
function workloadsOf(folder: ReferenceFolder): string[] {
  return folder.files
    .filter((name) => name.endsWith(".csv") && !name.endsWith("-prefill.csv"))
    .filter((name) => readText(folder, name).startsWith("job,workload,submitted,"))
    .map((name) => name.replace(/\.csv$/, ""));
}

const asNumbers = (row: Record<string, string>, leave: readonly string[]): Numbers =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => !leave.includes(name))
      .map(([name, value]) => [name, Number(value)]),
  );

function jobRow(schedule: Schedule, j: number): Numbers {
  const { jobs } = schedule;
  return {
    attempts: jobs.attempts[j],
    taskAttempts: jobs.taskAttempts[j],
    queuedTillFirst: jobs.queuedTillFirst[j],
    queuedTillFull: jobs.queuedTillFull[j],
    useful: jobs.useful[j],
    wasted: jobs.wasted[j],
    unscheduled: jobs.unplaced[j],
  };
}

function meansOf({ utilization }: Schedule, { machines, cpus, mem }: Sizes): Numbers {
  const { cpu, memory, cpuLocked, memoryLocked } = utilization!;
  return {
    meanCpu: cpu / (machines * cpus),
    meanMem: memory / (machines * mem),
    meanCpuLocked: cpuLocked / (machines * cpus),
    meanMemLocked: memoryLocked / (machines * mem),
  };
}

const pick = (from: object, like: object): object =>
  Object.fromEntries(Object.keys(like).map((name) => [name, (from as Record<string, unknown>)[name]]));

const folders = referenceFolders("omega");

describe.skipIf(folders.length === 0)("omega-sim equals the program", () => {
  for (const folder of folders) {
    for (const file of folder.files.filter((name) => name.endsWith("-summary.json"))) {
      it(`${folder.path}/${file}`, () => {
        const summary = readJson(`${folder.path}/${file}`) as unknown as Summary;
        const number = (name: string): number => summary[name] as number;
        const workload = workloadOf(folder, file);
        const sizes = sizesOf(folder, workload, summary);
        const times = ["tjobBatch", "ttaskBatch", "tjobService", "ttaskService"].map(number);
        const think = thinkTimes(...(times as [number, number, number, number]));
        const result = run(folder, workload, sizes, summary, think, number("batchSchedulers"));

        const jobs = readRows(readText(folder, file.replace("-summary.json", "-jobs.csv")));
        const rowOf = new Map(result.submitted.ids.map((id, j) => [id, j]));
        expect(jobs).toHaveLength(result.submitted.ids.length);
        for (const row of jobs)
          expect(jobRow(result, rowOf.get(row.job)!), `job ${row.job}`).toEqual(
            asNumbers(row, ["job", "workload"]),
          );

        const { cpu, memory, sequence } = result.machines!;
        for (const row of readRows(readText(folder, file.replace("-summary.json", "-machines.csv")))) {
          const m = Number(row.machine);
          expect({ machine: m, cpus: cpu[m], mem: memory[m], sequence: sequence[m] }).toEqual(
            asNumbers(row, []),
          );
        }

        const own = { ...result, ...meansOf(result, sizes), eventsScheduled: result.events };
        const totals = ["endTime", "meanCpu", "meanMem", "meanCpuLocked", "meanMemLocked", "eventsScheduled"];
        for (const name of totals) expect(own[name as keyof typeof own], name).toBe(summary[name]);
        expect(result.schedulers.map((own, i) => pick(own, summary.schedulers[i]))).toEqual(
          summary.schedulers,
        );
        expect(classSummaries(result)).toEqual(summary.workloads);
      });
    }

    for (const file of folder.files.filter((name) => name.endsWith("-tjob-sweep.csv"))) {
      const workload = file.replace("-tjob-sweep.csv", "");
      const rows = readRows(readText(folder, file));
      const sizes = sizesOf(folder, workload, rows[0]);
      const cases = [...new Set(rows.map((row) => `${row.architecture}@${row.tjobService}`))];
      it.each(cases)(`${folder.path}/${file}: %s`, (name) => {
        const [architecture, tjob] = name.split("@");
        const expected = rows.filter((row) => row.architecture === architecture && row.tjobService === tjob);
        const single = architecture === "monolithic single path";
        // The shipped file gives only the service scheduler's time per job; README.md gives the other times.
        const value = (column: string, otherwise: number): number =>
          valueOf([expected[0], folder.params], [column], otherwise);
        const batch = single ? Number(tjob) : value("tjobBatch", 0.1);
        const taskBatch = value("ttaskBatch", 0.005);
        const think = thinkTimes(batch, taskBatch, Number(tjob), value("ttaskService", 0.005));
        const [kind, conflict = "", transaction = ""] = architecture.split(" ");
        const schedulers = value("batchSchedulers", 1);
        const settings = { architecture: kind, conflict, transaction };
        const result = run(folder, workload, sizes, settings, think, schedulers);
        const [forBatch, forService] = classSummaries(result);
        const whole = {
          endTime: result.endTime,
          ...meansOf(result, sizes),
          batchWaitMean: forBatch.meanQueuedTillFirst,
          serviceWaitMean: forService.meanQueuedTillFirst,
          batchWaitP90: forBatch.p90QueuedTillFirst,
          serviceWaitP90: forService.p90QueuedTillFirst,
          batchFull: forBatch.full,
          serviceFull: forService.full,
          eventsScheduled: result.events,
        };
        expect(result.schedulers.map((scheduler) => scheduler.name)).toEqual(
          expected.map((row) => row.scheduler),
        );
        for (const [i, row] of expected.entries()) {
          const wanted = asNumbers(row, ["architecture", "tjobService", "scheduler"]);
          expect(pick({ ...whole, ...result.schedulers[i] }, wanted), row.scheduler).toEqual(wanted);
        }
      });
    }
  }
});
