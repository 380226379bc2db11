/** Numbers that a policy or the model can be set to: declared once, checked and listed from the declaration. */
import { InputError } from "./errors.js";

export interface Parameter {
  readonly default: number;
  /** "" for a plain number. */
  readonly unit: string;
  readonly description: string;
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
}

export type Parameters = Readonly<Record<string, Parameter>>;

/** Values of parameters, one for each. */
export type Values<P extends Parameters> = { readonly [K in keyof P]: number };

/**
 * Returns a value for every parameter: the one given, else the default.
 * Throws InputError for an unknown name and for a value out of range.
 *
 * @param owner Whose parameters they are, for the message: "policy threshold", "model".
 */
export function resolveParameters<P extends Parameters>(
  owner: string,
  parameters: P,
  given: Readonly<Record<string, number>> = {},
): Values<P> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(parameters, name)) {
      const known = Object.keys(parameters).join(", ") || "none";
      throw new InputError(`unknown parameter of ${owner}: ${name}; it has: ${known}`);
    }
  }
  const values: Record<string, number> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    const value = given[name] ?? parameter.default;
    const problem = complaint(parameter, value);
    if (problem !== undefined) throw new InputError(`invalid ${name} of ${owner}: ${value}; ${problem}`);
    values[name] = value;
  }
  return values as Values<P>;
}

function complaint({ min, max, integer }: Parameter, value: number): string | undefined {
  if (Number.isNaN(value)) return "it must be a number";
  if (integer === true && !Number.isInteger(value)) return "it must be a whole number";
  if (min !== undefined && value < min) return `it must be at least ${min}`;
  if (max !== undefined && value > max) return `it must be at most ${max}`;
  return undefined;
}
