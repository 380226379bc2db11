/** The overload family: named policies that combine a detection and a selection. */
import { LOAD } from "../../base/parameters.js";
import { type BuiltInPolicy, definePolicy } from "../policy.js";
import { DETECTION, type Detection } from "./detection.js";
import { relieve } from "./relieve.js";
import { SELECTION } from "./selection.js";

/** Detection, selection, a suffix of the name, and other defaults. */
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
      "target: 0: the least loaded machine that has room; 1: the machine with the least room that " +
      "suffices; 2: the machine whose power rises least (PABFD)",
    min: 0,
    max: 2,
    integer: true,
  },
  ceiling: { default: 1, ...LOAD, description: "most load of a target, with the task" },
  underload: {
    default: 0,
    ...LOAD,
    description: "machines below it are emptied, completely or not at all (0: none)",
    max: 1,
  },
};

const TARGET_RULES: readonly string[] = [
  "They go, the largest first, to the least loaded machines that are not overloaded afterwards.",
  "They go, the largest first, to the fullest machines that are not overloaded afterwards.",
  "They go, the largest first, each to the machine whose power rises least and that " +
    "is not overloaded afterwards (PABFD).",
];

const PLAIN_DEVIATIONS = [
  "by default, tasks go to the least loaded target and underloaded machines are not emptied: machines " +
    "stay on",
];
const POWER_DEVIATIONS = [
  "every machine has the power that SPECpower measured for an HP ProLiant ML110 G5, in proportion " +
    "to its CPU; if the power rises equally, the fuller machine takes the task (CloudSim: " +
    "the first in its list)",
  "an empty machine is on; if machines are emptied, it is off and takes a task only " +
    "if no other machine can (in CloudSim, waking it costs nothing)",
];

/** The type of the policy that a combination defines. */
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
 * All combinations as policies. Their types are computed from the table because the compiler cannot infer
 * them from `combine`.
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
      `A machine is overloaded if ${detection.rule}. It gives away ${selection.rule}, ` +
      "only best-effort tasks, until it is not overloaded any more. " +
      TARGET_RULES[pack] +
      (underload > 0
        ? " Machines below `underload` without LC tasks are emptied, completely or not at all."
        : ""),
    family: "threshold",
    source:
      "Beloglazov and Buyya, Concurrency and Computation 24(13), 2012; CloudSim's power package; " +
      "OpenStack Neat",
    fidelity: "adapted",
    deviations: [
      "LC tasks stay",
      "a task that leaves is assumed to have had the same load during the machine's whole history",
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
