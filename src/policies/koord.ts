import { koordLowNodeLoadPolicy } from "./koord-low-node-load.js";
import { koordSuppressPolicy } from "./koord-suppress.js";
import { definePolicy } from "./policy.js";

export const koordPolicy = definePolicy({
  name: "koord",
  rule:
    "Combines koord-suppress and koord-low-node-load: best-effort work on a machine is limited " +
    "at once, and moved if its machine stays overused.",
  family: "co-location",
  source:
    "Koordinator (koordinator-sh/koordinator): CPU suppress of koordlet with LowNodeLoad of " +
    "koord-descheduler",
  fidelity: "adapted",
  deviations: [
    "a machine's load includes all CPU that best-effort work wants, also above the limit; Koordinator " +
      "measures the CPU that it gets",
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
