import {
  ARCHITECTURES,
  findArchitecture,
  type BuiltInArchitecture,
} from "../../systems/architectures/index.js";
import type { Streams } from "./streams.js";
import { textTable } from "./text-table.js";

/** The options of `schedlab architectures`. */
export interface ArchitecturesOptions {
  readonly json?: boolean;
}

/** Prints all scheduler architectures, or one of them. Throws InputError for an unknown name. */
export function printArchitectures(
  name: string | undefined,
  { json }: ArchitecturesOptions,
  { stdout }: Streams,
): void {
  const chosen = name === undefined ? ARCHITECTURES : [findArchitecture(name)];
  // JSON leaves out `create`, which is a function.
  if (json === true) stdout.write(`${JSON.stringify(name === undefined ? chosen : chosen[0], null, 2)}\n`);
  else if (name !== undefined) stdout.write(pageOf(chosen[0]));
  else
    stdout.write(
      textTable(chosen.map(({ name, reproduces = "", rule }) => ({ name, "also mode": reproduces, rule }))),
    );
}

function pageOf(architecture: BuiltInArchitecture): string {
  const { name, rule, source, fidelity, deviations, reproduces, parameters } = architecture;
  const lines = [`${name} (${fidelity})`, rule, `Source: ${source}`];
  if (reproduces !== undefined) lines.push(`Modes: clean; ${reproduces}, which is equal to that program`);
  if (deviations.length > 0)
    lines.push("Where it departs from it:", ...deviations.map((text) => `  - ${text}`));
  const rows = Object.entries(parameters).map(([key, { default: value, unit, description }]) => ({
    key,
    default: value,
    unit,
    description,
  }));
  return `${lines.join("\n")}\n${rows.length > 0 ? `\n${textTable(rows)}` : ""}`;
}
