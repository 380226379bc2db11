/** The file that describes a sweep. */
import { SHARING, type Sharing } from "../cluster/share.js";
import { InputError } from "../errors.js";
import { didYouMean } from "../nearest.js";
import { findPolicy } from "../policies/index.js";
import { parseTrace } from "../trace/open.js";
import { LC_RULES, type LcRule } from "../trace/workload.js";
import { dealSettings, ownParameter } from "./deal-settings.js";
import { MIGRATION_MODELS, type MigrationModel } from "../cluster/migration/presets.js";

/** Every value that each key of the file can take; undefined stands for the default. */
export interface Sweep {
  readonly traces: readonly string[];
  readonly machines: readonly (number | "all" | undefined)[];
  readonly steps: readonly (number | undefined)[];
  readonly lcRules: readonly (LcRule | undefined)[];
  readonly sharing: readonly (Sharing | undefined)[];
  readonly migration: readonly (MigrationModel | undefined)[];
  readonly policies: readonly string[];
  /** In the file's order. */
  readonly set: readonly SweptSetting[];
  readonly seeds: readonly (number | undefined)[];
}

/** A key of the model or of policies (see `dealSettings`) with the values to try. */
export interface SweptSetting {
  readonly key: string;
  readonly values: readonly number[];
}

const KEYS = [
  "trace",
  "machines",
  "steps",
  "lcRule",
  "sharing",
  "migration",
  "policies",
  "set",
  "seeds",
] as const;

type Json = Readonly<Record<string, unknown>>;

/** Most seeds in a range; a longer one is a slip of the keyboard. */
const MOST_SEEDS = 100_000;

/**
 * Returns what a sweep file says. It is one JSON object; each value is a single one or a list, and lists multiply out:
 *
 * | key       | value                                                   | default          |
 * |-----------|---------------------------------------------------------|------------------|
 * | trace     | a trace as on the command line; paths as seen from there | required         |
 * | policies  | names of built-in policies                              | required         |
 * | seeds     | whole numbers, or {"from": 1, "count": 10}              | 1                |
 * | machines  | whole number or "all"                                   | the trace's      |
 * | steps     | whole number                                            | the trace's      |
 * | lcRule    | "class>=2", "class==3", "priority>=9"                   | "class>=2"       |
 * | sharing   | "lc-first", "fair"                                      | "lc-first"       |
 * | migration | a name in MIGRATIONS                                    | "pre-copy"       |
 * | set       | object: key of the model or of policies, or POLICY.KEY, to numbers | {}    |
 *
 * A key of `set` that belongs to policies multiplies the runs of those policies alone. A seed is the workload's and the
 * simulation's. Throws InputError for text that is not JSON, unknown keys and policies, values of another kind, and a
 * value given twice.
 *
 * @param name What to call the file in messages.
 */
