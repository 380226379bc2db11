/** Assigns settings by name to the model or to the policies that have them. */
import { InputError } from "../base/errors.js";
import { didYouMean } from "../base/nearest.js";
import type { ResolvedPolicy } from "../policies/index.js";
import { MODEL, type ModelOptions } from "../simulate/model.js";

/** A number for a parameter: `key` is the model's, a policy's, or `policy.key`. */
export interface Setting {
  readonly key: string;
  readonly value: number;
}

/** The settings of the model, and those of the policies by policy name. */
export interface DealtSettings {
  readonly model: ModelOptions;
  readonly parameters: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/**
 * Assigns settings to the model and the chosen policies. A key names a parameter of the model, of one or more
 * policies, or (`policy.key`) of one policy. Throws InputError for an unknown policy or key, with the nearest
 * key that exists.
 *
 * @param origin Where the key was given, for the message.
 */
export function dealSettings(
  settings: readonly Setting[],
  policies: readonly ResolvedPolicy[],
  origin: string = "--set key",
): DealtSettings {
  const model: Record<string, number> = {};
  const parameters: Record<string, Record<string, number>> = {};
  const ofPolicies = policies.flatMap(({ name, parameters }) =>
    Object.keys(parameters).flatMap((own) => [own, `${name}.${own}`]),
  );
  const known = [...new Set([...ofPolicies, ...Object.keys(MODEL)])];
  for (const { key, value } of settings) {
    const owners = policies.filter((policy) => ownParameter(key, policy) !== undefined);
    if (Object.hasOwn(MODEL, key)) model[key] = value;
    else if (owners.length === 0) {
      throw new InputError(`unknown ${origin}: ${key}${didYouMean(key, known)}; known: ${known.join(", ")}`);
    }
    for (const owner of owners) (parameters[owner.name] ??= {})[ownParameter(key, owner)!] = value;
  }
  return { model, parameters };
}

/** Returns the policy's parameter that the key sets; undefined where the policy has no such parameter. */
export function ownParameter(key: string, { name, parameters }: ResolvedPolicy): string | undefined {
  return Object.keys(parameters).find((own) => key === own || key === `${name}.${own}`);
}
