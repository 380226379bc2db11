/** The sweep's side of Redis: has its runs done by the connected workers. */
import { Queue, QueueEvents, type Job } from "bullmq";
import { InputError } from "../../base/errors.js";
import type { EndedRun } from "../../study/run-scenario.js";
import { decodeRun } from "../../study/sweep/run-file.js";
import type { DoRuns, PlannedRun } from "../../study/sweep/sweep.js";
import { atMost, connectRedis, shownAddress, stopped, type RedisOptions } from "./connection.js";
import { createMailbox, type Mailbox } from "./mailbox.js";
import { lineUp, type RankedRun } from "./line-up.js";
import { INPUT_FAULT, jobId, KEEP, lineName, MOST_LOST_WORKERS, shortCode, type RunJob } from "./line.js";

export interface AskOptions extends RedisOptions {
  /** The hash of the code that must do the runs. */
  readonly code: string;
}

/**
 * The largest number of a sweep's runs in the queue: enough to keep all workers busy, but small for Redis.
 */
const MOST_AHEAD = 500;

/**
 * Events report ended runs immediately, but can be lost, so all runs are checked again after this time (ms).
 */
const LOOK_AGAIN = 3000;

type Line = Queue<RunJob, string>;

interface Asking {
  readonly line: Line;
  /** The runs in the queue, by the id of their job. */
  readonly asked: Map<string, RankedRun>;
  readonly onEnd: (run: PlannedRun, ended: EndedRun) => Promise<void>;
  /** Aborts when no more runs may be queued. */
  readonly over: AbortSignal;
}

/**
 * Returns a `DoRuns` that uses workers with the same prefix and code. A run is stored under its key, so
 * another sweep that needs the same run at the same time or within a day gets the same result. Runs that
 * Redis has lost are queued again. Rejects with InputError for bad input, where Redis stays unreachable, and
 * when the signal aborts; runs that no worker has begun are then removed from the queue.
 */
export function askWorkers(options: AskOptions): DoRuns {
  return async (runs, onEnd) => {
    if (runs.length === 0) return;
    const { prefix, code, signal } = options;
    const { client, failed, close } = await connectRedis(options);
    const line: Line = new Queue(lineName(code), {
      connection: client,
      prefix,
      defaultJobOptions: KEEP,
      streams: { events: { maxLen: 2 * MOST_AHEAD } },
    });
    const events = new QueueEvents(lineName(code), { connection: client, prefix });
    // Ignore these errors, because the connection reports outages.
    line.on("error", () => undefined);
    events.on("error", () => undefined);
    const ended = createMailbox();
    const noteEnd = ({ jobId }: { jobId: string }): void => {
      ended.put(jobId);
    };
    events.on("completed", noteEnd);
    events.on("failed", noteEnd);
    const over = new AbortController();
    const asking: Asking = { line, asked: new Map(), onEnd, over: over.signal };
    try {
      await Promise.race([failed, stopped(signal), follow(asking, runs, ended, options)]);
    } catch (error) {
      over.abort();
      if (client.status === "ready") await atMost(2000, withdraw(asking));
      throw error;
    } finally {
      ended.close();
      await atMost(1000, Promise.allSettled([events.close(), line.close()]));
      close();
    }
  };
}

async function follow(
  asking: Asking,
  runs: readonly PlannedRun[],
  ended: Mailbox,
  { url, code, onNotice }: AskOptions,
): Promise<void> {
  const { line, asked, over } = asking;
  const ahead = lineUp(runs).map((ranked): [string, RankedRun] => [jobId(ranked.run), ranked]);
  let isAlone = false;
  while (ahead.length > 0 || asked.size > 0) {
    if (ahead.length > 0 && asked.size <= MOST_AHEAD / 2) {
      const more = ahead.splice(0, MOST_AHEAD - asked.size);
      const ids = more.map(([id]) => id);
      await forgetFailures(line, ids);
      for (const [id, ranked] of more) asked.set(id, ranked);
      await look(asking, ids);
      continue;
    }
    const news = await ended.wait(LOOK_AGAIN);
    if (over.aborted) return;
    await look(asking, news.length > 0 ? news : [...asked.keys()]);
    const wasAlone = isAlone;
    isAlone = news.length === 0 && asked.size > 0 && (await line.getWorkersCount()) === 0;
    if (isAlone && !wasAlone) {
      onNotice(
        `no worker of this build (${shortCode(code)}) is connected to ${shownAddress(url)}; ` +
          "start some: schedlab worker --redis ...",
      );
    }
  }
}

/**
 * Collects ended runs from the queue, and queues runs that are missing: new runs, and runs that Redis has
 * lost.
 */
async function look({ line, asked, onEnd, over }: Asking, ids: readonly string[]): Promise<void> {
  // The queue also has runs of other sweeps.
  const ours = ids.filter((id) => asked.has(id));
  const jobs = await Promise.all(ours.map((id) => line.getJob(id)));
  const missing: string[] = [];
  for (const [index, id] of ours.entries()) {
    const job = jobs[index];
    const { run } = asked.get(id)!;
    if (job === undefined) missing.push(id);
    else if (job.finishedOn !== undefined) {
      await onEnd(run, await resultOf(run, job));
      asked.delete(id);
    }
  }
  if (over.aborted) return;
  await line.addBulk(
    missing.map((id) => {
      const { run, priority } = asked.get(id)!;
      const { scenario } = run;
      return { name: scenario.policy.name, data: { scenario }, opts: { jobId: id, priority } };
    }),
  );
}

async function resultOf({ key, scenario }: PlannedRun, job: Job<RunJob, string>): Promise<EndedRun> {
  const failedReason = failureOf(job);
  if (failedReason?.startsWith(INPUT_FAULT)) throw new InputError(failedReason.slice(INPUT_FAULT.length));
  if (failedReason?.includes("stalled more than") === true) {
    throw new InputError(
      `run ${key.slice(0, 12)} (${job.data.scenario.policy.name}) crashed ` +
        `${MOST_LOST_WORKERS} workers, one after the other; do they have enough memory?`,
    );
  }
  if (failedReason !== undefined) throw new Error(`run ${key.slice(0, 12)} failed: ${failedReason}`);
  const ended = await decodeRun(key, Buffer.from(job.returnvalue, "base64"), scenario);
  if (ended === undefined) throw new Error(`run ${key.slice(0, 12)} came back damaged`);
  return ended;
}

/** Removes failed runs of an earlier sweep, because the cause may be fixed by now. */
async function forgetFailures(line: Line, ids: readonly string[]): Promise<void> {
  const jobs = await Promise.all(ids.map((id) => line.getJob(id)));
  await Promise.all(
    jobs.map(async (job) => {
      if (job !== undefined && failureOf(job) !== undefined) await job.remove();
    }),
  );
}

/** BullMQ's type wrongly says that `failedReason` is always present. */
function failureOf({ failedReason }: { readonly failedReason?: string }): string | undefined {
  return failedReason;
}

/**
 * Removes runs that no worker has begun from the queue. Another sweep that needs the same run queues it
 * again.
 */
async function withdraw({ line, asked }: Asking): Promise<void> {
  await Promise.all(
    [...asked.keys()].map(async (id) => {
      // Jobs in state "waiting" were begun by a worker that was lost.
      if (["prioritized", "waiting"].includes(await line.getJobState(id))) await line.remove(id);
    }),
  );
}
