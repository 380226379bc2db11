/** Work spread over worker threads. */
import { startThreads, type InputFault } from "../../threads.js";
import { createRunQueue } from "./run-queue.js";

export interface PoolOptions<Task, Message, Answer> {
  readonly workers: number;
  /** The compiled worker, as seen from `dist/simulate`, such as "sweep/worker.js". */
  readonly file: string;
  /** What a thread is told of a task. */
  readonly messageOf: (task: Task) => Message;
  /** Tasks with equal groups share what is costly to load. */
  readonly groupOf: (task: Task) => string;
  /** Called as each task ends, in no certain order; the worker waits for it. */
  readonly onEnd: (task: Task, answer: Answer) => Promise<void>;
}

/**
 * Does the tasks on worker threads, one a thread at a time, and resolves when all have ended. The first failure stops
 * the threads and is thrown: an InputError where the input is at fault.
 */
export async function runOnWorkers<Task, Message, Answer extends object>(
  tasks: readonly Task[],
  { workers, file, messageOf, groupOf, onEnd }: PoolOptions<Task, Message, Answer>,
): Promise<void> {
  if (tasks.length === 0) return;
  const threads = Array.from({ length: Math.min(workers, tasks.length) }, () =>
    openThread<Message, Answer>(file),
  );
  const queue = createRunQueue(tasks, groupOf);
  let isStopped = false;
  async function keepBusy(thread: Thread<Message, Answer>): Promise<void> {
    for (let next = queue.take(); next && !isStopped; next = queue.take(next.group)) {
      await onEnd(next.item, await thread.run(messageOf(next.item)));
    }
  }
  try {
    await Promise.all(threads.map(keepBusy));
  } finally {
    isStopped = true;
    await Promise.all(threads.map((thread) => thread.close()));
  }
}

/** One thread: what it does goes to itself alone, so that it can keep what is costly to load. */
export interface Thread<Message, Answer> {
  /** Does one task. Rejects with an InputError where the input is at fault. */
  readonly run: (message: Message) => Promise<Answer>;
  /** Ends the thread, whatever it is doing. */
  readonly close: () => Promise<void>;
}

/** Returns a thread that runs a compiled worker, named as seen from `dist/simulate`. */
export function openThread<Message, Answer extends object>(file: string): Thread<Message, Answer> {
  interface Worker extends Record<string, (message: never) => unknown> {
    readonly default: (message: Message) => Promise<Answer | InputFault>;
  }
  const { run, close } = startThreads<Worker>(`../${file}`, import.meta.url, 1);
  return { run: (message) => run("default", message), close };
}
