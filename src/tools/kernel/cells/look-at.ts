import { isTable } from "../../../notebook/table-html.js";
import type { Seen } from "./messages.js";

/** The largest number of values of a column that are told. */
const MOST_VALUES = 9;

/** Returns what completion can use of a value of an earlier cell. */
export function lookAt(value: unknown): Seen {
  if (!isTable(value)) {
    const strings = [value].flat().filter((one) => typeof one === "string");
    return strings.length === 0 ? {} : { strings };
  }
  const columns = value.columnNames().map((name) => {
    const different = Array.from(new Set(value.array(name)));
    const told = name === "policy" ? different : different.slice(0, MOST_VALUES);
    return [name, told.map((one) => [one].join())];
  });
  return { columns: Object.fromEntries(columns) as Record<string, string[]> };
}
