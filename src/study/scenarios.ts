/** The runs that a sweep consists of. */
import { InputError } from "../errors.js";
import { resolveParameters } from "../parameters.js";
import { findPolicy } from "../policies/index.js";
import { parseTrace } from "../trace/open.js";
import type { OpenOptions } from "../trace/options.js";
import { resolveOptions } from "../trace/synthetic/options.js";
import { parseSyntheticOptions } from "../trace/synthetic/spec.js";
import { dealSettings, ownParameter, type Setting } from "./deal-settings.js";
import { MODEL } from "../simulate/model.js";
import { resolveChoices, type Settings } from "../simulate/settings.js";
import type { Sweep, SweptSetting } from "./design.js";

/** How a workload is opened: all that decides which one it is. */
export interface WorkloadChoice {
  readonly trace: string;
  readonly open: Pick<OpenOptions, "machines" | "steps" | "lcRule" | "seed">;
}

/** Returns a text that is equal for equal choices. */
export function workloadKey({ trace, open: { machines, steps, lcRule, seed } }: WorkloadChoice): string {
  return JSON.stringify([trace, machines, steps, lcRule, seed]);
}

/** One run of a sweep, with every default filled in but those that only the trace knows. */
export interface Scenario {
  readonly workload: WorkloadChoice;
  readonly policy: { readonly name: string; readonly parameters: Readonly<Record<string, number>> };
  readonly simulation: Omit<Settings, "steps">;
  /** Those of the sweep's settings that bear on this run. */
  readonly settings: Readonly<Record<string, number>>;
}

/** Most runs of a sweep: their table has to fit into memory. */
const MOST_RUNS = 100_000;

/**
 * Returns the runs of a sweep in the order of its table: by trace, machines, steps, LC rule, sharing,
 * migration, policy, the keys of `set` in their order, and seed, which changes fastest. Throws InputError for
 * a value out of range and for too many runs.
 */
export function listScenarios(sweep: Sweep): Scenario[] {
  const bearing = sweep.policies.map((policy) => settingsOf(policy, sweep.set));
  const rest = [sweep.traces, sweep.machines, sweep.steps, sweep.lcRules, sweep.sharing, sweep.migration];
  const combinations = bearing.reduce((sum, swept) => sum + product(swept.map(({ values }) => values)), 0);
  const runs = product([...rest, sweep.seeds]) * combinations;
  if (runs > MOST_RUNS) throw new InputError(`too many runs: ${runs}; at most ${MOST_RUNS} in one sweep`);

  const scenarios: Scenario[] = [];
  for (const trace of sweep.traces)
    for (const machines of sweep.machines)
      for (const steps of sweep.steps)
        for (const lcRule of sweep.lcRules) {
          const repetitions = sweep.seeds.map((seed) => ({
            seed,
            workload: {
              trace,
              open: { machines, steps, lcRule, seed: picksBySeed(trace, machines) ? seed : undefined },
            },
          }));
          for (const { workload } of repetitions) checkSynthetic(workload);
          for (const sharing of sweep.sharing)
            for (const migration of sweep.migration)
              sweep.policies.forEach((policy, row) => {
                for (const settings of combine(bearing[row])) {
                  const choose = createChooser(policy, settings, { sharing, migration });
                  scenarios.push(...repetitions.map(choose));
                }
              });
        }
  return scenarios;
}

/** Returns the swept settings that change something under the policy. */
function settingsOf(policy: string, set: readonly SweptSetting[]): SweptSetting[] {
  return set.filter(({ key }) => Object.hasOwn(MODEL, key) || ownParameter(key, policy) !== undefined);
}

function product(lists: readonly (readonly unknown[])[]): number {
  return lists.reduce((count, { length }) => count * length, 1);
}

/** Returns every choice of one value for each key, the last key changing fastest. */
function combine(set: readonly SweptSetting[]): Setting[][] {
  return set.reduce<Setting[][]>(
    (chosen, { key, values }) =>
      chosen.flatMap((before) => values.map((value) => [...before, { key, value }])),
    [[]],
  );
}

interface Repetition {
  readonly seed: number | undefined;
  readonly workload: WorkloadChoice;
}

/** A saved workload that is kept whole is the same for every seed: it need be opened only once. */
function picksBySeed(trace: string, machines: number | "all" | undefined): boolean {
  return parseTrace(trace).format !== "arrow" || typeof machines === "number";
}

function createChooser(
  name: string,
  settings: readonly Setting[],
  choices: Partial<Pick<Settings, "sharing" | "migration">>,
): (repetition: Repetition) => Scenario {
  const { model, parameters: given } = dealSettings(settings, [name], "key of set");
  const parameters = resolveParameters(`policy ${name}`, findPolicy(name).parameters, given[name]);
  const resolved = resolveChoices({ ...choices, model });
  const named = Object.fromEntries(settings.map(({ key, value }) => [key, value]));
  return ({ seed, workload }) => ({
    workload,
    policy: { name, parameters },
    simulation: { ...resolved, seed: seed ?? resolved.seed },
    settings: named,
  });
}

/** A generated trace can be checked before it is generated, others cannot. */
function checkSynthetic({ trace, open }: WorkloadChoice): void {
  const parsed = parseTrace(trace);
  if (parsed.format === "synthetic") resolveOptions(parseSyntheticOptions(parsed.options, open));
}
