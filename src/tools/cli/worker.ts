import { serveRuns } from "../redis/serve-runs.js";
import { noticeTo, type RedisCommandOptions } from "./redis-options.js";
import { stopSignal } from "./stop-signal.js";
import type { Streams } from "./streams.js";

/** The options of `schedlab worker`. */
export interface WorkerOptions extends RedisCommandOptions {
  readonly redis: string;
  readonly concurrency: number;
  readonly lease: number;
}

/** Does runs of sweeps that were started with the same `--redis`, until it is stopped. */
export async function work(options: WorkerOptions, { stdout, stderr }: Streams): Promise<void> {
  const { redis: url, prefix, patience, concurrency, lease } = options;
  const { signal, release } = stopSignal();
  // A second Ctrl-C ends the process at once; other workers then do its runs.
  signal.addEventListener("abort", release, { once: true });
  try {
    await serveRuns({
      url,
      prefix,
      patience,
      concurrency,
      lease,
      signal,
      onNotice: noticeTo(stderr),
      onWork: (line) => void stdout.write(`${line}\n`),
    });
  } finally {
    release();
  }
}
