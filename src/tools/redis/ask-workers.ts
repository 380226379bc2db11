/** The sweep's side of Redis: it has its runs done by whichever workers listen there. */
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
  /** The hash of the code that is to do the runs. */
  readonly code: string;
}

/** Most runs of a sweep in the line at a time: enough to keep every worker busy, and Redis small. */
const MOST_AHEAD = 500;

/** Events tell at once what has ended; they can get lost, so all is looked at again after this time (ms). */
const LOOK_AGAIN = 3000;

type Line = Queue<RunJob, string>;

interface Asking {
  readonly line: Line;
  /** The runs that are in the line, by the id of their job. */
  readonly asked: Map<string, RankedRun>;
  readonly onEnd: (run: PlannedRun, ended: EndedRun) => Promise<void>;
  /** Comes when nothing more is to be asked for. */
  readonly over: AbortSignal;
}

/**
 * Returns a way to have runs done by workers that listen at Redis under the same prefix with the same code. A
 * run is filed under its key: another sweep that wants it too, now or within a day, gets the same result.
 * What Redis has forgotten is asked for again. Rejects with InputError where the input is at fault, where
 * Redis is lost permanently and where the signal comes; what nobody has begun by then is taken back.
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
    // The connection itself reports outages.
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
        `no worker of this build (${shortCode(code)}) listens at ${shownAddress(url)}; ` +
          "start some: schedlab worker --redis ...",
      );
    }
  }
}

/**
 * Takes from the line what has ended, and puts into it what is not there: new runs, and what Redis has
 * forgotten.
 */
async function look({ line, asked, onEnd, over }: Asking, ids: readonly string[]): Promise<void> {
  // Other sweeps' runs end in the same line.
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
      `run ${key.slice(0, 12)} (${job.data.scenario.policy.name}) took down ` +
        `${MOST_LOST_WORKERS} workers, one after the other; have they enough memory?`,
    );
  }
  if (failedReason !== undefined) throw new Error(`run ${key.slice(0, 12)} failed: ${failedReason}`);
  const ended = await decodeRun(key, Buffer.from(job.returnvalue, "base64"), scenario);
  if (ended === undefined) throw new Error(`run ${key.slice(0, 12)} came back damaged`);
  return ended;
}

/** The cause of an earlier sweep's failure may be gone by now: the run gets another try. */
async function forgetFailures(line: Line, ids: readonly string[]): Promise<void> {
  const jobs = await Promise.all(ids.map((id) => line.getJob(id)));
  await Promise.all(
    jobs.map(async (job) => {
      if (job !== undefined && failureOf(job) !== undefined) await job.remove();
    }),
  );
}

/** The type of BullMQ leaves out that a job need not have failed. */
function failureOf({ failedReason }: { readonly failedReason?: string }): string | undefined {
  return failedReason;
}

/**
 * Takes out of the line what no worker has begun. Another sweep that wants the same run will ask for it
 * again.
 */
async function withdraw({ line, asked }: Asking): Promise<void> {
  await Promise.all(
    [...asked.keys()].map(async (id) => {
      // "waiting" are those that a lost worker had begun.
      if (["prioritized", "waiting"].includes(await line.getJobState(id))) await line.remove(id);
    }),
  );
}
