import { availableParallelism } from "node:os";
import { Option, type Command } from "commander";
import { wholeNumber } from "../numbers.js";
import { addRedisOptions } from "../redis-options.js";
import type { Streams } from "../streams.js";
import type { SweepOptions } from "../sweep.js";

const FORMAT = `
The file is a JSON object. Each value is one value or a list; all combinations
are run:
  trace      a trace as on the command line (required)
  policies   names of policies, or paths of modules (./drain.mjs; required)
  seeds      whole numbers, or {"from": 1, "count": 10}
  windows    replicates over this many windows of the trace, not over seeds
             (windowSteps: their length)
  set        {KEY: numbers}: parameters of the model or of the policies that
             have them, or POLICY.KEY (a policy's parameter multiplies the runs
             of that policy alone)
  architectures
             names of scheduler architectures, which give the tasks starts and
             machines before the policies run; trace: as recorded
  jobs       {KEY: value}: how jobs are made for architectures (running,
             demand, overcommit, togetherSeconds)
  metrics    names select built-in metrics, paths of modules are added;
             default: all built-in metrics
  machines, steps, lcRule, shape, onError, sharing, migration, order
             as the options of \`schedlab simulate\`
It is the object that \`experiment\` takes in code: see docs/experiments.md.

Start a stopped sweep again to continue it. A run is repeated where the contents
of a trace or schedlab's own code have changed. With --redis the runs are done
by all \`schedlab worker\` processes that are connected there: see docs/sweeps.md.

Example:
  $ cat hot.json
  {"trace": "synthetic", "policies": ["no-migration", "threshold"],
   "seeds": {"from": 1, "count": 10},
   "set": {"hot": [0.7, 0.8, 0.9], "cooldown": [0, 3]}}
  $ schedlab sweep hot.json --workers 2`;

/** `schedlab sweep FILE.json`: every combination of settings and seeds, spread over worker threads. */
export function addSweep(program: Command, streams: Streams): void {
  const command = program
    .command("sweep")
    .description("replay traces under every combination of policies, settings and seeds")
    .argument("<file>", "the sweep, a JSON file")
    .option("--workers <n>", "worker threads", wholeNumber({ min: 1, max: 1024 }), availableParallelism())
    .addOption(
      new Option("--redis <url>", "let the workers that are connected there do the runs").conflicts(
        "workers",
      ),
    )
    .option("--out <dir>", "folder for the results; default: FILE-results beside the file")
    .option("--dry-run", "list the runs and do none")
    .option("--json", "print one JSON object")
    .addHelpText("after", FORMAT);
  addRedisOptions(command).action(async (file: string, options: SweepOptions) => {
    const { sweep } = await import("../sweep.js");
    await sweep(file, options, streams);
  });
}
