/** What policies are compared with in a search of the capacity. */
import type { ResolvedPolicy } from "../../policies/index.js";

export const NO_CO_LOCATION = "no-co-location";
export const PERFECTLY_EVEN = "perfectly-even";

/** They are searched as policies are; what each of them does is decided in `replicateCapacity`. */
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

/** Whether the name is that of a reference, not of a policy. */
export function isReference(contender: string): boolean {
  return REFERENCES.some(({ name }) => name === contender);
}
