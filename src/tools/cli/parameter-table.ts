import { describeRange, type Parameters } from "../../base/parameters.js";
import { textTable } from "./text-table.js";

/** Returns a table of parameters in lines of at most `width` characters: unit and range begin the meaning. */
export function parameterTable(parameters: Parameters, width: number): string {
  const rows = Object.entries(parameters).map(([key, parameter]) => {
    const { default: value, unit, description } = parameter;
    // "0 or 1" is a range already.
    const range = /^\d/.test(unit) ? unit : `${unit}, ${describeRange(parameter)}`;
    return { key, default: value, meaning: `${range}: ${description}` };
  });
  return textTable(rows, { width });
}
