/**
 * How an architecture is declared: as policies are, with rule, source, fidelity, deviations and parameters.
 */
import type { Definition, FullDefinition } from "../base/definition.js";
import type { Parameters, Values } from "../base/parameters.js";
import type { Parts } from "./parts.js";
import type { Mode } from "./setup.js";

/** What an architecture may know of the jobs before they arrive. */
export interface Context {
  /** Names of the jobs' classes. */
  readonly classes: readonly string[];
  readonly machines: number;
}

/** An architecture. Only `name`, `rule` and `create` are required of one's own. */
export interface ArchitectureDefinition<
  P extends Parameters = Parameters,
  N extends string = string,
> extends Definition<P, N> {
  /** The mode that reproduces a published program, where there is one. */
  readonly reproduces?: Exclude<Mode, "clean">;
  /** Returns the parts of the architecture: plain data, which an engine runs. */
  create(values: Values<P>, context: Context): Parts;
}

/** An architecture of the registry: all descriptions are required. */
export type BuiltInArchitecture<
  P extends Parameters = Parameters,
  N extends string = string,
> = ArchitectureDefinition<P, N> & FullDefinition<P>;

/** Returns the definition unchanged; its type holds the name and the names of the parameters. */
export function defineBuiltIn<P extends Parameters, const N extends string>(
  definition: BuiltInArchitecture<P, N>,
): BuiltInArchitecture<P, N> {
  return definition;
}
