import { Option, type Command } from "commander";
import { decimalNumber, wholeNumber } from "../numbers.js";
import type { ScheduleCommandOptions } from "../schedule.js";
import { collectSetting } from "../set-options.js";
import type { Streams } from "../streams.js";

/** `schedlab schedule JOBS --architecture a,b`: the same jobs under several scheduler architectures. */
export function addSchedule(program: Command, streams: Streams): void {
  program
    .command("schedule")
    .description("schedule the jobs of a trace under one or more scheduler architectures")
    .argument("<jobs>", "a trace as for `schedlab simulate`, or FILE.tr (or FILE.tr.gz) in Hawk's format")
    .requiredOption(
      "--architecture <names>",
      "one or more, separated by commas; `schedlab architectures` lists them",
    )
    .option(
      "--machines <n>",
      "how many machines: of a trace, with the same share of its jobs (default: all); of FILE.tr, required",
      wholeNumber({ min: 1 }),
    )
    .option(
      "--slots <n>",
      "of FILE.tr: tasks that a machine runs at a time (default: 1)",
      wholeNumber({ min: 1 }),
    )
    .addOption(
      new Option("--running <what>", "what a trace begins with: leave it out, let it arrive at 0, or have it")
        .choices(["none", "arrive", "prefill"])
        .default("none"),
    )
    .addOption(
      new Option("--demand <what>", "of a trace: what a task demands, its request or its mean usage")
        .choices(["request", "usage"])
        .default("request"),
    )
    .option(
      "--overcommit <factor>",
      "of a trace: the machines' capacity is larger for schedulers by this factor",
      decimalNumber({ min: 0 }),
      1,
    )
    .option("--steps <n>", "of a trace: at most this many steps, from the first", wholeNumber({ min: 1 }))
    .option("--mode <mode>", "clean, or the program to reproduce, such as omega-sim", "clean")
    .option(
      "--set <key=value>",
      "set a parameter of the architectures that have it (`ARCHITECTURE.KEY` for one of several)",
      collectSetting,
      [],
    )
    .option("--seed <n>", "seed of all random draws", wholeNumber(), 1)
    .addOption(new Option("--json", "print JSON with all metrics").conflicts("csv"))
    .option("--csv", "print CSV with all metrics")
    .addHelpText(
      "after",
      "\nExample:\n  $ schedlab schedule synthetic --machines 50 --architecture omega,sparrow",
    )
    .action(async (jobs: string, options: ScheduleCommandOptions) => {
      const { printSchedules } = await import("../schedule.js");
      await printSchedules(jobs, options, streams);
    });
}
