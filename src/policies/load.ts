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
 * Returns the definition of a given policy. If the choice is the path of a module, loads the module:
 * `./drain.mjs`, or `./drain.mjs#drain` for one of several exports. The export is the result of
 * `definePolicy`, a policy, or only its `rebalance`; the last is named after its export, or after the file
 * for a default export. `create` of a definition is called for each run, so use a definition for a policy
 * that keeps state from step to step. Throws InputError for an invalid policy and for a module that cannot be
 * loaded.
 */
export async function loadPolicy(choice: PolicyChoice): Promise<ResolvedPolicy> {
  if (typeof choice !== "string" || !namesModule(choice)) return resolvePolicy(choice);
  const { value, path, name } = await loadExport(choice, { what: "a policy", is: looksLikePolicy });
  const found = value as Policy | PolicyDefinition | RebalanceFunction;
  const resolved = typeof found === "function" ? ofFunction(found, name) : resolvePolicy(found);
  return { ...resolved, module: { reference: choice, sha256: await hashModule(path) } };
}
