/** An architecture of one's own. */
import { describeValue, InputError } from "../base/errors.js";
import type { Parameters } from "../base/parameters.js";
import type { ArchitectureDefinition } from "./architecture.js";
import { ARCHITECTURES } from "./registry.js";

/**
 * Returns the definition unchanged; its type holds the name and the names of the parameters. Throws
 * InputError without a name or `create`, and for the name of a built-in architecture.
 */
// This default has no names; without it, `create` could use any name as a parameter.
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type
export function defineArchitecture<const N extends string, P extends Parameters = Record<never, never>>(
  definition: ArchitectureDefinition<P, N>,
): ArchitectureDefinition<P, N> {
  checkDefinition(definition);
  return definition;
}

/** Throws InputError for what is no definition, and for one that has the name of a built-in architecture. */
export function checkDefinition(given: unknown): void {
  const { name, create } = Object(given) as Partial<Record<keyof ArchitectureDefinition, unknown>>;
  if (typeof name !== "string" || name === "" || typeof create !== "function")
    throw new InputError(
      `invalid architecture: it is ${describeValue(given)}; give a name, or an object with name, rule and ` +
        "create, a function",
    );
  const builtIn = ARCHITECTURES.find((one) => one.name === name);
  if (builtIn !== undefined && builtIn !== given)
    throw new InputError(`architecture ${name} is built in: give yours another name`);
}
