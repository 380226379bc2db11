import { Option, type Command } from "commander";
import { SHARING, type Sharing } from "../../cluster/share.js";
import type { Setting } from "../../study/deal-settings.js";
import { ORDERS, type Order } from "../../workload/task-order.js";
import { MIGRATION_MODELS, MIGRATIONS, type MigrationModel } from "../../cluster/migration/presets.js";
import { addSetOption } from "./set-options.js";
import { wrap } from "./wrap.js";
import { addTraceOptions, type TraceOptions } from "./trace-options.js";

/** The values that commander passes for the options of `addSimulationOptions`. */
export interface SimulationCommandOptions extends TraceOptions {
  readonly sharing?: Sharing;
  readonly migration?: MigrationModel;
  readonly order?: Order;
  readonly set: readonly Setting[];
  readonly out?: string;
  readonly json?: boolean;
}

/** Adds the options that `simulate` and `compare` share. */
export function addSimulationOptions(command: Command): Command {
  addModelOptions(addTraceOptions(command))
    .addOption(
      new Option(
        "--order <order>",
        "order of tasks: as in the trace, or enforced: a task waits for those that it comes after",
      ).choices(ORDERS),
    )
    .option("--out <dir>", "folder for tables and the manifest")
    .option("--json", "print one JSON object");
  return addSetOption(command);
}

/** Adds the two choices of a model: how CPU is shared and what a migration costs. */
export function addModelOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--sharing <model>", "how LC and best-effort tasks share a machine").choices(SHARING),
    )
    .addOption(new Option("--migration <model>", "what a migration costs").choices(MIGRATION_MODELS))
    .addHelpText("after", MIGRATION_HELP);
}

const MIGRATION_HELP = `
What a migration costs (--migration; the first is the default):
${MIGRATION_MODELS.map((name) =>
  wrap(`  ${name.padEnd(16)} ${MIGRATIONS[name].description}`, 80, " ".repeat(19)),
).join("")}`.trimEnd();
