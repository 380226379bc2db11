/**
 * Every number of the published simulator of Omega: jobs, machines, schedulers and summaries, to the last
 * bit.
 */
import { basename, dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { classSummaries } from "../../../src/systems/architectures/cell/summary.js";
import { clusterOf } from "../../../src/systems/architectures/cluster.js";
import { readOmegaJobs } from "../../../src/systems/architectures/jobs/omega-jobs.js";
import { schedule, type Schedule } from "../../../src/systems/architectures/schedule.js";
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
  readonly least: number;
}

/**
 * Sizes of a workload: its own entry of params.json, else the folder's; the second shipped one has no
 * entry.
 */
function sizesOf(folder: ReferenceFolder, workload: string): Sizes {
  const own = (folder.params[workload] ??
    (workload === "contended" ? { machines: 160, runTime: 1800 } : {})) as Numbers;
  return { least: 1, ...(folder.params as Numbers), ...own } as unknown as Sizes;
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
  const { machines, cpus: cpu, mem: memory, runTime: horizon, seed, least } = sizes;
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
      ? ["mesos-offers", { batchSchedulers, leastCpu: least, leastMemory: least }]
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
  const names = folder.files
    .filter((name) => folder.files.includes(name.replace(/\.csv$/, "-prefill.csv")))
    .map((name) => name.replace(/\.csv$/, ""))
    .filter((name) => basename(file).startsWith(`${name}-`))
    .sort((a, b) => b.length - a.length);
  return names[0] ?? basename(dirname(file));
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
        const sizes = {
          ...sizesOf(folder, workload),
          machines: number("machines"),
          runTime: number("runTime"),
          seed: number("seed"),
        };
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
      const sizes = sizesOf(folder, workload);
      const rows = readRows(readText(folder, file));
      const cases = [...new Set(rows.map((row) => `${row.architecture}@${row.tjobService}`))];
      it.each(cases)(`${folder.path}/${file}: %s`, (name) => {
        const [architecture, tjob] = name.split("@");
        const expected = rows.filter((row) => row.architecture === architecture && row.tjobService === tjob);
        const single = architecture === "monolithic single path";
        const think = thinkTimes(single ? Number(tjob) : 0.1, 0.005, Number(tjob), 0.005);
        const [kind, conflict = "", transaction = ""] = architecture.split(" ");
        const result = run(folder, workload, sizes, { architecture: kind, conflict, transaction }, think, 1);
        const [batch, service] = classSummaries(result);
        const whole = {
          endTime: result.endTime,
          ...meansOf(result, sizes),
          batchWaitMean: batch.meanQueuedTillFirst,
          serviceWaitMean: service.meanQueuedTillFirst,
          batchWaitP90: batch.p90QueuedTillFirst,
          serviceWaitP90: service.p90QueuedTillFirst,
          batchFull: batch.full,
          serviceFull: service.full,
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
