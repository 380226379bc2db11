import { InvalidArgumentError, Option, type Command } from "commander";
import { parseDecimal } from "../../base/decimal.js";
import { InputError } from "../../base/errors.js";
import type { OnProgress } from "../../base/progress.js";
import { TRACE_SYNTAX } from "../../traces/trace-spec.js";
import type { MachineShape, OnError, OpenOptions } from "../../workload/open-options.js";
import { LC_RULES, type LcRule } from "../../workload/workload.js";
import { wholeNumber } from "./numbers.js";

/** The values that commander passes for the options of `addTraceOptions`. */
export interface TraceOptions {
  readonly trace?: string;
  readonly machines?: number | "all";
  readonly shape?: "auto" | "any" | MachineShape;
  readonly seed?: number;
  readonly steps?: number;
  readonly lcRule?: LcRule;
  readonly onError?: OnError;
}

/** Adds the argument and the options that name a trace and say how to open it, the same for all commands. */
export function addTraceOptions(command: Command): Command {
  return command
    .argument("[trace]", `the trace: ${TRACE_SYNTAX}`)
    .option("--trace <trace>", "the same, as an option")
    .option(
      "--machines <n>",
      "how many machines to keep, or all; default: 800, or all where the trace has fewer",
      parseMachines,
    )
    .option(
      "--shape <shape>",
      "which machines to keep: auto, any or CPU/MEMORY, such as 0.5/0.4995",
      parseShape,
    )
    .option("--seed <n>", "root seed of all random streams", wholeNumber())
    .option("--steps <n>", "at most this many steps, from the first", wholeNumber({ min: 1 }))
    .addOption(new Option("--lc-rule <rule>", "which tasks are latency-critical").choices(LC_RULES))
    .addOption(new Option("--on-error <action>", "what to do with a bad row").choices(["fail", "skip"]));
}

/** Returns the trace from the argument or from `--trace`. Throws InputError where both or none are given. */
export function namedTrace(argument: string | undefined, { trace }: TraceOptions): string {
  if (argument !== undefined && trace !== undefined) {
    throw new InputError(`two traces: ${argument} and --trace ${trace}; give one`);
  }
  const named = argument ?? trace;
  if (named === undefined) throw new InputError(`no trace; give one of ${TRACE_SYNTAX}`);
  return named;
}

/** Returns the options for `openWorkload`. */
export function toOpenOptions(
  { machines, shape, seed, steps, lcRule, onError }: TraceOptions,
  onProgress?: OnProgress,
): OpenOptions {
  return { machines, shape, seed, steps, lcRule, onError, onProgress };
}

function parseMachines(text: string): number | "all" {
  return text === "all" ? "all" : wholeNumber({ min: 1 })(text);
}

function parseShape(text: string): "auto" | "any" | MachineShape {
  if (text === "auto" || text === "any") return text;
  const parts = text.split("/").map(parseDecimal);
  const [cpu, memory] = parts;
  if (parts.length !== 2 || cpu === undefined || memory === undefined || cpu <= 0 || memory <= 0) {
    throw new InvalidArgumentError("Give auto, any, or CPU and memory above 0 such as 0.5/0.4995.");
  }
  return { cpu, memory };
}
