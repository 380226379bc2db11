/** The ways to give a policy, and how they are resolved. */
import { describeValue, InputError, messageOf } from "../base/errors.js";
import { keysOf, refuseUnknownKeys } from "../base/known-keys.js";
import { namesModule } from "../base/own-module/load-export.js";
import { resolveParameters, type Parameters } from "../base/parameters.js";
import { findPolicy, type PolicyName } from "./registry.js";
import type { Policy, PolicyDefinition, PolicyHooks, RebalanceFunction } from "./policy.js";

/**
 * The ways to give a policy: the name of a built-in policy, the path of a module (`./drain.mjs`,
 * `./drain.mjs#drain`; `loadPolicy` loads it), a definition, a policy, or only its `rebalance`.
 */
export type PolicyChoice = PolicyName | (string & {}) | Policy | RebalanceFunction | PolicyDefinition;

/** A policy of any origin, as a definition. It is a PolicyChoice itself. */
export interface ResolvedPolicy extends PolicyDefinition {
  readonly parameters: Parameters;
  /** Present if the policy comes from a module. */
  readonly module?: PolicyModule;
}

export interface PolicyModule {
  /** The reference as given: the path, and the export if it was named. */
  readonly reference: string;
  /** Hash of the module and its imports by relative path (own-module/hash-module.ts). */
  readonly sha256: string;
}

const HOOKS = ["place", "rebalance", "rebalanceForeseeing", "control"] as const;
const HOOK_KEYS = keysOf<PolicyHooks>({
  taskHistory: true,
  place: true,
  rebalance: true,
  rebalanceForeseeing: true,
  control: true,
});
const DEFINITION_KEYS = keysOf<ResolvedPolicy>({
  name: true,
  rule: true,
  family: true,
  source: true,
  fidelity: true,
  deviations: true,
  parameters: true,
  mark: true,
  create: true,
  module: true,
});

const MAY_BE =
  "a policy is the name of a built-in policy, the path of a module (./mine.mjs), a function of (view, " +
  "random) that returns moves, an object with a name and with rebalance, place or control, or what " +
  "definePolicy returns";

/**
 * Returns the definition of a given policy. A policy that is an object or a function has no parameters.
 * Throws InputError for an unknown name, for an invalid policy, and for the path of a module, because loading
 * is asynchronous: use `loadPolicy`.
 */
export function resolvePolicy(choice: PolicyChoice): ResolvedPolicy {
  if (typeof choice === "string") {
    if (!namesModule(choice)) return findPolicy(choice);
    throw new InputError(`policy ${choice} is a module: load it first, with await loadPolicy("${choice}")`);
  }
  if (typeof choice === "function") return ofFunction(choice, choice.name || "custom");
  const found: unknown = choice;
  if (typeof found !== "object" || found === null || found instanceof Promise) {
    throw new InputError(`invalid policy: it is ${describeValue(found)}; ${MAY_BE}`);
  }
  const { name } = choice as { readonly name?: unknown };
  if (typeof name !== "string" || name === "") {
    throw new InputError(`invalid policy: it has no name (it is ${describeValue(found)}); ${MAY_BE}`);
  }
  return "create" in choice ? ofDefinition(choice) : ofObject(choice);
}

/**
 * Makes a policy for one run. Make a new policy for each run, because some keep state from step to step.
 * Throws InputError for an unknown name or parameter, a value out of range and an invalid policy.
 *
 * @param parameters Values that differ from the defaults, by name.
 */
export function createPolicy(
  choice: PolicyChoice,
  parameters: Readonly<Record<string, number>> = {},
): Policy {
  const definition = resolvePolicy(choice);
  const { name } = definition;
  const values = resolveParameters(`policy ${name}`, definition.parameters, parameters);
  let hooks: PolicyHooks;
  try {
    hooks = definition.create(values);
  } catch (cause) {
    throw new InputError(`policy ${name} cannot be created: ${messageOf(cause)}`, { cause });
  }
  return bindHooks(name, hooks);
}

/** Whether a value is probably meant as a policy; `resolvePolicy` checks it in detail. */
export function looksLikePolicy(value: unknown): boolean {
  if (typeof value === "function") return true;
  return typeof value === "object" && value !== null && ["create", ...HOOKS].some((key) => key in value);
}

/** Returns the definition of a policy that is only a `rebalance` function. */
export function ofFunction(rebalance: RebalanceFunction, name: string): ResolvedPolicy {
  return { name, rule: "", parameters: {}, create: () => ({ rebalance }) };
}

function ofDefinition(definition: PolicyDefinition): ResolvedPolicy {
  const { name, rule, parameters = {} } = definition;
  refuseUnknownKeys(definition, DEFINITION_KEYS, `key of the definition of policy ${name}`);
  requireType(name, definition, "rule", "string");
  requireType(name, definition, "create", "function");
  return { ...definition, rule, parameters };
}

function requireType(policy: string, owner: object, key: string, type: "string" | "function"): void {
  const found: unknown = Reflect.get(owner, key);
  if (typeof found === type) return;
  throw new InputError(`invalid ${key} of policy ${policy}: it is ${describeValue(found)}, not a ${type}`);
}

/**
 * Each run gets a copy of a policy that is a plain object, so that properties that it adds to `this` do not
 * reach the next run. Other objects are shared by all runs.
 */
function ofObject(policy: Policy): ResolvedPolicy {
  const { name } = policy;
  const isPlain = [Object.prototype, null].includes(Object.getPrototypeOf(policy) as null);
  // A class may keep what it likes in its fields.
  if (isPlain) refuseUnknownKeys(policy, ["name", ...HOOK_KEYS], `key of policy ${name}`);
  return { name, rule: "", parameters: {}, create: () => (isPlain ? { ...policy } : policy) };
}

/** Returns the policy with its hooks bound to their object, which may be the instance of a class. */
function bindHooks(name: string, hooks: PolicyHooks): Policy {
  const found: unknown = hooks;
  if (typeof found !== "object" || found === null) {
    throw new InputError(
      `create of policy ${name} returned ${describeValue(found)}; an object with rebalance, place or ` +
        "control is wanted",
    );
  }
  // A class may keep what it likes in its fields.
  if (Object.getPrototypeOf(hooks) === Object.prototype)
    refuseUnknownKeys(hooks, ["name", ...HOOK_KEYS], `key of what create of policy ${name} returned`);
  const { taskHistory } = hooks;
  if (taskHistory !== undefined && !(Number.isInteger(taskHistory) && taskHistory > 0)) {
    throw new InputError(
      `invalid taskHistory of policy ${name}: ${describeValue(taskHistory)}; it must be a whole number ` +
        "of steps",
    );
  }
  const policy: Record<string, unknown> = { name, ...(taskHistory === undefined ? {} : { taskHistory }) };
  for (const key of HOOKS) {
    const hook: unknown = Reflect.get(hooks, key);
    if (hook === undefined) continue;
    requireType(name, hooks, key, "function");
    policy[key] = (hook as () => unknown).bind(hooks);
  }
  return policy as unknown as Policy;
}
