/** Parameters that Hawk, Eagle and their relatives share. */
import type { Parameters, Values } from "../../../base/parameters.js";
import type { HybridParts } from "../parts.js";
import { delay, probeRatio } from "./sampling-parameters.js";

const percent = (value: number, description: string) =>
  ({ default: value, unit: "% of workers", description, min: 0, max: 100 }) as const;

export const hybridParameters = {
  delay,
  cutoff: {
    default: 90.5811,
    unit: "s",
    description:
      "a job is long above this estimate (Yahoo; Google 1129.532, Cloudera-c 272.783, Facebook 76.5951)",
    min: 0,
  },
  shortPercent: percent(100, "that short jobs may use, from the first worker on"),
  longPercent: percent(98, "that long jobs may use, up to the last worker (Google 83, Cloudera-c 91)"),
} as const satisfies Parameters;

export const probeParameters = {
  probeRatio,
  leastProbes: { default: 2, unit: "probes", description: "of a job at least", min: 0, integer: true },
} as const satisfies Parameters;

type Shared = Values<typeof hybridParameters>;

/** Returns the parts of a central scheduler for long jobs and plain probes for short ones, to be changed. */
export function hybridParts(values: Shared & Partial<Values<typeof probeParameters>>): HybridParts {
  return {
    engine: "hybrid",
    cutoff: values.cutoff,
    shortPercent: values.shortPercent,
    longPercent: values.longPercent,
    delay: values.delay,
    long: "table",
    short: "probes",
    probeRatio: values.probeRatio ?? 1,
    leastProbes: values.leastProbes ?? 0,
    stealAttempts: 0,
    stealLimit: Infinity,
    sticky: false,
    shortestFirst: false,
    slack: Infinity,
  };
}

/** What the mode of the program reproduces, for the deviations of all of them. */
export const CLEAN_DIFFERS =
  "mode clean: durations are not cut to whole seconds, jobs do not move to other arrival times, and no " +
  "draws are made in vain";
