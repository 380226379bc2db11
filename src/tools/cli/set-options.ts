import { InvalidArgumentError, Option, type Command } from "commander";
import { parseDecimal } from "../../base/decimal.js";
import type { Setting } from "../../study/deal-settings.js";

/** Adds the repeatable option `--set key=value`. */
export function addSetOption(command: Command): Command {
  return command.addOption(
    new Option(
      "--set <key=value>",
      "set a parameter of the model or a policy (`POLICY.KEY` for one of several); `schedlab policies` " +
        "lists them",
    )
      .argParser(collectSetting)
      .default([], "none"),
  );
}

/** Option parser: appends one key=value to the previous ones. */
export function collectSetting(text: string, before: readonly Setting[]): Setting[] {
  const at = text.indexOf("=");
  const value = parseDecimal(text.slice(at + 1));
  if (at < 1 || value === undefined)
    throw new InvalidArgumentError("Give key=value with a number, such as hot=0.9.");
  return [...before, { key: text.slice(0, at), value }];
}
