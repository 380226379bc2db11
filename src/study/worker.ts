/**
 * The tasks that are done for a scenario of an experiment. A worker thread does one task after the other and
 * keeps the workload that it opened for the next task.
 */
import type { OnProgress } from "../base/progress.js";
import { answering, type InputFault } from "../base/threads.js";
import { shareWorkload } from "../workload/share-workload.js";
import type { Workload } from "../workload/workload.js";
import { searchScenario, type CapacityAnswer, type CapacityTask } from "./capacity/search-scenario.js";
import type { TableName } from "./long-tables.js";
import { openChoice, runScenario, type EndedRun, type OwnParts } from "./run-scenario.js";
import { workloadKey, type Scenario, type WorkloadChoice } from "./scenarios.js";

/** Does one run and returns these tables with it. */
export interface RunTask {
  readonly kind: "run";
  readonly tables?: readonly TableName[];
}

/** A run, or a capacity search. */
export type Task = RunTask | CapacityTask;
export type Answer<T extends Task> = T extends RunTask ? EndedRun : CapacityAnswer;

export interface WorkerMessage {
  readonly scenario: Scenario;
  readonly task: Task;
  /**
   * Distinguishes workloads that are opened in the same way from files whose contents have changed. Default:
   * the files do not change.
   */
  readonly edition?: string;
  /** The workload, where another thread has opened it. */
  readonly opened?: Workload;
}

/** Does a task on the workload of its scenario. Throws the same errors as `simulate`. */
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

/** The workload that this thread opened last. A global is safe because a thread does one task at a time. */
let kept: { readonly key: string; readonly workload: Workload } | undefined;

/** Does a task, on the workload that `open` opened where it is given. */
export default function work({
  scenario,
  task,
  opened,
  edition = "",
}: WorkerMessage): Promise<EndedRun | CapacityAnswer | InputFault> {
  return answering(async () => {
    // Shared workloads come last, so the thread no longer needs its own.
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
    // Release the old workload first, because two may not fit into memory.
    kept = undefined;
    kept = { key, workload: await openChoice(choice) };
  }
  return kept.workload;
}
