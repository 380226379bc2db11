/**
 * The numbers that functions of the Cloud RAN take, with their limits, and the one place that checks them.
 * The limits keep time and memory within what a computer has.
 */
import { describeValue, InputError } from "../../base/errors.js";
import { refuseUnknownKeys } from "../../base/known-keys.js";
import { resolveParameters, type Parameter, type Parameters, type Values } from "../../base/parameters.js";

/** Most subframes of a run, and most loads of a table of cells. */
const MOST_VALUES = 5e7;

/** Returns a number that may be of this size; without a default it has to be given. */
function number(description: string, unit: string, [min, max]: [number, number], byDefault = NaN): Parameter {
  return { default: byDefault, unit, description, min, max };
}

function whole(description: string, range: [number, number], byDefault = NaN): Parameter {
  return { ...number(description, "", range, byDefault), integer: true };
}

/** By the name of the option or argument. */
export const NUMBERS = {
  cells: whole("cells", [1, 1e5]),
  slots: whole("subframes of each cell", [1, MOST_VALUES]),
  cores: whole("cores of the pool", [1, 1e5]),
  antennas: whole("antennas of each cell", [1, 1000], 2),
  iterations: number("decoding iterations of a subframe", "", [0, 255]),
  time: number("time for a subframe", "us", [0, 1e9]),
  mcs: whole("modulation and coding scheme", [0, 27]),
  mean: number("mean load, as a share of the peak", "", [0.001, 1000]),
  peak: number("load at which a cell sends the most that it can", "", [1e-300, 1e300]),
  seed: whole("seed of all draws", [0, Number.MAX_SAFE_INTEGER], 0),
  steps: whole("steps", [1, MOST_VALUES]),
  stepSeconds: number("length of a step", "s", [0.001, 1e9], 120),
  servers: whole("servers", [1, 1e6]),
  coresPerServer: number("cores of a server", "", [0.001, 1e6]),
  memoryGib: number("memory of a server", "GiB", [0.001, 1e6], 64),
  stateMib: number("state that moves with a cell", "MiB", [0, 1e9], 8),
  stations: whole("base stations", [1, 1e6]),
  sessions: whole("most sessions of a base station", [1, 1e6]),
  load: number("sessions offered to a base station", "", [1e-6, 1e6]),
  target: number("share of sessions that may be blocked", "", [1e-12, 0.999999]),
} as const satisfies Parameters;

/**
 * Returns the numbers among the options of a function, with defaults. Throws InputError for options that are
 * no object, for an unknown one, and for a number that is missing, no number or out of range.
 *
 * @param others Options that are no numbers.
 */
export function numbersOf<P extends Parameters>(
  owner: string,
  options: object,
  numbers: P,
  others: readonly string[] = [],
): Values<P> {
  const names = Object.keys(numbers);
  refuseUnknownKeys(options, [...names, ...others], `option of ${owner}`);
  const given = Object.fromEntries(
    Object.entries(options).filter(([name, value]) => names.includes(name) && value !== undefined),
  ) as Record<string, number>;
  for (const [name, { default: byDefault, description }] of Object.entries(numbers))
    if (Number.isNaN(byDefault) && !(name in given))
      throw new InputError(`${owner} needs ${name} (${description}); give a number`);
  return resolveParameters(owner, numbers, given);
}

/** Returns the number, or the default where it is undefined. Throws InputError as `numbersOf` does. */
export function numberOf(
  owner: string,
  name: keyof typeof NUMBERS,
  value: number | undefined,
  changes: Partial<Parameter> = {},
): number {
  return numbersOf(owner, { [name]: value }, { [name]: { ...NUMBERS[name], ...changes } })[name];
}

/** Throws InputError where a table of this size would be too large. */
export function checkSize(
  rows: number,
  of: string,
  columns: number,
  each: string,
  most: number = MOST_VALUES,
): void {
  if (rows * columns <= most) return;
  throw new InputError(
    `${rows} ${of} with ${columns} ${each} each are too many: give at most ${most} in all`,
  );
}

/** Throws InputError for weights that are no list of numbers of at least 0, too many, or all 0. */
export function checkWeights(of: string, weights: ArrayLike<number>, most: number): void {
  const values = typeof weights === "object" && (weights as unknown) !== null ? Array.from(weights) : [];
  const total = values.reduce((sum, weight) => sum + weight, 0);
  if (values.every((weight) => weight >= 0) && total > 0 && total < Infinity && values.length <= most) return;
  const shown = values.length > 0 && values.length <= most ? values.join(", ") : describeValue(weights);
  throw new InputError(
    `invalid probabilities of ${of}: ${shown}; give 1 to ${most} numbers of at least 0, not all 0`,
  );
}
