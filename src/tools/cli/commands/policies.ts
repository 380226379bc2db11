import { Option, type Command } from "commander";
import type { PoliciesOptions } from "../policies.js";
import type { Streams } from "../streams.js";

/** `schedlab policies [NAME]`: lists the policies, or describes one of them. */
export function addPolicies(program: Command, streams: Streams): void {
  program
    .command("policies")
    .description("list the policies and the model's parameters, or show one policy")
    .argument("[name]", "a policy")
    .option("--json", "print JSON")
    .addOption(new Option("--markdown", "print Markdown: docs/policies.md").conflicts("json"))
    .addHelpText("after", "\nExample:\n  $ schedlab policies threshold")
    .action(async (name: string | undefined, options: PoliciesOptions) => {
      const { printPolicies } = await import("../policies.js");
      printPolicies(name, options, streams);
    });
}
