/** Parameters that several rules for flows have. */
import type { Parameter } from "../../../base/parameters.js";

export const queues = {
  default: 4,
  unit: "",
  description: "priority queues of a switch's port",
  min: 2,
  max: 8,
  integer: true,
} as const satisfies Parameter;

export const every = {
  default: 400,
  unit: "flows",
  description: "finished flows from one decision to the next",
  min: 1,
  max: 1e6,
  integer: true,
} as const satisfies Parameter;
