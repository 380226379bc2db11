/** Work spread over worker threads. */
import { startThreads, type InputFault } from "../base/threads.js";
import { createRunQueue } from "./run-queue.js";

/** What a worker's module has: the work, and the opening of what the tasks of a group share. */
export interface WorkerModule<Message, Answer> extends Record<string, (message: never) => unknown> {
  /** Does a task; opens by itself what it was not given. */
  readonly default: (message: Message & { readonly opened?: object }) => Promise<Answer | InputFault>;
  /** Returns what the task's group shares, in memory that threads share. */
  readonly open: (message: Message) => Promise<object | InputFault>;
}

export interface PoolOptions<Task, Message, Answer> {
  readonly workers: number;
  /** The compiled worker, a WorkerModule, as seen from `dist/study`, such as "worker.js". */
  readonly file: string;
  /** What a thread is told of a task; `opened` where what its group shares is there already. */
  readonly messageOf: (task: Task) => Message;
  /** Tasks with equal groups share what is costly to open. */
  readonly groupOf: (task: Task) => string;
  /** Called as each task ends, in no certain order; the worker waits for it. */
  readonly onEnd: (task: Task, answer: Answer) => Promise<void>;
}

/**
 * Does the tasks on worker threads, one per thread at a time, and resolves when all have ended. Threads open
 * what their tasks need, each for itself, one group at a time; the groups that are begun last, one per
 * thread, are opened once for all threads (where they have more than one task) and kept to the end: they help
 * one another with these when no other is left. The first failure stops the threads and is thrown: an
 * InputError where the input is at fault.
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

/** Returns those of the last groups, one per thread, that have work for more than one thread. */
function lastGroups(groups: readonly string[], threads: number): ReadonlySet<string> {
  if (threads === 1) return new Set();
  const last = [...new Set(groups)].slice(-threads);
  return new Set(last.filter((group) => groups.indexOf(group) !== groups.lastIndexOf(group)));
}

/** One thread: what it does goes to itself alone, so that it can keep what is costly to open. */
export interface Thread<Message, Answer> {
  /** Does one task. Rejects with an InputError where the input is at fault. */
  readonly run: (message: Message & { readonly opened?: object }) => Promise<Answer>;
  /** Opens what the task's group shares. Rejects likewise. */
  readonly open: (message: Message) => Promise<object>;
  /** Ends the thread, whatever it is doing. */
  readonly close: () => Promise<void>;
}

/** Returns a thread that runs a compiled worker, named as seen from `dist/study`. */
export function openThread<Message, Answer extends object>(file: string): Thread<Message, Answer> {
  const { run, close } = startThreads<WorkerModule<Message, Answer>>(`./${file}`, import.meta.url, 1);
  return { run: (message) => run("default", message), open: (message) => run("open", message), close };
}
