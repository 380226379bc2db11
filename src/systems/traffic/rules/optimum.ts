import { InputError } from "../../../base/errors.js";
import type { Interval } from "../control.js";
import { thresholdsOf } from "../agent/sight.js";
import { optimalThresholds } from "../queue/optimum.js";
import { measuredSizes } from "../sizes/distribution.js";
import { every, queues } from "./parameters.js";
import { defineFlowRule } from "./rule.js";

const SOURCE =
  "our own, after Bai et al., PIAS, NSDI 2015, section 4.2; Kleinrock and Muntz, JACM 19, 1972, for the mean";
const ONE_LINK = "the mean slowdown of one link (M/G/1), also where a flow crosses two links of a switch";

export const ownOptimum = defineFlowRule({
  name: "own-optimum",
  rule: "Queues with the thresholds that make the mean slowdown least for the workload's own sizes and load.",
  source: SOURCE,
  fidelity: "inspired-by",
  deviations: [ONE_LINK, "it is given sizes and load, which a rule would have to measure"],
  parameters: { queues },
  create: (values, { sizes, load }) => ({
    order: "tags",
    thresholds: optimalThresholds(sizes, load, { queues: values.queues }).thresholds,
  }),
});

export const wrongOptimum = defineFlowRule({
  name: "wrong-optimum",
  rule: "Queues with the thresholds that make the mean slowdown least for another workload at the same load.",
  source: `${SOURCE}; AuTO, SIGCOMM 2018, section 2, for the question`,
  fidelity: "inspired-by",
  deviations: [ONE_LINK],
  parameters: { queues },
  create(values, { other, load }) {
    if (other === undefined)
      throw new InputError("wrong-optimum has no other workload: give `other` in the context");
    return {
      order: "tags",
      thresholds: optimalThresholds(other, load, { queues: values.queues }).thresholds,
    };
  },
});

/** How many evaluations of the mean an adaptive decision takes, and on how many cells. */
const QUICK = { evaluations: 30, cells: 16 } as const;

export const adaptiveOptimum = defineFlowRule({
  name: "adaptive-optimum",
  rule:
    "Each time `every` flows have finished, queues get the thresholds that make the mean slowdown least " +
    "for the sizes of the last `memory` finished flows and their utilization.",
  source: `${SOURCE}; without learning, it is what a learned rule has to beat`,
  fidelity: "inspired-by",
  deviations: [ONE_LINK, "a search of few steps that begins with the thresholds in use"],
  parameters: {
    queues,
    every,
    memory: {
      default: 8000,
      unit: "flows",
      description: "finished flows whose sizes are remembered",
      min: 10,
      max: 1e6,
      integer: true,
    },
  },
  create(values) {
    // As the learned rule begins, because nothing is known at first.
    let thresholds = thresholdsOf(new Float64Array(values.queues - 1));
    const remembered: Interval[] = [];
    const next = (seen: Interval): Float64Array => {
      remembered.push(seen);
      if (remembered.length > Math.max(1, values.memory / values.every)) remembered.shift();
      const sizes = measuredSizes(remembered.flatMap(({ bytes }) => Array.from(bytes)));
      const [first] = remembered;
      const time = (seen.to - first.from) / remembered.length;
      const load = remembered.reduce((sum, { utilization, from, to }) => sum + utilization * (to - from), 0);
      const measured = Math.min(0.95, Math.max(0.05, load / (time * remembered.length)));
      const largest = sizes.bytes[sizes.bytes.length - 1];
      const start = thresholds.map((bytes, k) => Math.min(bytes, largest * 0.9 ** (values.queues - k)));
      thresholds = optimalThresholds(sizes, measured, { queues: values.queues, start, ...QUICK }).thresholds;
      return thresholds;
    };
    return { order: "tags", thresholds, adapt: { every: values.every, next } };
  },
});
