import { InputError } from "../base/errors.js";

/**
 * Throws InputError where `value` is negative, infinite or not a number; `name` describes the value in the
 * message.
 */
export function checkNonNegative(name: string, value: number): void {
  if (value >= 0 && value < Infinity) return;
  throw new InputError(`${name} is ${value}: give a finite number that is not negative`);
}

/** Does the same for a value of a column. The name is put together only for an error. */
export function checkRow(name: string, row: number, value: number): void {
  if (!(value >= 0 && value < Infinity)) checkNonNegative(`${name} ${row}`, value);
}

/** Throws InputError at the first value that is negative, infinite or not a number. */
export function checkAllNonNegative(name: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) checkRow(name, i, values[i]);
}

/** Throws InputError where two columns that belong together differ in length. */
export function checkSameLength(
  name: string,
  values: ArrayLike<number>,
  otherName: string,
  others: ArrayLike<number>,
): void {
  if (values.length === others.length) return;
  throw new InputError(
    `${name} has ${values.length} rows, ${otherName} ${others.length}: give one of each for every row`,
  );
}
