import { availableParallelism } from "node:os";
import type { Command } from "commander";
import { wholeNumber } from "./numbers.js";
import { addRedisOptions, noticeTo, type RedisCommandOptions } from "./redis-options.js";
import { stopSignal } from "./stop-signal.js";
import type { Streams } from "./streams.js";

interface WorkerCommandOptions extends RedisCommandOptions {
  readonly redis: string;
  readonly concurrency: number;
  readonly lease: number;
}

/** `schedlab worker --redis URL`: does runs of sweeps that were started with the same `--redis`. */
export function addWorker(program: Command, { stdout, stderr }: Streams): void {
  const command = program
    .command("worker")
    .description("do runs of `schedlab sweep --redis` until stopped")
    .requiredOption("--redis <url>", "redis://[:PASSWORD@]HOST[:PORT][/DB], rediss:// for TLS")
    .option(
      "--concurrency <n>",
      "runs at a time, each on its own thread",
      wholeNumber({ min: 1, max: 1024 }),
      availableParallelism(),
    )
    .option(
      "--lease <s>",
      "seconds of silence after which this worker's runs go to other workers",
      wholeNumber({ min: 1, max: 3600 }),
      15,
    )
    .addHelpText(
      "after",
      "\nA trace must have the same name and contents here as for the sweep. The " +
        "password may also stand" +
        "\nin the environment variable REDISCLI_AUTH. See docs/sweeps.md.",
    );
  addRedisOptions(command).action(async (options: WorkerCommandOptions) => {
    const { redis: url, prefix, patience, concurrency, lease } = options;
    // Load the Redis client only when it is needed, because it takes longer to load than everything else.
    const { serveRuns } = await import("../redis/serve-runs.js");
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
  });
}
