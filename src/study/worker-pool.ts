/** Spreads tasks over worker threads. */
import { startThreads, type InputFault } from "../base/threads.js";
import { createRunQueue } from "./run-queue.js";

/**
 * The exports of a worker's module: one does a task, the other opens the data that a group of tasks shares.
 */
export interface WorkerModule<Message, Answer> extends Record<string, (message: never) => unknown> {
  /** Does a task. Opens the group's data itself unless it is given as `opened`. */
  readonly default: (message: Message & { readonly opened?: object }) => Promise<Answer | InputFault>;
  /** Opens the data of the task's group in memory that threads share. */
  readonly open: (message: Message) => Promise<object | InputFault>;
}

export interface PoolOptions<Task, Message, Answer> {
  readonly workers: number;
  /** The compiled worker, a WorkerModule, as seen from `dist/study`, such as "worker.js". */
  readonly file: string;
  /**
   * Returns the message that a thread gets for a task. It has `opened` where the group's data is already
   * open.
   */
  readonly messageOf: (task: Task) => Message;
  /** Tasks with equal groups share data that is costly to open. */
  readonly groupOf: (task: Task) => string;
  /** Called as each task ends, in any order; the worker waits for it. */
  readonly onEnd: (task: Task, answer: Answer) => Promise<void>;
}

/**
 * Does the tasks on worker threads, one per thread at a time, and resolves when all have ended. Each thread
 * opens the data of one group at a time for itself. The last groups, as many as there are threads, are shared
 * by all threads at the end, so each of them that has more than one task is opened only once and kept in
 * shared memory. The first failure stops the threads and is thrown, as an InputError for bad input.
 */
export async function runOnWorkers<Task, Message extends object, Answer extends object>(
  tasks: readonly Task[],
  { workers, file, messageOf, groupOf, onEnd }: PoolOptions<Task, Message, Answer>,
): Promise<void> {
  if (tasks.length === 0) return;
  const threads = Array.from({ length: Math.min(workers, tasks.length) }, () =>
    openThread<Message, Answer>(file),
  );
  const queue = createRunQueue(tasks, groupOf);
  const sharedGroups = lastGroups(tasks.map(groupOf), threads.length);
  const shared = new Map<string, Promise<object>>();
  let isStopped = false;
  async function openOnce(group: string, thread: Thread<Message, Answer>, message: Message): Promise<object> {
    const opened = shared.get(group) ?? thread.open(message);
    shared.set(group, opened);
    return opened;
  }
  async function keepBusy(thread: Thread<Message, Answer>): Promise<void> {
    for (let next = queue.take(); next && !isStopped; next = queue.take(next.group)) {
      const message = messageOf(next.item);
      const isOpened = "opened" in message && message.opened !== undefined;
      const isToOpen = !isOpened && sharedGroups.has(next.group);
      const opened = isToOpen ? { opened: await openOnce(next.group, thread, message) } : {};
      await onEnd(next.item, await thread.run({ ...message, ...opened }));
    }
  }
  try {
    await Promise.all(threads.map(keepBusy));
  } finally {
    isStopped = true;
    await Promise.all(threads.map((thread) => thread.close()));
  }
}

/** Returns the last groups, at most one per thread, that have more than one task. */
function lastGroups(groups: readonly string[], threads: number): ReadonlySet<string> {
  if (threads === 1) return new Set();
  const last = [...new Set(groups)].slice(-threads);
  return new Set(last.filter((group) => groups.indexOf(group) !== groups.lastIndexOf(group)));
}

/** A single addressable thread, so that it can keep data that is costly to open for its next task. */
export interface Thread<Message, Answer> {
  /** Does one task. Rejects with InputError for bad input. */
  readonly run: (message: Message & { readonly opened?: object }) => Promise<Answer>;
  /** Opens the data of the task's group. Rejects with InputError for bad input. */
  readonly open: (message: Message) => Promise<object>;
  /** Ends the thread at once, even during a task. */
  readonly close: () => Promise<void>;
}

/** Returns a thread that runs a compiled worker, named as seen from `dist/study`. */
export function openThread<Message, Answer extends object>(file: string): Thread<Message, Answer> {
  const { run, close } = startThreads<WorkerModule<Message, Answer>>(`./${file}`, import.meta.url, 1);
  return { run: (message) => run("default", message), open: (message) => run("open", message), close };
}
