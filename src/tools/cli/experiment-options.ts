/** Converts the options of a command to an experiment. */
import type { Experiment } from "../../study/design.js";
import type { SimulationCommandOptions } from "./simulation-options.js";

/** Returns the part of an experiment that the options define; missing options mean the defaults. */
export function experimentOf(
  options: SimulationCommandOptions,
): Omit<Experiment, "trace" | "policies" | "seeds"> {
  const { machines, steps, lcRule, shape, onError, sharing, migration, order } = options;
  const set = Object.fromEntries(options.set.map(({ key, value }) => [key, value]));
  return { machines, steps, lcRule, shape, onError, sharing, migration, order, set };
}

/** Option parser: names or paths separated by commas. */
export function commaSeparated(text: string): string[] {
  return text.split(",").map((name) => name.trim());
}
