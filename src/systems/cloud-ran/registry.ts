/** The registry: every built-in rule for subframes by name. */
import { findDefinition } from "../../base/definition.js";
import type { Parameters } from "../../base/parameters.js";
import { global } from "./named/global.js";
import { joinIdle } from "./named/join-idle.js";
import { partitioned } from "./named/partitioned.js";
import { rtOpex } from "./named/rt-opex.js";
import type { BuiltInSubframePolicy } from "./policy.js";

const BUILT_IN = [partitioned, global, rtOpex, joinIdle] as const satisfies readonly BuiltInSubframePolicy[];

/** The name of a built-in rule for subframes. */
export type SubframePolicyName = (typeof BUILT_IN)[number]["name"];

/** All built-in rules for subframes. */
export const SUBFRAME_POLICIES: readonly BuiltInSubframePolicy<Parameters, SubframePolicyName>[] = BUILT_IN;

/** Returns the built-in rule of that name. Throws InputError for an unknown name. */
export function findSubframePolicy(name: string): BuiltInSubframePolicy {
  return findDefinition("policy of subframes", SUBFRAME_POLICIES, name);
}
