/**
 * Numeric parameters of policies and of the model. Each is declared once; checks and lists use the
 * declaration.
 */
import { describeValue, InputError } from "./errors.js";
import { refuseUnknownKeys } from "./known-keys.js";
import { writeNumber } from "./write-numbers.js";

export interface Parameter {
  readonly default: number;
  /** "" for a plain number. */
  readonly unit: string;
  readonly description: string;
  /** Built-in parameters have both: a value beyond them means nothing, or costs more than any machine has. */
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
}

/**
 * What parameters that are loads have in common. A load is CPU wanted over capacity, so it may be above 1; no
 * policy needs a limit far above it, and a larger number is a percentage by mistake.
 */
export const LOAD = { unit: "load", min: 0, max: 5 } as const;

export type Parameters = Readonly<Record<string, Parameter>>;

/** One value for each parameter. */
export type Values<P extends Parameters> = { readonly [K in keyof P]: number };

/**
 * Returns a value for every parameter: the given value, else the default. Throws InputError for an unknown
 * name and for a value that is not finite or out of range.
 *
 * @param owner The owner of the parameters, for the message: "policy threshold", "model".
 */
export function resolveParameters<P extends Parameters>(
  owner: string,
  parameters: P,
  given: Readonly<Record<string, number>> = {},
): Values<P> {
  refuseUnknownKeys(given, Object.keys(parameters), `parameter of ${owner}`);
  const values: Record<string, number> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    const value = given[name] ?? parameter.default;
    const problem = complaint(parameter, value);
    if (problem !== undefined)
      throw new InputError(`invalid ${name} of ${owner}: ${describeValue(value)}; ${problem}`);
    values[name] = value;
  }
  return values as Values<P>;
}

function complaint({ min, max, integer }: Parameter, value: unknown): string | undefined {
  if (typeof value !== "number" || !Number.isFinite(value)) return "it must be a number";
  if (integer === true && !Number.isInteger(value)) return "it must be a whole number";
  if (min !== undefined && value < min) return `it must be at least ${min}`;
  if (max !== undefined && value > max) {
    const isPercent = integer !== true && max <= LOAD.max && value <= 100 * max;
    return `it must be at most ${max}${isPercent ? `; ${asShare(value)}` : ""}`;
  }
  return undefined;
}

/** Returns the allowed values in words: "whole, at least 1"; "any". */
export function describeRange({ min, max, integer }: Parameter): string {
  const kind = integer === true ? "whole, " : "";
  if (min !== undefined && max !== undefined) return `${kind}${min} to ${max}`;
  if (min !== undefined) return `${kind}at least ${min}`;
  if (max !== undefined) return `${kind}at most ${max}`;
  return integer === true ? "whole" : "any";
}

/** Returns the remedy for a percentage in place of a share: "give 0.8 for 80 %". */
export function asShare(percent: number): string {
  return `give ${writeNumber(percent / 100)} for ${writeNumber(percent)} %`;
}
