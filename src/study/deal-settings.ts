/** Assigns settings by name to the model, or to the policies and architectures that have them. */
import { InputError } from "../base/errors.js";
import { didYouMean } from "../base/nearest.js";
import type { Parameters } from "../base/parameters.js";
import { MODEL, type ModelOptions } from "../simulate/model.js";

/** A policy or an architecture. */
export interface Owner {
  /** What it is, for messages. Default "policy". */
  readonly kind?: string;
  readonly name: string;
  readonly parameters: Parameters;
}

/** A number for a parameter: `key` is the model's, that of an owner, or `OWNER.key`. */
export interface Setting {
  readonly key: string;
  readonly value: number;
}

/** The settings of the model, and those of the owners by name. */
export interface DealtSettings {
  readonly model: ModelOptions;
  readonly parameters: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/**
 * Assigns settings to the model and the chosen owners. A key names a parameter of the model, of one or more
 * owners, or (`OWNER.key`) of one of them. Throws InputError for an unknown owner or key, with the nearest
 * key that exists.
 *
 * @param origin Where the key was given, for the message.
 */
export function dealSettings(
  settings: readonly Setting[],
  owners: readonly Owner[],
  origin: string = "--set key",
): DealtSettings {
  const model: Record<string, number> = {};
  const parameters: Record<string, Record<string, number>> = {};
  const ofOwners = owners.flatMap(({ name, parameters }) =>
    Object.keys(parameters).flatMap((own) => [own, `${name}.${own}`]),
  );
  const known = [...new Set([...ofOwners, ...Object.keys(MODEL)])];
  for (const { key, value } of settings) {
    const having = owners.filter((owner) => ownParameter(key, owner) !== undefined);
    if (Object.hasOwn(MODEL, key)) model[key] = value;
    else if (having.length === 0) {
      throw new InputError(`unknown ${origin}: ${key}${didYouMean(key, known)}; known: ${known.join(", ")}`);
    }
    for (const owner of having) (parameters[owner.name] ??= {})[ownParameter(key, owner)!] = value;
  }
  return { model, parameters };
}

/** Returns what the owner is, and its name: "policy threshold". */
export function describeOwner({ kind = "policy", name }: Owner): string {
  return `${kind} ${name}`;
}

/** Throws InputError where two of the keys set one parameter of an owner. */
export function refuseTwoSettings(keys: readonly string[], owners: readonly Owner[]): void {
  for (const owner of owners) {
    const owned = keys.map((key) => ownParameter(key, owner));
    const second = owned.findIndex((own, index) => own !== undefined && owned.indexOf(own) < index);
    if (second < 0) continue;
    const own = owned[second];
    const both = [keys[owned.indexOf(own)], keys[second]].sort((a, b) => a.length - b.length);
    throw new InputError(
      `two settings of ${own} of ${describeOwner(owner)}: ${both.join(" and ")}; give one`,
    );
  }
}

/** Returns the owner's parameter that the key sets; undefined where the owner has no such parameter. */
export function ownParameter(key: string, { name, parameters }: Owner): string | undefined {
  return Object.keys(parameters).find((own) => key === own || key === `${name}.${own}`);
}
