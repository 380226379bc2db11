import { InputError } from "../../base/errors.js";
import { didYouMean } from "../../base/nearest.js";
import type { OpenOptions } from "../../workload/open-options.js";
import { STEP_SECONDS, type LcRule } from "../../workload/workload.js";
import type { SyntheticOptions } from "./options.js";

const NUMBERS = [
  "machines",
  "cpu",
  "memory",
  "steps",
  "days",
  "stepSeconds",
  "originSeconds",
  "seed",
  "tasksPerMachine",
  "arrivalsPerMachineHour",
] as const;
const KEYS = [...NUMBERS, "failures", "lcRule"] as const;

/**
 * Returns the options of a generated trace from the text after `synthetic:` (`KEY=VALUE,...`, such as
 * `machines=100,days=2,failures=true`) and from the options of every trace. If a key is given in both, the
 * values must agree. Throws InputError for an unknown key, an invalid value and two values for one key.
 */
export function parseSyntheticOptions(text: string, open: OpenOptions = {}): SyntheticOptions {
  const given = new Map<string, string>();
  for (const pair of text.split(",").filter((part) => part.trim() !== "")) {
    const [key, value] = splitPair(pair);
    if (given.has(key)) throw new InputError(`two values for ${key} in synthetic:${text}; give one`);
    given.set(key, value);
  }
  const numbers = Object.fromEntries(
    NUMBERS.filter((key) => given.has(key)).map((key) => [key, toNumber(key, given.get(key)!)]),
  ) as Partial<Record<(typeof NUMBERS)[number], number>>;
  const { days, ...rest } = numbers;
  if (days !== undefined) {
    if (rest.steps !== undefined)
      throw new InputError("both steps and days in the synthetic trace; give one");
    rest.steps = Math.round((days * 86_400) / (rest.stepSeconds ?? STEP_SECONDS));
  }
  const lcRule = given.get("lcRule") as LcRule | undefined;
  const failures = given.has("failures") ? toBoolean(given.get("failures")!) : undefined;
  return definedOnly({
    ...rest,
    ...fromOpenOptions(open, { ...rest, lcRule }),
    ...(failures === undefined ? {} : { failures }),
  });
}

function fromOpenOptions(open: OpenOptions, given: SyntheticOptions): SyntheticOptions {
  const { machines, shape, seed, steps, lcRule, onProgress } = open;
  const exact = typeof shape === "object" ? shape : undefined;
  return {
    machines: agreed("machines", given.machines, machines === "all" ? undefined : machines),
    cpu: agreed("cpu", given.cpu, exact?.cpu),
    memory: agreed("memory", given.memory, exact?.memory),
    seed: agreed("seed", given.seed, seed),
    steps: agreed("steps", given.steps, steps),
    lcRule: agreed("lcRule", given.lcRule, lcRule),
    onProgress,
  };
}

function agreed<Value>(key: string, a: Value | undefined, b: Value | undefined): Value | undefined {
  if (a !== undefined && b !== undefined && a !== b) {
    throw new InputError(
      `two values for ${key}: ${String(a)} in the trace and ${String(b)} as an option; give one`,
    );
  }
  return a ?? b;
}

function splitPair(pair: string): [key: string, value: string] {
  const equals = pair.indexOf("=");
  const key = (equals < 0 ? pair : pair.slice(0, equals)).trim();
  if (!(KEYS as readonly string[]).includes(key)) {
    throw new InputError(
      `unknown key of the synthetic trace: ${key}${didYouMean(key, KEYS)}; use ${KEYS.join(", ")}`,
    );
  }
  if (equals < 0) throw new InputError(`no value for ${key} of the synthetic trace; write ${key}=VALUE`);
  // A rule such as class>=2 contains an equals sign, too.
  return [key, pair.slice(equals + 1).trim()];
}

function toNumber(key: string, text: string): number {
  const value = text === "" ? NaN : Number(text);
  if (!Number.isFinite(value)) {
    throw new InputError(`invalid ${key} of the synthetic trace: ${text}; give a number`);
  }
  return value;
}

function toBoolean(text: string): boolean {
  if (text === "true" || text === "false") return text === "true";
  throw new InputError(`invalid failures of the synthetic trace: ${text}; give true or false`);
}

function definedOnly(options: SyntheticOptions): SyntheticOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
