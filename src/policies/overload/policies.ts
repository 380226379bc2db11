/** The overload family: a policy for each detection and selection that is worth a name. */
import { type PolicyDefinition, definePolicy } from "../policy.js";
import { DETECTION, type Detection } from "./detection.js";
import { relieve } from "./relieve.js";
import { SELECTION } from "./selection.js";

/** Which parts are put together. */
const COMBINATIONS: readonly (readonly [keyof typeof DETECTION, keyof typeof SELECTION])[] = [
  ["thr", "mmt"],
  ["lna", "mmt"],
  ["iqr", "mmt"],
  ["mad", "mmt"],
  ["lr", "mmt"],
  ["loess", "mmt"],
  ["lrr", "mmt"],
  ["otf", "mmt"],
  ["thr", "mu"],
  ["thr", "rs"],
  ["thr", "mc"],
  ["thr", "hpg"],
  ["lr", "mu"],
  ["lr", "mc"],
];

const SHARED = {
  pack: {
    default: 0,
    unit: "0 or 1",
    description:
      "0: to the least loaded machine that has room; 1: to the one with the least room that suffices (PABFD-like)",
    min: 0,
    max: 1,
    integer: true,
  },
  ceiling: { default: 1, unit: "load", description: "most load on a target, the task included", min: 0 },
  underload: {
    default: 0,
    unit: "load",
    description: "machines below it are emptied onto others, whole or not at all (0: none)",
    min: 0,
    max: 1,
  },
};

/** All combinations as policies. */
export const OVERLOAD_POLICIES: readonly PolicyDefinition[] = COMBINATIONS.map(([detection, selection]) =>
  combine(DETECTION[detection], selection),
);

function combine(detection: Detection, selected: keyof typeof SELECTION): PolicyDefinition {
  const selection = SELECTION[selected];
  const name = `${detection.key}-${selection.key}`;
  return definePolicy({
    name,
    rule: `A machine is overloaded where ${detection.rule}; it gives away ${selection.rule}, best-effort ones only, until it is not; they go to the least loaded machines, or with \`pack\` to the fullest, that stay clear of overload.`,
    family: "threshold",
    source:
      "Beloglazov and Buyya, Concurrency and Computation 24(13), 2012; CloudSim's power package; OpenStack Neat",
    fidelity: "adapted",
    deviations: [
      "LC tasks stay",
      "a task that leaves is taken to have been as large throughout the machine's history",
      "the least loaded target, and no emptying of underloaded machines, unless set otherwise: machines stay on",
      "with `pack`, power is taken as linear and proportional to size, where the least added power is a tie",
      ...selection.deviations,
      ...detection.deviations,
    ],
    parameters: { ...detection.parameters, ...SHARED },
    create(values) {
      const detector = detection.create(values);
      const { pack, ceiling, underload } = values;
      return {
        name,
        taskHistory: selection.taskHistory,
        rebalance: (view, random) =>
          relieve(view, random, { detector, selection, pack: pack === 1, ceiling, underload }),
      };
    },
  });
}
