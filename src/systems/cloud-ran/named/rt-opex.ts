import { defineSubframePolicy } from "../policy.js";
import { RT_OPEX, STOPPED } from "./sources.js";

export const rtOpex = defineSubframePolicy({
  name: "rt-opex",
  rule:
    "As partitioned; but when a subframe begins, idle cores take subtasks of its FFT. A core whose own " +
    "next subframe comes in t takes min(left - most, floor(t / (subtask N)), floor(left / 2)) of them: N " +
    "is the number of antennas, left the number of subtasks that no core has taken yet, most the largest " +
    "number that one core took.",
  source: `${RT_OPEX}, algorithm 1`,
  fidelity: "adapted",
  deviations: [
    "only subtasks of the FFT move, not those of the decoder, and moving them costs nothing",
    "idle cores are asked in the order of their numbers",
    "what a core has not done when its own next subframe arrives is done by the subframe's own core",
    "with fewer than (budget - RTT/2) / slot cores for each cell it can miss what partitioned meets",
    STOPPED,
  ],
  parameters: {
    subtasks: {
      default: 14,
      unit: "subtasks",
      description: "equal parts of an FFT: one for each symbol",
      min: 1,
      max: 1000,
      integer: true,
    },
    subtask: {
      default: 6,
      unit: "us per antenna",
      description: "time that the rule allows for a subtask (the program: 6, in one file 11)",
      min: 0.001,
      max: 1e6,
    },
  },
  create: ({ subtasks, subtask }) => ({
    dispatch: "own-core",
    subtasks: { count: subtasks, time: subtask },
  }),
});
