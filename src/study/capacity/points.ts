/** Summarizes carrying capacities over the replicates. */
import type { ColumnTable } from "arquero";
import { InputError } from "../../base/errors.js";
import { bootstrapMean, type Interval } from "../../metrics/bootstrap.js";
import { randomStream } from "../../base/random.js";
import { groupRuns, samplesOf } from "../groups.js";
import type { CapacityLimit } from "./replicate.js";
import { CAPACITY_FIGURES, type CapacityFigure } from "./violations.js";

/** How much one policy or reference carries at one level, over the replicates. */
export interface CapacityPoint {
  /** The name of a policy or a reference. */
  readonly policy: string;
  readonly level: number;
  /** Carried best-effort work as a multiple of the trace's: mean and 95 % bootstrap interval. */
  readonly factor: Interval;
  /** Why the replicates carry no more, the most frequent reason first. */
  readonly limit: string;
  /** Whether some replicate carried the largest factor tried, which makes the mean a lower bound. */
  readonly isLowerBound: boolean;
  /** Metrics of the summary at the carried factor; NaN where not defined. */
  readonly figures: Readonly<Record<CapacityFigure, Interval>>;
}

/**
 * Returns the means over the replicates of a table from `carryingCapacity`, in the order of its rows. Throws
 * InputError where the runs differ in a setting, and the same errors as `groupRuns`.
 */
export function capacityPoints(found: ColumnTable): CapacityPoint[] {
  const differing = groupRuns(found, {}).axes.filter((name) => name !== "level");
  if (differing.length > 0)
    throw new InputError(`the runs differ in ${differing.join(", ")}; filter the table to one setting`);
  const runs = groupRuns(found, { by: ["level"] });
  return runs.groups.map((group) => {
    const level = Number(group.setting[0]);
    const interval = (name: string): Interval =>
      bootstrapMean(samplesOf(runs, group, name), randomStream(1, "noise", group.contender, level, name));
    const limits = Array.from(group.rows.values(), (row) => runs.column("limit")[row] as Limit);
    return {
      policy: group.contender,
      level,
      factor: interval("factor"),
      limit: describeLimits(limits),
      isLowerBound: limits.includes("range"),
      figures: Object.fromEntries(
        CAPACITY_FIGURES.map((name) => [name, interval(name)]),
      ) as CapacityPoint["figures"],
    };
  });
}

type Limit = CapacityLimit | "never";

/** The limit "never" also counts as "violations": LC work alone exceeds the level. */
function describeLimits(limits: readonly Limit[]): string {
  const never = limits.filter((limit) => limit === "never").length;
  const reasons = (["violations", "undone", "range", "undefined"] as const)
    .map((reason) => ({
      reason,
      count: limits.filter((limit) => limit === reason).length + (reason === "violations" ? never : 0),
    }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .map(({ reason }) => reason);
  return `${reasons.join(" or ")}${never > 0 ? ` (without BE in ${never} of ${limits.length})` : ""}`;
}