export function parseSweep(text: string, name: string): Sweep {
  try {
    const file = asObject(parseJson(text), "sweep");
    checkKeys(file, KEYS, "key");
    const policies = listOf(file, "policies", aString, true);
    for (const policy of policies) findPolicy(policy);
    const traces = listOf(file, "trace", aString, true);
    for (const trace of traces) parseTrace(trace);
    return {
      traces,
      machines: orDefault(listOf(file, "machines", machineCount)),
      steps: orDefault(listOf(file, "steps", wholeNumber(1))),
      lcRules: orDefault(listOf(file, "lcRule", oneOf(LC_RULES))),
      sharing: orDefault(listOf(file, "sharing", oneOf(SHARING))),
      migration: orDefault(listOf(file, "migration", oneOf(MIGRATION_MODELS))),
      policies,
      set: readSet(file, policies),
      seeds: readSeeds(file),
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${name}: ${error.message}`, { cause: error });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const at = /at position (\d+)/.exec(reason)?.[1];
    const line = at === undefined ? "" : `, line ${text.slice(0, Number(at)).split("\n").length}`;
    throw new InputError(`invalid JSON${line}: ${reason}`, { cause: error });
  }
}

function asObject(value: unknown, key: string): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InputError(`invalid ${key}: ${shown(value)}; give an object in braces`);
  }
  return value as Json;
}

function checkKeys(object: Json, known: readonly string[], what: string): void {
  for (const key of Object.keys(object)) {
    if (known.includes(key)) continue;
    throw new InputError(`unknown ${what}: ${key}${didYouMean(key, known)}; known: ${known.join(", ")}`);
  }
}

/** Returns the value, or says what to give instead. */
type Reader<T> = (value: unknown) => T | { readonly give: string };

/** Returns a key's value or values as a list, empty where the key is absent. */
function listOf<T extends string | number>(
  object: Json,
  key: string,
  read: Reader<T>,
  required = false,
): readonly T[] {
  const value = object[key];
  if (value === undefined) {
    if (required) throw new InputError(`no ${key}; give one or a list of them`);
    return [];
  }
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (items.length === 0) throw new InputError(`empty ${key}; give at least one value, or leave the key out`);
  const values = items.map((item) => {
    const result = read(item);
    if (typeof result === "object") {
      throw new InputError(`invalid ${key}: ${shown(item)}; give ${result.give}, or a list of them`);
    }
    return result;
  });
  const twice = values.find((item, index) => values.indexOf(item) < index);
  if (twice !== undefined) throw new InputError(`two times ${twice} in ${key}; give each value once`);
  return values;
}

function orDefault<T>(values: readonly T[]): readonly (T | undefined)[] {
  return values.length === 0 ? [undefined] : values;
}

const aString: Reader<string> = (value) => (typeof value === "string" ? value : { give: "a text" });

const aNumber: Reader<number> = (value) =>
  typeof value === "number" && Number.isFinite(value) ? value : { give: "a number" };

function wholeNumber(min: number): Reader<number> {
  return (value) =>
    typeof value === "number" && Number.isSafeInteger(value) && value >= min
      ? value
      : { give: `a whole number of at least ${min}` };
}

const machineCount: Reader<number | "all"> = (value) => {
  const count = value === "all" ? value : wholeNumber(1)(value);
  return typeof count === "object" ? { give: `${count.give} or "all"` } : count;
};

function oneOf<T extends string>(names: readonly T[]): Reader<T> {
  return (value) => names.find((name) => name === value) ?? { give: names.join(" or ") };
}

function readSeeds(file: Json): readonly (number | undefined)[] {
  const { seeds } = file;
  if (typeof seeds !== "object" || seeds === null || Array.isArray(seeds)) {
    return orDefault(listOf(file, "seeds", wholeNumber(0)));
  }
  const range = asObject(seeds, "seeds");
  checkKeys(range, ["from", "count"], "key of seeds");
  const [from, count] = ["from", "count"].map((key) => {
    const value = wholeNumber(key === "count" ? 1 : 0)(range[key]);
    if (typeof value === "object") {
      throw new InputError(`invalid ${key} of seeds: ${shown(range[key])}; give ${value.give}`);
    }
    return value;
  });
  if (count > MOST_SEEDS) {
    throw new InputError(`invalid count of seeds: ${count}; give at most ${MOST_SEEDS}`);
  }
  return Array.from({ length: count }, (_, k) => from + k);
}

function readSet(file: Json, policies: readonly string[]): readonly SweptSetting[] {
  if (file.set === undefined) return [];
  const object = asObject(file.set, "set");
  const swept = Object.keys(object).map((key) => ({ key, values: listOf(object, key, aNumber) }));
  const first = swept.map(({ key, values }) => ({ key, value: values[0] }));
  dealSettings(first, policies, "key of set");
  for (const policy of policies) {
    const owned = swept.map(({ key }) => ownParameter(key, policy));
    const twice = owned.find((own, index) => own !== undefined && owned.indexOf(own) < index);
    if (twice !== undefined) {
      throw new InputError(
        `two settings of ${twice} of policy ${policy}: ${twice} and ${policy}.${twice}; give one`,
      );
    }
  }
  return swept;
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
