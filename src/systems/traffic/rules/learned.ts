import { InputError } from "../../../base/errors.js";
import { DEFAULT_THRESHOLDS } from "../agent/sight.js";
import { every } from "./parameters.js";
import { defineFlowRule } from "./rule.js";

export const learned = defineFlowRule({
  name: "learned",
  rule:
    "Each time `every` flows have finished, an agent that was trained by DDPG sees shares of flows and " +
    "bytes by size and the utilization, and gives the thresholds of four queues.",
  source:
    "Chen et al., AuTO: Scaling Deep Reinforcement Learning for Datacenter-Scale Automatic Traffic " +
    "Optimization, SIGCOMM 2018, sRLA",
  fidelity: "inspired-by",
  deviations: [
    "our reading of an unfinished thesis: its chapter 4 has titles only",
    "what it sees and the sizes of its networks are ours; the reward is the mean of -log slowdown",
    "no lRLA: with one switch there is no route to choose",
    "fluids on one link in training; no delay between decision and servers",
  ],
  parameters: { every },
  create(values, { agent }) {
    if (agent === undefined)
      throw new InputError(
        "learned has no agent: give `agent` in the context, from trainAgents or shippedAgent",
      );
    return {
      order: "tags",
      thresholds: DEFAULT_THRESHOLDS,
      adapt: { every: values.every, next: agent },
    };
  },
});

export const untrained = defineFlowRule({
  name: "untrained",
  rule: "The thresholds that the learned rule begins with: those of the action 0, never changed.",
  source: "our own: what the scale of the actions gives without any learning",
  fidelity: "inspired-by",
  deviations: ["weights of an agent before training are not exactly 0; its thresholds differ by 1 % at most"],
  parameters: {},
  create: () => ({ order: "tags", thresholds: DEFAULT_THRESHOLDS }),
});
