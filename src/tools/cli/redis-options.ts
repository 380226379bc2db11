import type { Command } from "commander";
import { wholeNumber } from "./numbers.js";
import type { Streams } from "./streams.js";

export interface RedisCommandOptions {
  readonly prefix: string;
  readonly patience: number;
}

/** Adds the options that sweeps and workers share, and returns the command. */
export function addRedisOptions(command: Command): Command {
  return command
    .option("--prefix <name>", "with --redis: sweeps meet workers of the same prefix only", "schedlab")
    .option(
      "--patience <s>",
      "with --redis: seconds without a connection after which to give up",
      wholeNumber({ min: 1, max: 86_400 }),
      60,
    );
}

/**
 * Returns a function that writes a line for the user to standard error, over a progress bar that may stand
 * there.
 */
export function noticeTo(stderr: Streams["stderr"]): (line: string) => void {
  const clear = stderr.isTTY === true ? "\r\u001b[K" : "";
  return (line) => void stderr.write(`${clear}schedlab: ${line}\n`);
}
