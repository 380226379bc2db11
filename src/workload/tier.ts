/**
 * Tiers of priority, as Google defines them for the 2011 trace: free 0-1, best-effort batch 2-8, production
 * 9-11 with monitoring (Tirmazi et al., "Borg: the Next Generation", EuroSys 2020, section 3).
 */
export const TIERS = ["free", "beb", "prod"] as const;
export type Tier = (typeof TIERS)[number];

/** Returns the tier of a priority of the 2011 trace. */
export function tierOf(priority: number): Tier {
  if (priority <= 1) return "free";
  return priority <= 8 ? "beb" : "prod";
}
