/** The policies of the scenario, composed from an overload detector and a selection. */
import { unknownName } from "./names.js";
import {
  overInterquartileRange,
  overLocalRegression,
  overMedianAbsoluteDeviation,
  overThreshold,
  type Detector,
} from "./overload.js";
import { minimumMigrationTime, minimumUtilization, type Selector } from "./selection.js";

export const SCENARIO_POLICIES = [
  "dvfs",
  "npa",
  "thr-mmt",
  "iqr-mmt",
  "mad-mmt",
  "lr-mmt",
  "thr-mu",
  "lr-mu",
] as const;

export type ScenarioPolicy = (typeof SCENARIO_POLICIES)[number];

/** Alternative names of policies. */
const ALIASES: Readonly<Record<string, ScenarioPolicy>> = { "no-migration": "dvfs" };

/** Returns the policy with this name ("no-migration" means "dvfs"). Throws InputError for an unknown name. */
export function scenarioPolicy(name: string): ScenarioPolicy {
  const wanted = ALIASES[name] ?? name;
  const policy = SCENARIO_POLICIES.find((known) => known === wanted);
  if (policy !== undefined) return policy;
  throw unknownName("policy", name, SCENARIO_POLICIES);
}

export interface Consolidation {
  readonly detect: Detector;
  readonly select: Selector;
}

export interface PolicyParts {
  /** Absent where each VM stays on the first host that fits. */
  readonly consolidation?: Consolidation;
  /** False where all hosts always draw their maximum power. */
  readonly frequencyScaling: boolean;
  readonly parameters: Readonly<Record<string, number>>;
}

const THRESHOLD = 0.8;
const SAFETY = { iqr: 1.5, mad: 2.5, lr: 1.2 };

/** Returns the parts of a policy, with the parameters of CloudSim's examples. */
export function partsOf(policy: ScenarioPolicy): PolicyParts {
  switch (policy) {
    case "dvfs":
      return { frequencyScaling: true, parameters: {} };
    case "npa":
      return { frequencyScaling: false, parameters: {} };
    case "thr-mmt":
      return consolidating(overThreshold(THRESHOLD), minimumMigrationTime, { threshold: THRESHOLD });
    case "thr-mu":
      return consolidating(overThreshold(THRESHOLD), minimumUtilization, { threshold: THRESHOLD });
    case "iqr-mmt":
      return consolidating(overInterquartileRange(SAFETY.iqr), minimumMigrationTime, { safety: SAFETY.iqr });
    case "mad-mmt":
      return consolidating(overMedianAbsoluteDeviation(SAFETY.mad), minimumMigrationTime, {
        safety: SAFETY.mad,
      });
    case "lr-mmt":
      return consolidating(overLocalRegression(SAFETY.lr), minimumMigrationTime, { safety: SAFETY.lr });
    case "lr-mu":
      return consolidating(overLocalRegression(SAFETY.lr), minimumUtilization, { safety: SAFETY.lr });
  }
}

function consolidating(
  detect: Detector,
  select: Selector,
  parameters: Readonly<Record<string, number>>,
): PolicyParts {
  return { consolidation: { detect, select }, frequencyScaling: true, parameters };
}
