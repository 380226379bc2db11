import type { Command } from "commander";
import type { ArchitecturesOptions } from "../architectures.js";
import type { Streams } from "../streams.js";

/** `schedlab architectures [NAME]`: lists the scheduler architectures, or describes one of them. */
export function addArchitectures(program: Command, streams: Streams): void {
  program
    .command("architectures")
    .description("list the scheduler architectures, or show one with its parameters")
    .argument("[name]", "an architecture")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  $ schedlab architectures omega")
    .action(async (name: string | undefined, options: ArchitecturesOptions) => {
      const { printArchitectures } = await import("../architectures.js");
      printArchitectures(name, options, streams);
    });
}
