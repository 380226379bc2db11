/** Checks of values that users give: what is wrong is named, and what to give instead. */
import { describeValue, InputError } from "./errors.js";
import { refuseUnknownKeys } from "./known-keys.js";
import { didYouMean } from "./nearest.js";

/** Returns the remedy for a value that is wrong ("give ..."); undefined for one that is right. */
export type Check = (value: unknown) => string | undefined;

/** A check for every key of a type. */
export type Checks<T> = Readonly<Record<keyof T, Check>>;

/** Throws InputError where the check refuses the value. `what` is its name and place: "load of oneLink". */
export function checkValue(what: string, value: unknown, check: Check): void {
  const remedy = check(value);
  if (remedy !== undefined) throw new InputError(`${what} is ${describeValue(value)}: ${remedy}`);
}

/**
 * Throws InputError for what is no object, for an unknown key and for the first value that its check refuses.
 *
 * @param owner Whose options they are: "generateFlows", "case web".
 */
export function checkKeys<T extends object>(owner: string, given: T, checks: Checks<T>): void {
  const names = Object.keys(checks);
  checkValue(`input of ${owner}`, given, (it) => OBJECT(it) && `give an object with ${names.join(", ")}`);
  refuseUnknownKeys(given, names, `option of ${owner}`);
  for (const [name, check] of Object.entries<Check>(checks))
    checkValue(`${name} of ${owner}`, (given as Readonly<Record<string, unknown>>)[name], check);
}

/** Lets a value be left out. */
export function optional(check: Check): Check {
  return (value) => (value === undefined ? undefined : check(value));
}

const LARGEST = Number.MAX_VALUE;

interface Range {
  readonly min?: number;
  readonly above?: number;
  readonly max?: number;
  readonly below?: number;
  readonly whole?: boolean;
}

/**
 * A number in a range, finite unless the range says `max: Infinity`. `max`, which may be a technical limit,
 * is named only where it is exceeded.
 */
export function number({ min, above, max = LARGEST, below, whole = false }: Range = {}): Check {
  const isIn = (value: unknown): boolean =>
    typeof value === "number" &&
    value >= (min ?? -LARGEST) &&
    value > (above ?? -Infinity) &&
    (below === undefined || value < below) &&
    value <= max &&
    (!whole || Number.isSafeInteger(value));
  const kind = `give a ${whole ? "whole " : ""}number`;
  const lower = min === undefined ? (above === undefined ? "" : ` above ${above}`) : ` of ${min} or more`;
  const upper = below === undefined ? "" : ` and below ${below}`;
  return (value) => {
    if (isIn(value)) return undefined;
    if (max === LARGEST || !(typeof value === "number" && value > max)) return kind + lower + upper;
    return min === undefined ? `${kind}${lower} of at most ${max}` : `${kind} from ${min} to ${max}`;
  };
}

/** A whole number from `min` on. */
export function whole(min = 1, max?: number): Check {
  return number({ min, max, whole: true });
}

/** One of some names. */
export function oneOf(names: readonly string[]): Check {
  return (value) =>
    names.includes(value as string) ? undefined : `give ${names.join(" or ")}${didYouMean(value, names)}`;
}

/** Whether a value is an array or a typed array. */
export function isList(value: unknown): value is ArrayLike<unknown> {
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

export const OBJECT: Check = (value) =>
  typeof value === "object" && value !== null && !isList(value) && !(value instanceof Promise)
    ? undefined
    : "give an object";
export const FUNCTION: Check = (value) => (typeof value === "function" ? undefined : "give a function");
export const ANYTHING: Check = () => undefined;

export const SEED = number({ whole: true });
/** Seeds that all differ: equal ones would count as replicates. */
export const SEEDS: Check = (value) =>
  listOf(SEED)(value) ??
  (new Set(value as number[]).size < (value as number[]).length ? "give each seed once" : undefined);
