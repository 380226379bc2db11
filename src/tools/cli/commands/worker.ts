import { availableParallelism } from "node:os";
import type { Command } from "commander";
import { wholeNumber } from "../numbers.js";
import { addRedisOptions } from "../redis-options.js";
import type { Streams } from "../streams.js";
import type { WorkerOptions } from "../worker.js";

/** `schedlab worker --redis URL`: does runs of sweeps that were started with the same `--redis`. */
export function addWorker(program: Command, streams: Streams): void {
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
      "\nA trace must have the same name and contents here as for the sweep.\n" +
        "The password may also stand in the environment variable REDISCLI_AUTH.\n" +
        "See docs/sweeps.md.",
    );
  addRedisOptions(command).action(async (options: WorkerOptions) => {
    const { work } = await import("../worker.js");
    await work(options, streams);
  });
}
