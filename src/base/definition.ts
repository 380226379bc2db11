/** What policies and scheduler architectures are declared with. */
import { InputError } from "./errors.js";
import { didYouMean } from "./nearest.js";
import type { Parameters } from "./parameters.js";

/** Name, origin and parameters of a rule. Only `name` and `rule` are required. */
export interface Definition<P extends Parameters = Parameters, N extends string = string> {
  readonly name: N;
  /** The rule in words. */
  readonly rule: string;
  readonly source?: string;
  readonly fidelity?: "faithful" | "adapted" | "inspired-by";
  /** Differences from the source. */
  readonly deviations?: readonly string[];
  readonly parameters?: P;
}

/** What a definition of a registry has in addition: all descriptions are required. */
export interface FullDefinition<P extends Parameters = Parameters> {
  readonly source: string;
  readonly fidelity: NonNullable<Definition["fidelity"]>;
  readonly deviations: readonly string[];
  readonly parameters: P;
}

/** Returns the descriptions as columns of a table, one row per definition. */
export function descriptionColumns(
  definitions: readonly Definition[],
): Record<"name" | "rule" | "source" | "fidelity" | "deviations", string[]> {
  return {
    name: definitions.map(({ name }) => name),
    rule: definitions.map(({ rule }) => rule),
    source: definitions.map(({ source = "" }) => source),
    fidelity: definitions.map(({ fidelity = "" }) => fidelity),
    deviations: definitions.map(({ deviations = [] }) => deviations.join("; ")),
  };
}

/**
 * Returns the definition of that name. Throws InputError for an unknown name.
 *
 * @param what What is searched, for the message: "policy".
 */
export function findDefinition<D extends Definition>(
  what: string,
  definitions: readonly D[],
  name: string,
): D {
  const found = definitions.find((definition) => definition.name === name);
  if (found !== undefined) return found;
  const known = definitions.map((definition) => definition.name);
  throw new InputError(`unknown ${what}: ${name}${didYouMean(name, known)}; known: ${known.join(", ")}`);
}
