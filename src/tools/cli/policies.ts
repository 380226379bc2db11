import { findPolicy, POLICIES } from "../../policies/index.js";
import type { BuiltInPolicy } from "../../policies/policy.js";
import { MODEL } from "../../simulate/model.js";
import { definitionPage } from "./definition-page.js";
import { parameterTable } from "./parameter-table.js";
import { policiesPage, policySection } from "./policies-page.js";
import { widthOf, type Streams } from "./streams.js";
import { textTable } from "./text-table.js";

/** The options of `schedlab policies`. */
export interface PoliciesOptions {
  readonly json?: boolean;
  readonly markdown?: boolean;
}

/** Prints all policies, or one of them. Throws InputError for an unknown name. */
export function printPolicies(
  name: string | undefined,
  { json, markdown }: PoliciesOptions,
  { stdout }: Streams,
): void {
  const width = widthOf(stdout);
  const chosen = name === undefined ? POLICIES : [findPolicy(name)];
  if (json === true) {
    // JSON leaves out `create`, which is a function.
    const about = name === undefined ? { policies: POLICIES, model: MODEL } : chosen[0];
    stdout.write(`${JSON.stringify(about, null, 2)}\n`);
  } else if (markdown === true) {
    stdout.write(name === undefined ? policiesPage(POLICIES) : policySection(chosen[0]));
  } else if (name !== undefined) stdout.write(pageOf(chosen[0], width));
  else {
    stdout.write(
      textTable(
        chosen.map(({ name, family, rule }) => ({ name, family, rule })),
        { width },
      ),
    );
    stdout.write(`\nThe model (--set KEY=VALUE):\n${parameterTable(MODEL, width)}`);
  }
}

function pageOf(
  { name, rule, family, source, fidelity, deviations, parameters }: BuiltInPolicy,
  width: number,
): string {
  const head = [`${name} (${family}, ${fidelity})`, rule, `Source: ${source}`];
  return definitionPage({ head, deviations, parameters }, width);
}
