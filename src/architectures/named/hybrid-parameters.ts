/** Parameters that Hawk, Eagle and their relatives share. */
import type { Parameters, Values } from "../../base/parameters.js";
import type { HybridParts } from "../parts.js";
import { count, quantity } from "./parameters.js";
import { delay, probeRatio } from "./sampling-parameters.js";

const percent = (value: number, description: string) =>
  ({ default: value, unit: "% of workers", description, min: 0, max: 100 }) as const;

export const hybridParameters = {
  delay,
  cutoff: quantity(
    90.5811,
    "s",
    "a job is long above this estimate (Yahoo; Google 1129.532, Cloudera-c 272.783, Facebook 76.5951)",
  ),
  shortPercent: percent(100, "short jobs may use these, counted from the first worker"),
  longPercent: percent(
    98,
    "long jobs may use these, counted from the last worker (Google 83, Cloudera-c 91)",
  ),
} as const satisfies Parameters;

export const probeParameters = {
  probeRatio,
  leastProbes: count(2, "probes", "a job sends at least this number", { max: 10_000 }),
} as const satisfies Parameters;

type Shared = Values<typeof hybridParameters>;

/** Returns the parts of a central scheduler for long jobs and of plain probes for short ones. */
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

/** What the mode of the program does and mode clean does not: a deviation of all of them. */
export const CLEAN_DIFFERS =
  "mode clean: durations are not cut to whole seconds, arrival times do not change, and no random number " +
  "is drawn without use";

/** The published programs have slots; what vectors of demands mean is ours. */
export const VECTORS = "demands may be vectors: a worker waits until the reservation that it chose fits";
