/** The testbed over several seeds. */
import { meanOf } from "../../metrics/fairness.js";
import { pairedDifference, type PairedDifference } from "../../metrics/paired.js";
import { randomStream } from "../../random.js";
import type { ConfigurationName } from "./configurations.js";
import { figuresOf, runAlone } from "./figures.js";
import type { Figures } from "./published.js";
import { runTestbed, type TestbedOptions, type TestbedRun } from "./run.js";

/** What one run came to. */
export interface TestbedOutcome extends Figures {
  readonly configuration: ConfigurationName;
  readonly seed: number;
  readonly moves: number;
  /** Moves to the node of the LC service's host. */
  readonly movesToLc: number;
  /** MB of working sets that followed a move. */
  readonly movedMb: number;
}

export type OutcomeName = Exclude<keyof TestbedOutcome, "configuration" | "seed">;

/** Returns the outcome of a run; for `alone` see figuresOf. */
export function outcomeOf(run: TestbedRun, alone: TestbedRun): TestbedOutcome {
  const moves = run.decisions.flatMap((decision) => decision.moves);
  return {
    configuration: run.configuration,
    seed: run.seed,
    ...figuresOf(run, alone),
    moves: moves.length,
    movesToLc: moves.filter(({ to }) => to === 0).length,
    movedMb: run.movedBytes / 1e6,
  };
}

/**
 * Runs every configuration with every seed and returns an outcome for each, in the order of the configurations, then of
 * the seeds. Errors as runTestbed.
 */
export function repeatTestbed(
  configurations: readonly ConfigurationName[],
  seeds: readonly number[],
  options: Omit<TestbedOptions, "seed" | "lc"> = {},
): TestbedOutcome[] {
  const alone = seeds.map((seed) => runAlone({ ...options, seed }));
  return configurations.flatMap((configuration) =>
    seeds.map((seed, i) => outcomeOf(runTestbed(configuration, { ...options, seed }), alone[i])),
  );
}

/** Outcomes of two configurations, and their difference, over the seeds that both ran. */
export interface TestbedDifference {
  readonly figure: OutcomeName;
  readonly one: number;
  readonly other: number;
  /** Of one minus other, seed by seed. */
  readonly difference: PairedDifference;
}

/** Returns the differences of `one` minus `other`; both meet the same luck, so each seed is a pair. */
export function testbedDifferences(
  outcomes: readonly TestbedOutcome[],
  one: ConfigurationName,
  other: ConfigurationName,
  figures: readonly OutcomeName[],
): TestbedDifference[] {
  const bySeed = new Map(
    outcomes.filter(({ configuration }) => configuration === other).map((outcome) => [outcome.seed, outcome]),
  );
  const pairs = outcomes.flatMap((outcome) => {
    const partner = bySeed.get(outcome.seed);
    return outcome.configuration === one && partner !== undefined ? [{ one: outcome, other: partner }] : [];
  });
  return figures.map((figure) => ({
    figure,
    one: meanOf(pairs.map((pair) => pair.one[figure])),
    other: meanOf(pairs.map((pair) => pair.other[figure])),
    difference: pairedDifference(
      pairs.map((pair) => pair.one[figure]),
      pairs.map((pair) => pair.other[figure]),
      randomStream(1, "noise", "paired", figure),
    ),
  }));
}
