import {
  ARCHITECTURES,
  findArchitecture,
  type BuiltInArchitecture,
} from "../../systems/architectures/index.js";
import { definitionPage } from "./definition-page.js";
import { widthOf, type Streams } from "./streams.js";
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
  const width = widthOf(stdout);
  const chosen = name === undefined ? ARCHITECTURES : [findArchitecture(name)];
  // JSON leaves out `create`, which is a function.
  if (json === true) stdout.write(`${JSON.stringify(name === undefined ? chosen : chosen[0], null, 2)}\n`);
  else if (name !== undefined) stdout.write(pageOf(chosen[0], width));
  else
    stdout.write(
      textTable(
        chosen.map(({ name, reproduces = "", rule }) => ({ name, "also mode": reproduces, rule })),
        { width },
      ),
    );
}

function pageOf(architecture: BuiltInArchitecture, width: number): string {
  const { name, rule, source, fidelity, deviations, reproduces, parameters } = architecture;
  const modes =
    reproduces === undefined ? [] : [`Modes: clean; ${reproduces}, which is equal to that program`];
  const head = [`${name} (${fidelity})`, rule, `Source: ${source}`, ...modes];
  return definitionPage({ head, deviations, parameters }, width);
}
