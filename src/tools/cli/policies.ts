import { Option, type Command } from "commander";
import type { Parameters } from "../../base/parameters.js";
import { findPolicy, POLICIES } from "../../policies/index.js";
import type { BuiltInPolicy } from "../../policies/policy.js";
import { MODEL } from "../../simulate/model.js";
import { policiesPage, policySection } from "./policies-page.js";
import type { Streams } from "./streams.js";
import { textTable } from "./text-table.js";

/** `schedlab policies [NAME]`: lists the policies, or describes one of them. */
export function addPolicies(program: Command, { stdout }: Streams): void {
  program
    .command("policies")
    .description("list the policies and the model's parameters, or show one policy")
    .argument("[name]", "a policy")
    .option("--json", "print JSON")
    .addOption(new Option("--markdown", "print Markdown: docs/policies.md").conflicts("json"))
    .addHelpText("after", "\nExample:\n  $ schedlab policies threshold")
    .action((name: string | undefined, options: { readonly json?: boolean; readonly markdown?: boolean }) => {
      const chosen = name === undefined ? POLICIES : [findPolicy(name)];
      if (options.json === true) {
        // JSON leaves out `create`, which is a function.
        const about = name === undefined ? { policies: POLICIES, model: MODEL } : chosen[0];
        stdout.write(`${JSON.stringify(about, null, 2)}\n`);
      } else if (options.markdown === true) {
        stdout.write(name === undefined ? policiesPage(POLICIES) : policySection(chosen[0]));
      } else if (name !== undefined) stdout.write(pageOf(chosen[0]));
      else {
        stdout.write(
          textTable(chosen.map(({ name, family, fidelity, rule }) => ({ name, family, fidelity, rule }))),
        );
        stdout.write(`\nThe model (--set KEY=VALUE):\n${parameterTable(MODEL)}`);
      }
    });
}

function pageOf({ name, rule, family, source, fidelity, deviations, parameters }: BuiltInPolicy): string {
  const lines = [`${name} (${family}, ${fidelity})`, rule, `Source: ${source}`];
  if (deviations.length > 0)
    lines.push("Where it departs from it:", ...deviations.map((text) => `  - ${text}`));
  const settable = Object.keys(parameters).length > 0 ? `\n${parameterTable(parameters)}` : "";
  return `${lines.join("\n")}\n${settable}`;
}

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
