import type { Command } from "commander";
import { wholeNumber } from "./numbers.js";
import type { Streams } from "./streams.js";

export interface RedisCommandOptions {
  readonly prefix: string;
  readonly patience: number;
}

/** Adds the options that `sweep` and `worker` share, and returns the command. */
export function addRedisOptions(command: Command): Command {
  return command
    .option(
      "--prefix <name>",
      "with --redis: only sweeps and workers with the same prefix work together",
      "schedlab",
    )
    .option(
      "--patience <s>",
      "with --redis: give up after this many seconds without a connection",
      wholeNumber({ min: 1, max: 86_400 }),
      60,
    );
}

/** Returns a function that writes a line to standard error, over a progress bar if one is there. */
export function noticeTo(stderr: Streams["stderr"]): (line: string) => void {
  const clear = stderr.isTTY === true ? "\r\u001b[K" : "";
  return (line) => void stderr.write(`${clear}schedlab: ${line}\n`);
}
