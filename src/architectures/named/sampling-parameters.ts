/** Parameters and parts that several sampling architectures share. */
import type { Values } from "../../base/parameters.js";
import type { SamplingParts } from "../parts.js";
import { quantity } from "./parameters.js";

export const delay = quantity(0.0005, "s", "time of a message, one way (Sparrow's simulator: .5 ms)");

export const probeRatio = {
  default: 2,
  unit: "probes/task",
  description: "workers probed for each task (Sparrow's simulator: 2; its daemon: 1.05)",
  min: 1,
  max: 1000,
};

/** The published programs have slots; what vectors of demands mean is ours. */
export const QUEUE_OF_VECTORS = "demands may be vectors: a worker's queue waits until its first entry fits";

/** Returns the parts of early binding, in which a task is bound to a worker when its job arrives. */
export function earlyBinding(
  values: Values<{ delay: typeof delay; probeRatio: typeof probeRatio }>,
  choose: SamplingParts["choose"],
): SamplingParts {
  return { engine: "workers", binding: "early", choose, ...values, cancellation: false, multiget: false };
}
