/** What the command line says of one policy or architecture. */
import type { Parameters } from "../../base/parameters.js";
import { parameterTable } from "./parameter-table.js";
import { wrap } from "./wrap.js";

export interface Definition {
  /** Lines at the top, such as name and rule. */
  readonly head: readonly string[];
  readonly deviations: readonly string[];
  readonly parameters: Parameters;
}

/** Returns head, deviations and parameters in lines of at most `width` characters. */
export function definitionPage({ head, deviations, parameters }: Definition, width: number): string {
  const lines = head.map((line) => wrap(line, width));
  if (deviations.length > 0)
    lines.push(
      "Where it departs from it:\n",
      ...deviations.map((text) => wrap(`  - ${text}`, width, "    ")),
    );
  const settable = Object.keys(parameters).length > 0 ? `\n${parameterTable(parameters, width)}` : "";
  return lines.join("") + settable;
}
