/** The references that a capacity search compares policies with. */
import type { ResolvedPolicy } from "../../policies/index.js";

export const NO_CO_LOCATION = "no-co-location";
export const PERFECTLY_EVEN = "perfectly-even";

/** References are searched like policies; `replicateCapacity` implements them, so `create` is never used. */
export const REFERENCES: readonly ResolvedPolicy[] = [
  {
    name: NO_CO_LOCATION,
    rule: "LC tasks have the fewest machines that hold them, best-effort tasks the others",
    parameters: {},
    create: () => ({}),
  },
  {
    name: PERFECTLY_EVEN,
    rule: "best-effort work is a fluid, poured level over LC work in every step",
    parameters: {},
    create: () => ({}),
  },
];

/** Whether the name belongs to a reference, not to a policy. */
export function isReference(contender: string): boolean {
  return REFERENCES.some(({ name }) => name === contender);
}
