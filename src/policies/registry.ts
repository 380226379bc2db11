/** The registry: every built-in policy by name. */
import { findDefinition } from "../base/definition.js";
import type { Parameters } from "../base/parameters.js";
import { bestFitPolicy } from "./best-fit.js";
import { dcsimRelocatePolicy } from "./dcsim-relocate.js";
import { deschedulerPolicy } from "./descheduler.js";
import { firstFitPolicy } from "./first-fit.js";
import { giniGreedyPolicy } from "./gini-greedy.js";
import { heraclesPolicy } from "./heracles.js";
import { holtPolicy } from "./holt.js";
import { koordLowNodeLoadPolicy } from "./koord-low-node-load.js";
import { koordSuppressPolicy } from "./koord-suppress.js";
import { koordPolicy } from "./koord.js";
import { leastLoadedPolicy } from "./least-loaded.js";
import { lookaheadPolicy } from "./lookahead.js";
import { lptRepackPolicy } from "./lpt-repack.js";
import { noMigrationPolicy } from "./no-migration.js";
import { oraclePolicy } from "./oracle.js";
import { OVERLOAD_POLICIES } from "./overload/policies.js";
import { cosinePolicy } from "./placement/cosine.js";
import { deltaPerpPolicy } from "./placement/delta-perp.js";
import { dotProductPolicy } from "./placement/dot-product.js";
import { ePvmPolicy } from "./placement/e-pvm.js";
import { k8sBalancedPolicy } from "./placement/k8s-balanced.js";
import { k8sLeastPolicy } from "./placement/k8s-least.js";
import { k8sMostPolicy } from "./placement/k8s-most.js";
import { l2NormDiffPolicy } from "./placement/l2-norm-diff.js";
import { tetrisPolicy } from "./placement/tetris.js";
import type { BuiltInPolicy } from "./policy.js";
import { powerOfTwoPolicy } from "./power-of-two.js";
import { quincyFlowPolicy } from "./quincy-flow.js";
import { randomMigrationPolicy } from "./random-migration.js";
import { randomPolicy } from "./random.js";
import { roundRobinPolicy } from "./round-robin.js";
import { sandpiperPolicy } from "./sandpiper.js";
import { stealEwmaPolicy } from "./steal-ewma.js";
import { stealTimePolicy } from "./steal-time.js";
import { thresholdPolicy } from "./threshold.js";
import { wardPolicy } from "./ward.js";

const BUILT_IN = [
  noMigrationPolicy,
  randomPolicy,
  roundRobinPolicy,
  firstFitPolicy,
  bestFitPolicy,
  leastLoadedPolicy,
  powerOfTwoPolicy,
  k8sLeastPolicy,
  k8sMostPolicy,
  k8sBalancedPolicy,
  dotProductPolicy,
  l2NormDiffPolicy,
  cosinePolicy,
  deltaPerpPolicy,
  ePvmPolicy,
  tetrisPolicy,
  randomMigrationPolicy,
  lptRepackPolicy,
  thresholdPolicy,
  ...OVERLOAD_POLICIES,
  sandpiperPolicy,
  deschedulerPolicy,
  koordLowNodeLoadPolicy,
  koordSuppressPolicy,
  koordPolicy,
  heraclesPolicy,
  dcsimRelocatePolicy,
  wardPolicy,
  holtPolicy,
  giniGreedyPolicy,
  quincyFlowPolicy,
  stealTimePolicy,
  stealEwmaPolicy,
  lookaheadPolicy,
  oraclePolicy,
] as const satisfies readonly BuiltInPolicy[];

/** The name of a built-in policy. */
export type PolicyName = (typeof BUILT_IN)[number]["name"];

/**
 * Parameter keys of the built-in policies: `hot` sets it for all policies that have it, `threshold.hot` for
 * one.
 */
export type PolicyKey = KeyOf<(typeof BUILT_IN)[number]>;

type KeyOf<D> =
  D extends BuiltInPolicy<infer P, infer N> ? (keyof P & string) | `${N}.${keyof P & string}` : never;

/** All built-in policies, controls first, bounds last. */
export const POLICIES: readonly BuiltInPolicy<Parameters, PolicyName>[] = BUILT_IN;

/** The policies that are compared by default: the controls, and one or two of each family. */
export const LINE_UP: readonly PolicyName[] = [
  "no-migration",
  "random",
  "round-robin",
  "first-fit",
  "best-fit",
  "least-loaded",
  "power-of-two",
  "random-migration",
  "threshold",
  "thr-mmt",
  "sandpiper",
  "koord-low-node-load",
  "quincy-flow",
  "gini-greedy",
  "steal-time",
  "steal-ewma",
];

/** Returns the definition of a built-in policy. Throws InputError for an unknown name. */
export function findPolicy(name: string): BuiltInPolicy {
  return findDefinition("policy", POLICIES, name);
}
