/** The worker's side of Redis: takes runs from the queue and does them on threads of this process. */
import { hostname } from "node:os";
import { Queue, UnrecoverableError, Worker, type Job } from "bullmq";
import { InputError } from "../../base/errors.js";
import { hashCode } from "../../base/code-hash.js";
import type { EndedRun } from "../../study/run-scenario.js";
import { encodeRun } from "../../study/sweep/run-file.js";
import { runKey } from "../../study/sweep/run-key.js";
import type { Scenario } from "../../study/scenarios.js";
import { createInputsMemory } from "../../traces/trace-inputs.js";
import { openThread, type Thread } from "../../study/worker-pool.js";
import type { WorkerMessage } from "../../study/worker.js";
import { atMost, connectRedis, shownAddress, type RedisOptions } from "./connection.js";
import { bringForward } from "./line-up.js";
import { INPUT_FAULT, lineName, MOST_LOST_WORKERS, parseJobId, shortCode, type RunJob } from "./line.js";

export interface ServeOptions extends RedisOptions {
  /** Number of concurrent runs, each on its own thread. */
  readonly concurrency: number;
  /** Seconds of silence after which a worker counts as dead and its runs go to others. */
  readonly lease: number;
  /** Called with one-line messages about the worker's progress. */
  readonly onWork: (line: string) => void;
}

/**
 * Does the queued runs of sweeps until the signal aborts, then finishes the runs that it has begun and
 * resolves. Several workers, on any machines, share the runs. If a worker dies, its runs are restarted on
 * other workers. Rejects with InputError where Redis stays unreachable.
 */
export async function serveRuns(options: ServeOptions): Promise<void> {
  const { url, prefix, concurrency, lease, onWork, signal } = options;
  const { client, failed, close } = await connectRedis(options);
  const code = await hashCode();
  const threads = openThreads(concurrency);
  const line = new Queue(lineName(code), { connection: client, prefix });
  const doRun = createRunner(code, threads, { onWork, beforeHandingIn: (id) => bringForward(line, id) });
  const worker = new Worker<RunJob, string>(lineName(code), doRun, {
    connection: client,
    prefix,
    concurrency,
    name: hostname(),
    lockDuration: 1000 * lease,
    stalledInterval: 500 * lease,
    maxStalledCount: MOST_LOST_WORKERS - 1,
    // Delay after an outage; BullMQ's default is fifteen seconds.
    runRetryDelay: 1000,
  });
  // Ignore these errors: the connection reports outages, and runs whose results could not be returned are
  // repeated.
  worker.on("error", () => undefined);
  line.on("error", () => undefined);
  worker.on("stalled", (id) => {
    onWork(`run ${parseJobId(id).key.slice(0, 12)}: its worker does not respond; the run starts again`);
  });
  try {
    await Promise.race([failed, worker.waitUntilReady()]);
    const build = `build ${shortCode(code)}, ${concurrency} at a time`;
    onWork(`waiting for runs at ${shownAddress(url)} (prefix ${prefix}, ${build})`);
    await Promise.race([failed, aborted(signal)]);
    onWork("stopping when the current runs have ended; press Ctrl-C again to stop at once");
    await Promise.race([failed, worker.close()]);
  } finally {
    await atMost(1000, Promise.allSettled([worker.close(true), line.close()]));
    await threads.close();
    close();
  }
}

interface Told {
  readonly onWork: (line: string) => void;
  readonly beforeHandingIn: (id: string) => Promise<void>;
}

function createRunner(
  code: string,
  threads: Threads,
  { onWork, beforeHandingIn }: Told,
): (job: Job<RunJob, string>) => Promise<string> {
  const inputsOf = createInputsMemory();

  async function doRun(id: string, scenario: Scenario): Promise<EndedRun> {
    const { workload, key } = parseJobId(id);
    const { trace } = scenario.workload;
    const inputs = await inputsOf(trace);
    // The queue guarantees the same code, so only different trace files can cause a different key.
    if (runKey(scenario, inputs, code) !== key) {
      throw new InputError(
        `the files of trace ${trace} differ from those where the sweep was started; copy them again`,
      );
    }
    const edition = inputs.map(({ sha256 }) => sha256).join();
    return threads.run({ scenario, task: { kind: "run" }, edition }, workload);
  }

  return async ({ id, data: { scenario } }) => {
    const { key } = parseJobId(id!);
    const began = performance.now();
    const say = (what: string): void => {
      onWork(`run ${key.slice(0, 12)} (${describe(scenario)}): ${what}`);
    };
    say("begun");
    try {
      const { result, manifest } = await doRun(id!, scenario);
      say(`done in ${((performance.now() - began) / 1000).toFixed(1)} s`);
      const bytes = encodeRun(key, { run: { scenario, result }, settings: [], manifest });
      await beforeHandingIn(id!);
      return Buffer.from(bytes).toString("base64");
    } catch (error) {
      const reason = `${error instanceof Error ? error.message : String(error)} [worker ${hostname()}]`;
      say(`failed: ${reason}`);
      throw new UnrecoverableError(error instanceof InputError ? `${INPUT_FAULT}${reason}` : reason);
    }
  };
}

function describe({ workload: { trace }, policy, simulation }: Scenario): string {
  return `${policy.name} on ${trace}, seed ${simulation.seed}`;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener(
        "abort",
        () => {
          resolve();
        },
        { once: true },
      );
  });
}

interface Threads {
  /**
   * Does a run on an idle thread that has its workload open, else on a thread without a workload, else on
   * any.
   */
  readonly run: (message: WorkerMessage, workload: string) => Promise<EndedRun>;
  readonly close: () => Promise<void>;
}

/** Returns this many threads; no more runs may be started at the same time. */
function openThreads(count: number): Threads {
  interface Seat {
    readonly thread: Thread<WorkerMessage, EndedRun>;
    workload?: string;
  }
  const seats = Array.from({ length: count }, (): Seat => ({ thread: openThread("worker.js") }));
  const idle = [...seats];
  return {
    async run(message, workload) {
      const holding = idle.findIndex((seat) => seat.workload === workload);
      const fresh = idle.findIndex((seat) => seat.workload === undefined);
      const [seat] = idle.splice(Math.max(holding >= 0 ? holding : fresh, 0), 1);
      seat.workload = workload;
      try {
        return await seat.thread.run(message);
      } finally {
        idle.push(seat);
      }
    },
    close: async () => {
      await Promise.all(seats.map(({ thread }) => thread.close()));
    },
  };
}
