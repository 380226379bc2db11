/** Policies from a user's own modules. */
import { hashModule } from "../base/own-module/hash-module.js";
import { loadExport, namesModule } from "../base/own-module/load-export.js";
import type { Policy, PolicyDefinition, RebalanceFunction } from "./policy.js";
import {
  looksLikePolicy,
  ofFunction,
  resolvePolicy,
  type PolicyChoice,
  type ResolvedPolicy,
} from "./resolve.js";

/**
 * Returns the definition of whatever may be given as a policy, loading the module where it is the path of
 * one: `./drain.mjs`, or `./drain.mjs#drain` for one of several exports. The export is what `definePolicy`
 * returns, or a policy, or its `rebalance` alone, which is named after its export, or after the file where
 * the export is the default one. A definition is made anew for each run; a policy that keeps state from step
 * to step should be one. Throws InputError for what is no policy and for a module that cannot be loaded.
 */
export async function loadPolicy(choice: PolicyChoice): Promise<ResolvedPolicy> {
  if (typeof choice !== "string" || !namesModule(choice)) return resolvePolicy(choice);
  const { value, path, name } = await loadExport(choice, { what: "a policy", is: looksLikePolicy });
  const found = value as Policy | PolicyDefinition | RebalanceFunction;
  const resolved = typeof found === "function" ? ofFunction(found, name) : resolvePolicy(found);
  return { ...resolved, module: { reference: choice, sha256: await hashModule(path) } };
}
