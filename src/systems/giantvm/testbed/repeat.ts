/** Runs the testbed with several seeds and settings, and returns one table. */
import { from, type ColumnTable } from "arquero";
import { InputError } from "../../../base/errors.js";
import type { ConfigurationName } from "./configurations.js";
import { figuresOf, runAlone } from "./figures.js";
import type { Figures } from "./published.js";
import { runTestbed, type TestbedRun } from "./run.js";

type Settings = Readonly<Record<string, number>>;
type ListedSettings = Readonly<Record<string, number | readonly number[]>>;

export interface RepeatOptions {
  /**
   * Parameters of the model that differ from the defaults, each one value or a list; all combinations are
   * run.
   */
  readonly parameters?: ListedSettings;
  /** Parameters of the configurations' deciders, likewise. */
  readonly decider?: ListedSettings;
}

/**
 * Runs every configuration with every seed, and with every combination of the settings that are lists.
 * Returns a table with one row per run, such as `means` and `differences` take: `configuration`, a column
 * `parameters.KEY` or `decider.KEY` for each list, `seed`, the published metrics (units: FIGURES; BE
 * throughput over that of BE work alone), `moves`, `movesToLc` (moves to the node of the LC service's host)
 * and `movedMb` (MB of working sets that moves transferred). Throws InputError for an empty list, and the
 * same errors as runTestbed.
 */
export function repeatTestbed(
  configurations: readonly ConfigurationName[],
  seeds: readonly number[],
  { parameters = {}, decider = {} }: RepeatOptions = {},
): ColumnTable {
  const rows = multiplyOut(parameters).flatMap((model) => {
    const alone = seeds.map((seed) => runAlone({ seed, parameters: model }));
    return multiplyOut(decider).flatMap((rule) =>
      configurations.flatMap((configuration) =>
        seeds.map((seed, i) => ({
          configuration,
          ...listed("parameters", parameters, model),
          ...listed("decider", decider, rule),
          seed,
          ...outcomeOf(runTestbed(configuration, { seed, parameters: model, decider: rule }), alone[i]),
        })),
      ),
    );
  });
  if (rows.length === 0)
    throw new InputError("no run: give at least one configuration, one seed and one value of each setting");
  return from(rows);
}

/** Returns the metrics of a run; for `alone` see figuresOf. */
function outcomeOf(
  run: TestbedRun,
  alone: TestbedRun,
): Figures & Readonly<Record<"moves" | "movesToLc" | "movedMb", number>> {
  const moves = run.decisions.flatMap((decision) => decision.moves);
  return {
    ...figuresOf(run, alone),
    moves: moves.length,
    movesToLc: moves.filter(({ to }) => to === 0).length,
    movedMb: run.movedBytes / 1e6,
  };
}

function multiplyOut(settings: ListedSettings): readonly Settings[] {
  return Object.entries(settings).reduce<readonly Settings[]>(
    (all, [key, values]) => all.flatMap((one) => [values].flat().map((value) => ({ ...one, [key]: value }))),
    [{}],
  );
}

/** Returns the settings that are lists, under the names of their columns. */
function listed(owner: string, settings: ListedSettings, values: Settings): Settings {
  const keys = Object.keys(settings).filter((key) => typeof settings[key] !== "number");
  return Object.fromEntries(keys.map((key) => [`${owner}.${key}`, values[key]]));
}
