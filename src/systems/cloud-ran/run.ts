/** The subframe loop: which subframes meet their deadline on a number of cores under a rule. */
import { InputError } from "../../base/errors.js";
import { keysOf, refuseUnknownKeys } from "../../base/known-keys.js";
import { resolveParameters } from "../../base/parameters.js";
import { runIdleCore } from "./loop/idle-core.js";
import { runOneQueue } from "./loop/one-queue.js";
import { runOwnCore } from "./loop/own-core.js";
import { createLoop, type Loop } from "./loop/loop.js";
import type { SubframePolicyDefinition } from "./policy.js";
import { CLOUD_RAN_MODEL, type CloudRanValues } from "./processing.js";
import { findSubframePolicy, type SubframePolicyName } from "./registry.js";
import { checkCount, type Subframes } from "./subframes.js";

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

const OPTIONS = keysOf<Required<SubframeOptions>>({
  cores: true,
  antennas: true,
  parameters: true,
  model: true,
});

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
 * option or parameter, and for fewer cores than cells where the rule gives each cell cores of its own.
 */
export function runSubframes(
  subframes: Subframes,
  policy: SubframePolicyChoice,
  options: SubframeOptions,
): SubframeRun {
  refuseUnknownKeys(options, OPTIONS, "option of runSubframes");
  const { cores, antennas = 2, parameters, model } = options;
  checkCount("cores", cores);
  checkCount("antennas", antennas);
  const definition = typeof policy === "string" ? findSubframePolicy(policy) : policy;
  const chosen = resolveParameters(`policy ${definition.name}`, definition.parameters ?? {}, parameters);
  const values = resolveParameters("the model of cloud-ran", CLOUD_RAN_MODEL, model);
  if (!(values.halfRtt < values.budget))
    throw new InputError(
      `halfRtt ${values.halfRtt} leaves no time in the budget ${values.budget}; give less`,
    );
  const loop = createLoop(subframes, { cores, antennas }, values);
  const moved = runParts(loop, definition.create(chosen), definition.name);
  const { cells, slots } = subframes;
  const { outcome, response, busy } = loop;
  return {
    ...{ policy: definition.name, cells, slots, cores, antennas, parameters: chosen, model: values },
    ...{ outcome, response, busy, moved },
  };
}

function runParts(loop: Loop, parts: ReturnType<SubframePolicyDefinition["create"]>, name: string): number {
  const { cores, cells } = loop;
  switch (parts.dispatch) {
    case "one-queue":
      runOneQueue(loop);
      return 0;
    case "idle-core":
      runIdleCore(loop);
      return 0;
    case "own-core":
      if (cores < cells)
        throw new InputError(
          `${cores} cores for ${cells} cells under ${name}, which gives each cell cores of its own; ` +
            `give at least ${cells} cores, or policy global or join-idle`,
        );
      return runOwnCore(loop, parts.subtasks);
  }
}
