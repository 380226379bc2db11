/** The sweep's side of Redis: it has its runs done by whichever workers listen there. */
import { Queue, QueueEvents, type Job } from "bullmq";
import { InputError } from "../../../errors.js";
import { decodeRun, type EndedRun } from "../run-file.js";
import { workloadKey } from "../scenarios.js";
import type { DoRuns, PlannedRun } from "../sweep.js";
import { atMost, connectRedis, shownAddress, stopped, type RedisOptions } from "./connection.js";
import { createMailbox, type Mailbox } from "./mailbox.js";
import { INPUT_FAULT, KEEP, lineName, MOST_LOST_WORKERS, shortCode, type RunJob } from "./line.js";

export interface AskOptions extends RedisOptions {
  /** The hash of the code that is to do the runs. */
  readonly code: string;
}

/** Most runs of a sweep in the line at a time: enough to keep every worker busy, and Redis small. */
const MOST_AHEAD = 500;

/** Events tell at once what has ended; they can get lost, so all is looked at again after so many milliseconds. */
const LOOK_AGAIN = 3000;

type Line = Queue<RunJob, string>;

interface Asking {
  readonly line: Line;
  /** The runs that are in the line, by key. */
  readonly asked: Map<string, PlannedRun>;
  readonly onEnd: (run: PlannedRun, ended: EndedRun) => Promise<void>;
  /** Comes when nothing more is to be asked for. */
  readonly over: AbortSignal;
}

/**
 * Returns a way to have runs done by workers that listen at Redis under the same prefix with the same code. A run is
 * filed under its key: another sweep that wants it too, now or within a day, gets the same result. What Redis has
 * forgotten is asked for again. Rejects with InputError where the input is at fault, where Redis is lost for good and
 * where the signal comes; what nobody has begun by then is taken back.
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
  const ahead = groupByWorkload(runs);
  let isAlone = false;
  while (ahead.length > 0 || asked.size > 0) {
    if (ahead.length > 0 && asked.size <= MOST_AHEAD / 2) {
      const more = ahead.splice(0, MOST_AHEAD - asked.size);
      await forgetFailures(line, more);
      for (const run of more) asked.set(run.key, run);
      await look(
        asking,
        more.map(({ key }) => key),
      );
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

/** Returns the runs so that those on one workload follow each other: a worker opens it once for all of them. */
function groupByWorkload(runs: readonly PlannedRun[]): PlannedRun[] {
  const groups = new Map<string, PlannedRun[]>();
  for (const run of runs) {
    const key = workloadKey(run.scenario.workload);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [run]);
    else group.push(run);
  }
  return [...groups.values()].flat();
}

/** Takes from the line what has ended, and puts into it what is not there: new runs, and what Redis has forgotten. */
async function look({ line, asked, onEnd, over }: Asking, keys: readonly string[]): Promise<void> {
  // Other sweeps' runs end in the same line.
  const runs = keys.map((key) => asked.get(key)).filter((run) => run !== undefined);
  const jobs = await Promise.all(runs.map(({ key }) => line.getJob(key)));
  const missing: PlannedRun[] = [];
  for (const [index, run] of runs.entries()) {
    const job = jobs[index];
    if (job === undefined) missing.push(run);
    else if (job.finishedOn !== undefined) {
      await onEnd(run, await resultOf(job));
      asked.delete(run.key);
    }
  }
  if (over.aborted) return;
  await line.addBulk(
    missing.map(({ key, scenario }) => ({
      name: scenario.policy.name,
      data: { scenario },
      opts: { jobId: key },
    })),
  );
}

async function resultOf(job: Job<RunJob, string>): Promise<EndedRun> {
  const key = job.id!;
  const failedReason = failureOf(job);
  if (failedReason?.startsWith(INPUT_FAULT)) throw new InputError(failedReason.slice(INPUT_FAULT.length));
  if (failedReason?.includes("stalled more than") === true) {
    throw new InputError(
      `run ${key.slice(0, 12)} (${job.data.scenario.policy.name}) took down ${MOST_LOST_WORKERS} workers, one after the other; have they enough memory?`,
    );
  }
  if (failedReason !== undefined) throw new Error(`run ${key.slice(0, 12)} failed: ${failedReason}`);
  const ended = await decodeRun(key, Buffer.from(job.returnvalue, "base64"));
  if (ended === undefined) throw new Error(`run ${key.slice(0, 12)} came back damaged`);
  return ended;
}

/** A failure of an earlier sweep may be mended by now: the run gets another try. */
async function forgetFailures(line: Line, runs: readonly PlannedRun[]): Promise<void> {
  const jobs = await Promise.all(runs.map(({ key }) => line.getJob(key)));
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

/** Takes out of the line what no worker has begun. Another sweep that wants the same run will ask for it again. */
async function withdraw({ line, asked }: Asking): Promise<void> {
  await Promise.all(
    [...asked.keys()].map(async (key) => {
      if ((await line.getJobState(key)) === "waiting") await line.remove(key);
    }),
  );
}
