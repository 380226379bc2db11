/** The overload family: a policy for each detection and selection that is worth a name. */
import { type BuiltInPolicy, definePolicy } from "../policy.js";
import { DETECTION, type Detection } from "./detection.js";
import { relieve } from "./relieve.js";
import { SELECTION } from "./selection.js";

/** Which parts are put together, and what else is set unless said otherwise. */
const COMBINATIONS = [
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
  ["thr", "mmt", "pabfd", { pack: 2 }],
  ["thr", "mmt", "consolidate", { pack: 2, underload: 0.3 }],
] as const satisfies readonly Combination[];

type Combination = readonly [
  detection: keyof typeof DETECTION,
  selection: keyof typeof SELECTION,
  suffix?: string,
  defaults?: { readonly pack?: number; readonly underload?: number },
];

const TARGETS = ["coldest", "tightest", "leastPower"] as const;

const SHARED = {
  pack: {
    default: 0,
    unit: "0, 1 or 2",
    description:
      "0: to the least loaded machine that has room; 1: to the one with the least room that " +
      "suffices; 2: to the one whose power rises least (PABFD)",
    min: 0,
    max: 2,
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

const TARGET_RULES: readonly string[] = [
  "They go, the largest first, to the least loaded machines that stay clear of overload.",
  "They go, the largest first, to the fullest machines that stay clear of overload.",
  "They go, the largest first, each to the machine whose power rises least by it and that " +
    "stays clear of overload (PABFD).",
];

const PLAIN_DEVIATIONS = [
  "the least loaded target, and no emptying of underloaded machines, unless set otherwise: machines stay on",
];
const POWER_DEVIATIONS = [
  "every machine draws what SPECpower measured of an HP ProLiant ML110 G5, in proportion " +
    "to its CPU; where the power rises equally the fuller machine takes the task (CloudSim: " +
    "the first in its list)",
  "an empty machine is on, or where machines are emptied off, and then takes a task only " +
    "if no other can (CloudSim counts waking it as free)",
];

/** The definition that a combination comes to. */
type Combined<C> = C extends readonly [
  infer D extends keyof typeof DETECTION,
  infer S extends string,
  ...infer More,
]
  ? (typeof DETECTION)[D] extends Detection<infer P>
    ? BuiltInPolicy<
        P & typeof SHARED,
        `${D}-${S}${More extends readonly [infer X extends string, ...unknown[]] ? `-${X}` : ""}`
      >
    : never
  : never;

/**
 * All combinations as policies. Their types are worked out from the table, as the compiler cannot follow
 * `combine`.
 */
export const OVERLOAD_POLICIES = COMBINATIONS.map(combine) as readonly BuiltInPolicy[] as readonly Combined<
  (typeof COMBINATIONS)[number]
>[];

function combine([detected, selected, suffix, { pack = 0, underload = 0 } = {}]: Combination): BuiltInPolicy {
  const detection: Detection = DETECTION[detected];
  const selection = SELECTION[selected];
  const name = [detection.key, selection.key, suffix].filter((part) => part !== undefined).join("-");
  return definePolicy({
    name,
    rule:
      `A machine is overloaded where ${detection.rule}; it gives away ${selection.rule}, ` +
      "best-effort ones only, until it is not. " +
      TARGET_RULES[pack] +
      (underload > 0
        ? " Machines below `underload` that hold no LC task are emptied, whole or not at all."
        : ""),
    family: "threshold",
    source:
      "Beloglazov and Buyya, Concurrency and Computation 24(13), 2012; CloudSim's power package; " +
      "OpenStack Neat",
    fidelity: "adapted",
    deviations: [
      "LC tasks stay",
      "a task that leaves is taken to have been as large throughout the machine's history",
      ...(pack === 2 ? POWER_DEVIATIONS : PLAIN_DEVIATIONS),
      ...selection.deviations,
      ...detection.deviations,
    ],
    parameters: {
      ...detection.parameters,
      ...SHARED,
      pack: { ...SHARED.pack, default: pack },
      underload: { ...SHARED.underload, default: underload },
    },
    mark: detection.mark,
    create(values) {
      const detector = detection.create(values);
      const { pack, ceiling, underload } = values;
      const target = TARGETS[pack];
      return {
        taskHistory: selection.taskHistory,
        rebalance: (view, random) =>
          relieve(view, random, { detector, selection, target, ceiling, underload }),
      };
    },
  });
}
