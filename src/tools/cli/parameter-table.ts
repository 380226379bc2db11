import type { Parameters } from "../../base/parameters.js";
import { textTable } from "./text-table.js";

/** Returns a table of parameters. */
export function parameterTable(parameters: Parameters): string {
  return textTable(
    Object.entries(parameters).map(([key, { default: value, unit, description }]) => ({
      key,
      default: value,
      unit,
      description,
    })),
  );
}
