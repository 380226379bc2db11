/** From the options of a command to the experiment that it runs. */
import type { Experiment } from "../../study/design.js";
import type { SimulationCommandOptions } from "./simulation-options.js";

/** Returns what the options say of an experiment; those that were not given stand for the defaults. */
export function experimentOf({
  machines,
  steps,
  lcRule,
  shape,
  onError,
  sharing,
  migration,
  set,
}: SimulationCommandOptions): Omit<Experiment, "trace" | "policies" | "seeds"> {
  return {
    machines,
    steps,
    lcRule,
    shape,
    onError,
    sharing,
    migration,
    set: Object.fromEntries(set.map(({ key, value }) => [key, value])),
  };
}

/** Option parser: names or paths separated by commas. */
export function commaSeparated(text: string): string[] {
  return text.split(",").map((name) => name.trim());
}
