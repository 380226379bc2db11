import { InvalidArgumentError, type Command } from "commander";
import { parseDecimal } from "../decimal.js";
import { InputError } from "../errors.js";
import { didYouMean } from "../nearest.js";
import { findPolicy } from "../policies/index.js";
import { MODEL, type ModelOptions } from "../simulate/model.js";

/** One `--set key=value`. */
export interface Setting {
  readonly key: string;
  readonly value: number;
}

/** Adds `--set key=value`, which can be given several times. */
export function addSetOption(command: Command): Command {
  return command.option(
    "--set <key=value>",
    "set a parameter of the model or a policy (`POLICY.KEY` for one of several); `schedlab policies` lists them",
    collect,
    [],
  );
}

/**
 * Deals settings out to the model and the chosen policies: a key of the model, a key of one or more of the policies, or
 * `policy.key`. Throws InputError for a key that none of them has, with the nearest one that exists.
 */
export function dealSettings(
  settings: readonly Setting[],
  policies: readonly string[],
): { model: ModelOptions; parameters: Record<string, Record<string, number>> } {
  const model: Record<string, number> = {};
  const parameters: Record<string, Record<string, number>> = {};
  const ofPolicies = policies.flatMap((name) => keysOf(name).flatMap((key) => [key, `${name}.${key}`]));
  const known = [...new Set([...ofPolicies, ...Object.keys(MODEL)])];
  for (const { key, value } of settings) {
    const owners = policies.filter((name) =>
      keysOf(name).some((own) => key === own || key === `${name}.${own}`),
    );
    if (Object.hasOwn(MODEL, key)) model[key] = value;
    else if (owners.length === 0) {
      throw new InputError(`unknown --set key: ${key}${didYouMean(key, known)}; known: ${known.join(", ")}`);
    }
    for (const owner of owners) (parameters[owner] ??= {})[key.slice(key.indexOf(".") + 1)] = value;
  }
  return { model, parameters };
}

function keysOf(policy: string): string[] {
  return Object.keys(findPolicy(policy).parameters);
}

function collect(text: string, before: readonly Setting[]): Setting[] {
  const at = text.indexOf("=");
  const value = parseDecimal(text.slice(at + 1));
  if (at < 1 || value === undefined)
    throw new InvalidArgumentError("Give key=value with a number, such as hot=0.9.");
  return [...before, { key: text.slice(0, at), value }];
}
