/** Parameters that several sampling architectures share. */
import type { Parameter } from "../../../base/parameters.js";

export const delay = {
  default: 0.0005,
  unit: "s",
  description: "time that a message takes, one way (Sparrow's simulator: .5 ms)",
  min: 0,
} as const satisfies Parameter;

export const probeRatio = {
  default: 2,
  unit: "probes/task",
  description: "workers probed for each task (Sparrow's simulator: 2; its daemon: 1.05)",
  min: 1,
} as const satisfies Parameter;
