/** The registry: every built-in policy by name. */
import { InputError } from "../errors.js";
import { resolveParameters } from "../parameters.js";
import { bestFitPolicy } from "./best-fit.js";
import { firstFitPolicy } from "./first-fit.js";
import { giniGreedyPolicy } from "./gini-greedy.js";
import { leastLoadedPolicy } from "./least-loaded.js";
import { noMigrationPolicy } from "./no-migration.js";
import type { Policy, PolicyDefinition } from "./policy.js";
import { powerOfTwoPolicy } from "./power-of-two.js";
import { randomMigrationPolicy } from "./random-migration.js";
import { randomPolicy } from "./random.js";
import { roundRobinPolicy } from "./round-robin.js";
import { stealTimePolicy } from "./steal-time.js";
import { thresholdPolicy } from "./threshold.js";

/** All built-in policies, controls first. */
export const POLICIES: readonly PolicyDefinition[] = [
  noMigrationPolicy,
  randomPolicy,
  roundRobinPolicy,
  firstFitPolicy,
  bestFitPolicy,
  leastLoadedPolicy,
  powerOfTwoPolicy,
  randomMigrationPolicy,
  thresholdPolicy,
  giniGreedyPolicy,
  stealTimePolicy,
];

/** Returns the definition of a built-in policy. Throws InputError for an unknown name. */
export function findPolicy(name: string): PolicyDefinition {
  const found = POLICIES.find((definition) => definition.name === name);
  if (found === undefined) {
    throw new InputError(
      `unknown policy: ${name}; known: ${POLICIES.map((policy) => policy.name).join(", ")}`,
    );
  }
  return found;
}

/**
 * Makes a built-in policy. Make a new one for each run: some keep state from step to step.
 * Throws InputError for an unknown name or parameter and for a value out of range.
 */
export function createPolicy(name: string, parameters: Readonly<Record<string, number>> = {}): Policy {
  const definition = findPolicy(name);
  return definition.create(resolveParameters(`policy ${name}`, definition.parameters, parameters));
}
