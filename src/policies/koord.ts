import { koordLowNodeLoadPolicy } from "./koord-low-node-load.js";
import { koordSuppressPolicy } from "./koord-suppress.js";
import { definePolicy } from "./policy.js";

export const koordPolicy = definePolicy({
  name: "koord",
  rule:
    "Both koord-suppress and koord-low-node-load: best-effort work on a machine is held back " +
    "at once, and moved where its machine stays overused.",
  family: "co-location",
  source:
    "Koordinator (koordinator-sh/koordinator): CPU suppress of koordlet with LowNodeLoad of " +
    "koord-descheduler",
  fidelity: "adapted",
  deviations: [
    "a machine's load counts what best-effort work on it wants, held back or not; Koordinator measures " +
      "what it gets",
    ...koordSuppressPolicy.deviations,
    ...koordLowNodeLoadPolicy.deviations,
  ],
  parameters: { ...koordSuppressPolicy.parameters, ...koordLowNodeLoadPolicy.parameters },
  mark: koordLowNodeLoadPolicy.mark,
  create(values) {
    const suppress = koordSuppressPolicy.create(values);
    const lowNodeLoad = koordLowNodeLoadPolicy.create(values);
    return {
      control: (view, random) => suppress.control?.(view, random) ?? [],
      rebalance: (view, random) => lowNodeLoad.rebalance?.(view, random) ?? [],
    };
  },
});
