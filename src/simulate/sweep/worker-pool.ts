/** Runs of a sweep spread over worker threads. */
import { Piscina } from "piscina";
import { InputError } from "../../errors.js";
import { compiledFile } from "../compiled-file.js";
import type { Manifest } from "../manifest.js";
import type { Summary } from "../summary.js";
import { createRunQueue } from "./run-queue.js";
import { workloadKey, type Scenario } from "./scenarios.js";
import type { WorkerAnswer } from "./worker.js";

export interface PoolOptions<T extends { readonly scenario: Scenario }> {
  readonly workers: number;
  /** Called as each run ends, in no certain order; the worker waits for it. */
  readonly onEnd: (task: T, summary: Summary, manifest: Manifest) => Promise<void>;
}

/**
 * Does the runs on worker threads, one a thread at a time, and resolves when all have ended. The first failure stops
 * the threads and is thrown: an InputError where the input is at fault.
 */
export async function runOnWorkers<T extends { readonly scenario: Scenario }>(
  tasks: readonly T[],
  { workers, onEnd }: PoolOptions<T>,
): Promise<void> {
  if (tasks.length === 0) return;
  const filename = compiledFile("./worker.js", import.meta.url);
  // A pool a thread: a run goes to the very thread that holds its workload.
  const threads = Array.from(
    { length: Math.min(workers, tasks.length) },
    () => new Piscina<Scenario, WorkerAnswer>({ filename, minThreads: 1, maxThreads: 1 }),
  );
  const queue = createRunQueue(tasks, ({ scenario }) => workloadKey(scenario.workload));
  let isStopped = false;
  async function keepBusy(thread: Piscina<Scenario, WorkerAnswer>): Promise<void> {
    for (let next = queue.take(); next && !isStopped; next = queue.take(next.group)) {
      const answer = await thread.run(next.item.scenario);
      if ("inputError" in answer) throw new InputError(answer.inputError);
      await onEnd(next.item, answer.summary, answer.manifest);
    }
  }
  try {
    await Promise.all(threads.map(keepBusy));
  } finally {
    isStopped = true;
    await Promise.all(threads.map((thread) => thread.destroy()));
  }
}
