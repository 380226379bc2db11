import { Command, CommanderError } from "commander";
import { InputError } from "../../base/errors.js";
import { VERSION } from "../../base/version.js";
import { addArchitectures } from "./commands/architectures.js";
import { addSchedule } from "./commands/schedule.js";
import { addCloudRan } from "./commands/cloud-ran.js";
import { addCapacity } from "./commands/capacity.js";
import { addBalance } from "./commands/balance.js";
import { addCompare } from "./commands/compare.js";
import { addConvert } from "./commands/convert.js";
import { addDescribe } from "./commands/describe.js";
import { addFetch } from "./commands/fetch.js";
import { addFigures } from "./commands/figures.js";
import { addPolicies } from "./commands/policies.js";
import { addSimulate } from "./commands/simulate.js";
import type { Streams } from "./streams.js";
import { addSweep } from "./commands/sweep.js";
import { addWorker } from "./commands/worker.js";

/**
 * Runs one command line, without the leading `node schedlab`, and returns its exit code: 0 for success, 2 for
 * bad input or usage, 1 for a bug of schedlab. Errors are one line on `stderr`. Does not end the process or
 * change global state, except that `--no-cache` sets SCHEDLAB_CACHE until the command ends, for its threads
 * too.
 */
export async function run(argv: readonly string[], streams: Streams = process): Promise<number> {
  const program = buildProgram(streams);
  const { SCHEDLAB_CACHE } = process.env;
  program.hook("preAction", () => {
    if (!program.opts<{ cache: boolean }>().cache) process.env.SCHEDLAB_CACHE = "off";
  });
  try {
    await program.parseAsync(argv, { from: "user" });
    return 0;
  } catch (error) {
    return report(error, streams.stderr, program.opts<{ debug?: boolean }>().debug === true);
  } finally {
    if (SCHEDLAB_CACHE === undefined) delete process.env.SCHEDLAB_CACHE;
    else process.env.SCHEDLAB_CACHE = SCHEDLAB_CACHE;
  }
}

function buildProgram(streams: Streams): Command {
  const program = new Command("schedlab")
    .description("Replay a cluster trace under many scheduling policies; compare utilization, Gini and QoS.")
    .version(VERSION)
    .option("--debug", "print the stack of an error")
    .option("--no-cache", "read traces again, and keep no workload for the next time (docs/formats.md)")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void streams.stdout.write(text),
      writeErr: (text) => void streams.stderr.write(text),
      // Suppress commander's own output, because `report` prints the error.
      outputError: () => undefined,
    });
  addSimulate(program, streams);
  addCompare(program, streams);
  addSweep(program, streams);
  addWorker(program, streams);
  addCapacity(program, streams);
  addPolicies(program, streams);
  addDescribe(program, streams);
  addConvert(program, streams);
  addFetch(program, streams);
  addFigures(program, streams);
  addArchitectures(program, streams);
  addSchedule(program, streams);
  addCloudRan(program, streams);
  addBalance(program, streams);
  return program.addHelpText(
    "after",
    "\nExample:\n  $ schedlab compare synthetic --policy no-migration,threshold,gini-greedy",
  );
}

function report(error: unknown, stderr: NodeJS.WritableStream, debug: boolean): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    // Without a command, commander has already printed the help.
    if (error.code !== "commander.help") stderr.write(`schedlab: ${oneLine(error.message)}\n`);
    return 2;
  }
  const message = oneLine(error instanceof Error ? error.message : String(error));
  const isInput = error instanceof InputError;
  const hint = "; this is a bug in schedlab, please report it with the output of --debug";
  stderr.write(`schedlab: ${message}${isInput ? "" : hint}\n`);
  if (debug && error instanceof Error) stderr.write(`${error.stack ?? ""}\n`);
  return isInput ? 2 : 1;
}

function oneLine(message: string): string {
  return message.replace(/^error: /, "").replace(/\s*\n\s*/g, " ");
}
