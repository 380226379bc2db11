/** The subframe loop: which subframes meet their deadline on a number of cores under a rule. */
import { describeValue, InputError, messageOf } from "../../base/errors.js";
import { refuseUnknownKeys } from "../../base/known-keys.js";
import { resolveParameters } from "../../base/parameters.js";
import { runIdleCore } from "./loop/idle-core.js";
import { runOneQueue } from "./loop/one-queue.js";
import { runOwnCore } from "./loop/own-core.js";
import { runOwnRule } from "./loop/own-rule.js";
import { createLoop, type Loop } from "./loop/loop.js";
import { NUMBERS, numbersOf } from "./options.js";
import type { SubframeParts, SubframePolicyDefinition } from "./policy.js";
import { modelOf, type CloudRanValues } from "./processing.js";
import { findSubframePolicy, type SubframePolicyName } from "./registry.js";
import { checkSubframes, type Subframes } from "./subframes.js";

/** The name of a built-in rule for subframes, or one's own. */
export type SubframePolicyChoice = SubframePolicyName | (string & {}) | SubframePolicyDefinition;

export interface SubframeOptions {
  readonly cores: number;
  /** Antennas of each cell. Default 2. */
  readonly antennas?: number;
  /** Values of the rule's parameters that differ from their defaults. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** Values of the model that differ from their defaults (CLOUD_RAN_MODEL). */
  readonly model?: Partial<CloudRanValues>;
}

/** What became of the subframes. */
export interface SubframeRun {
  readonly policy: string;
  readonly cells: number;
  readonly slots: number;
  readonly cores: number;
  readonly antennas: number;
  readonly parameters: Readonly<Record<string, number>>;
  readonly model: CloudRanValues;
  /** A code of SUBFRAME_OUTCOME for each subframe, in the order of `Subframes`. */
  readonly outcome: Uint8Array;
  /**
   * Time from the arrival of each subframe until its core ended it or gave it up, in microseconds; NaN for
   * one that did not begin.
   */
  readonly response: Float64Array;
  /** Time that each core worked, in microseconds, with what it did for others. */
  readonly busy: Float64Array;
  /** Subtasks that idle cores did for others. */
  readonly moved: number;
}

/**
 * Runs the subframes under a rule. Equal arguments give equal bytes. Throws InputError for an unknown rule,
 * option or parameter, for a rule or subframes of one's own that do not hold together, and for fewer cores
 * than cells where the rule gives each cell cores of its own.
 */
export function runSubframes(
  subframes: Subframes,
  policy: SubframePolicyChoice,
  options: SubframeOptions,
): SubframeRun {
  const numbers = { cores: NUMBERS.cores, antennas: NUMBERS.antennas };
  const { cores, antennas } = numbersOf("runSubframes", options, numbers, ["parameters", "model"]);
  checkSubframes(subframes);
  const definition = typeof policy === "string" ? findSubframePolicy(policy) : checkDefinition(policy);
  const { name } = definition;
  const parameters = resolveParameters(`policy ${name}`, definition.parameters ?? {}, options.parameters);
  const model = modelOf(options.model);
  const parts = partsOf(definition, parameters);
  const loop = createLoop(subframes, { cores, antennas }, model);
  const moved = runParts(loop, parts, name);
  const { cells, slots } = subframes;
  const { outcome, response, busy } = loop;
  return { policy: name, cells, slots, cores, antennas, parameters, model, outcome, response, busy, moved };
}

function checkDefinition(definition: SubframePolicyDefinition): SubframePolicyDefinition {
  const given = definition as Partial<Record<"name" | "create", unknown>> | null | undefined;
  if (typeof given?.name === "string" && typeof given.create === "function") return definition;
  throw new InputError(
    `invalid policy of subframes: it is ${describeValue(definition)}; give the name of a built-in one, or ` +
      "an object with name, rule and create",
  );
}

const DISPATCHES = ["own-core", "one-queue", "idle-core"];
const SUBTASKS = {
  count: {
    default: NaN,
    unit: "",
    description: "equal subtasks of an FFT",
    min: 1,
    max: 1000,
    integer: true,
  },
  time: { default: NaN, unit: "us per antenna", description: "time for a subtask", min: 0.001, max: 1e6 },
};

/** Returns the parts that a rule consists of. Throws InputError for what is none. */
function partsOf(
  definition: SubframePolicyDefinition,
  parameters: Readonly<Record<string, number>>,
): SubframeParts {
  const { name } = definition;
  let parts: SubframeParts;
  try {
    parts = definition.create(parameters);
  } catch (cause) {
    throw new InputError(`policy ${name} cannot be created: ${messageOf(cause)}`, { cause });
  }
  const dispatch: unknown = (parts as Partial<SubframeParts> | undefined)?.dispatch;
  if (typeof dispatch !== "function" && !DISPATCHES.includes(dispatch as string))
    throw new InputError(
      `create of policy ${name} returned ${describeValue(parts)}; give an object whose dispatch is a ` +
        `function that returns a core, or one of ${DISPATCHES.join(", ")}`,
    );
  const known = dispatch === "own-core" ? ["dispatch", "subtasks"] : ["dispatch"];
  refuseUnknownKeys(parts, known, `part of policy ${name} with this dispatch`);
  if (parts.dispatch === "own-core" && parts.subtasks !== undefined)
    numbersOf(`subtasks of policy ${name}`, parts.subtasks, SUBTASKS);
  return parts;
}

/** Returns how many subtasks were moved. */
function runParts(loop: Loop, parts: SubframeParts, name: string): number {
  const { cores, cells } = loop;
  if (parts.dispatch === "own-core") {
    if (cores < cells)
      throw new InputError(
        `${cores} cores for ${cells} cells under ${name}, which gives each cell cores of its own; ` +
          `give at least ${cells} cores, or policy global or join-idle`,
      );
    return runOwnCore(loop, parts.subtasks);
  }
  if (parts.dispatch === "one-queue") runOneQueue(loop);
  else if (parts.dispatch === "idle-core") runIdleCore(loop);
  else runOwnRule(loop, parts.dispatch, name);
  return 0;
}
