/**
 * What is done for a scenario of an experiment. A worker thread does one after the other, and keeps a
 * workload that it opened itself for the next.
 */
import type { OnProgress } from "../base/progress.js";
import { answering, type InputFault } from "../base/threads.js";
import { shareWorkload } from "../workload/share-workload.js";
import type { Workload } from "../workload/workload.js";
import { searchScenario, type CapacityAnswer, type CapacityTask } from "./capacity/search-scenario.js";
import type { TableName } from "./long-tables.js";
import { openChoice, runScenario, type EndedRun, type OwnParts } from "./run-scenario.js";
import { workloadKey, type Scenario, type WorkloadChoice } from "./scenarios.js";

/** One run, with the tables to bring along. */
export interface RunTask {
  readonly kind: "run";
  readonly tables?: readonly TableName[];
}

/** A run, or the search of the capacity. */
export type Task = RunTask | CapacityTask;
export type Answer<T extends Task> = T extends RunTask ? EndedRun : CapacityAnswer;

export interface WorkerMessage {
  readonly scenario: Scenario;
  readonly task: Task;
  /**
   * Tells apart workloads that are opened in the same way but from files that have changed. Default: none
   * have.
   */
  readonly edition?: string;
  /** The workload, where another thread has opened it. */
  readonly opened?: Workload;
}

/** Does a task on the workload of its scenario. Errors as `simulate`. */
export async function doWork<T extends Task>(
  workload: Workload,
  scenario: Scenario,
  task: T,
  { own, onProgress }: { readonly own?: OwnParts; readonly onProgress?: OnProgress } = {},
): Promise<Answer<T>> {
  const answer =
    task.kind === "run"
      ? await runScenario(workload, scenario, { tables: task.tables, own, onProgress })
      : await searchScenario(workload, scenario, task, { own });
  return answer as Answer<T>;
}

/** The thread's own: it does nothing but task after task. */
let kept: { readonly key: string; readonly workload: Workload } | undefined;

/** Does a task, on a workload that `open` opened if it is given one. */
export default function work({
  scenario,
  task,
  opened,
  edition = "",
}: WorkerMessage): Promise<EndedRun | CapacityAnswer | InputFault> {
  return answering(async () => {
    // Its own is of no more use to the thread: what all share comes last.
    if (opened !== undefined) kept = undefined;
    return doWork(opened ?? (await openOwn(scenario.workload, edition)), scenario, task);
  });
}

/** Opens the workload of a scenario for all threads of the process. */
export function open({ scenario: { workload } }: WorkerMessage): Promise<Workload | InputFault> {
  kept = undefined;
  return answering(async () => shareWorkload(await openChoice(workload, { shared: true })));
}

async function openOwn(choice: WorkloadChoice, edition: string): Promise<Workload> {
  const key = `${edition} ${workloadKey(choice)}`;
  if (kept?.key !== key) {
    // Let go of the old one first: two may not fit.
    kept = undefined;
    kept = { key, workload: await openChoice(choice) };
  }
  return kept.workload;
}
