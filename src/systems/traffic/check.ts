/** What values the functions of traffic take: every option and argument is checked against one of these. */
import { describeValue, InputError } from "../../base/errors.js";
import { refuseUnknownKeys } from "../../base/known-keys.js";
import { didYouMean } from "../../base/nearest.js";

/** Returns the remedy for a value that is wrong ("give ..."); undefined for one that is right. */
export type Check = (value: unknown) => string | undefined;

/** A check for every key of a type. */
export type Checks<T> = Readonly<Record<keyof T, Check>>;

/**
 * Throws InputError for an unknown key and for the first value that its check refuses.
 *
 * @param owner Whose keys they are, for the message: "generateFlows", "case web".
 */
export function checkKeys<T extends object>(owner: string, given: T, checks: Checks<T>): void {
  const names = Object.keys(checks);
  checkValue(owner, "it", given, (it) => OBJECT(it) && `give an object with ${names.join(", ")}`);
  refuseUnknownKeys(given, names, `option of ${owner}`);
  for (const [name, check] of Object.entries<Check>(checks))
    checkValue(owner, name, (given as Readonly<Record<string, unknown>>)[name], check);
}

/** Throws InputError where the check refuses the value. */
export function checkValue(owner: string, name: string, value: unknown, check: Check): void {
  const remedy = check(value);
  if (remedy !== undefined) throw new InputError(`${owner}: ${name} is ${describeValue(value)}; ${remedy}`);
}

/** Lets a value be left out. */
export function optional(check: Check): Check {
  return (value) => (value === undefined ? undefined : check(value));
}

interface Range {
  readonly min?: number;
  readonly above?: number;
  readonly max?: number;
  readonly below?: number;
  readonly whole?: boolean;
}

/** A finite number in a range. */
export function number(range: Range = {}): Check {
  const { min = -Infinity, above = -Infinity, max = Infinity, below = Infinity, whole = false } = range;
  const limits = Object.entries({ "of at least": min, above, "of at most": max, below })
    .filter(([, limit]) => Number.isFinite(limit))
    .map(([word, limit]) => `${word} ${limit}`);
  const remedy = `give a ${whole ? "whole" : "finite"} number ${limits.join(" and ")}`.trimEnd();
  return (value) =>
    Number.isFinite(value) &&
    (value as number) >= min &&
    (value as number) > above &&
    (value as number) <= max &&
    (value as number) < below &&
    (!whole || Number.isSafeInteger(value))
      ? undefined
      : remedy;
}

/** A whole number from `min` on. */
export function whole(min = 1, max = Infinity): Check {
  return number({ min, max, whole: true });
}

/** One of some names. */
export function oneOf(names: readonly string[]): Check {
  return (value) =>
    names.includes(value as string) ? undefined : `give ${names.join(" or ")}${didYouMean(value, names)}`;
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);
}

/** A list, typed or not, whose entries all pass; `length` is their number, else there is at least one. */
export function listOf(entry: Check, length?: number): Check {
  return (value) => {
    if (!isList(value)) return "give a list";
    if (length === undefined ? value.length === 0 : value.length !== length)
      return `give ${length === undefined ? "at least one entry" : `exactly ${length}`}`;
    for (let i = 0; i < value.length; i++) {
      const remedy = entry(value[i]);
      if (remedy !== undefined) return `entry ${i} is ${describeValue(value[i])}: ${remedy}`;
    }
    return undefined;
  };
}

/** Priority queues are counted by 16 bits, and each has lists for every link. */
const MOST = 1000;

/** Numbers above 0 that ascend, at least `least` of them; `length` is their number, if it is fixed. */
export function ascending(length?: number, least = 0): Check {
  const entries = listOf(number({ above: 0 }), length);
  return (value) => {
    if (isList(value) && value.length === 0 && (length ?? least) === 0) return undefined;
    const remedy = entries(value);
    if (remedy !== undefined) return remedy;
    const numbers = value as ArrayLike<number>;
    if (numbers.length > MOST) return `give at most ${MOST}`;
    for (let k = 1; k < numbers.length; k++)
      if (numbers[k] <= numbers[k - 1])
        return `entry ${k} is ${numbers[k]}: give finite numbers above 0 that ascend`;
    return undefined;
  };
}

/** An object with these keys, of which its maker is named in the message. */
function madeBy(maker: string, ...keys: readonly string[]): Check {
  return (value) =>
    typeof value === "object" && value !== null && keys.every((key) => isList((value as never)[key]))
      ? undefined
      : `give what ${maker} returns`;
}

export const SIZES = madeBy("publishedSizes or sizesFrom", "bytes", "share");
export const NETWORK = madeBy("bigSwitch", "up", "down");
export const FLOWS = madeBy("flowsFrom or generateFlows", "arrival", "source", "target", "bytes");
export const OBJECT: Check = (value) =>
  typeof value === "object" && value !== null && !isList(value) ? undefined : "give an object";
export const FUNCTION: Check = (value) => (typeof value === "function" ? undefined : "give a function");
export const ANYTHING: Check = () => undefined;

export const SEED = number({ whole: true });
/** Share of a link; above 1, flows wait longer and longer. */
export const LOAD = number({ above: 0, max: 100 });
/** A load for which there is a mean. */
export const STABLE_LOAD = number({ above: 0, below: 1 });
export const SECONDS = number({ above: 0, max: 1e6 });

/** Seeds that all differ: equal ones would count as replicates. */
export const SEEDS: Check = (value) =>
  listOf(SEED)(value) ??
  (new Set(value as number[]).size < (value as number[]).length ? "give each seed once" : undefined);
