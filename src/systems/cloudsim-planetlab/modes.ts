/** The two modes of the scenario. Each rule switches one peculiarity of CloudSim 3.0.3's code on or off. */
import { unknownName } from "./names.js";

export const MODES = ["clean", "cloudsim-3.0.3"] as const;

export type Mode = (typeof MODES)[number];

/** Returns the mode of that name. Throws InputError for an unknown name. */
export function scenarioMode(name: string): Mode {
  const mode = MODES.find((known) => known === name);
  if (mode !== undefined) return mode;
  throw unknownName("mode", name, MODES);
}

export interface Rules {
  /** A VM that demands nothing at a sample counts as finished and is removed permanently. */
  readonly removeIdleVms: boolean;
  /** Memory limits only the first placement; migrations ignore the target's memory. */
  readonly ignoreMemoryOfMigrations: boolean;
  /**
   * Placement uses a host's power before the step's decisions as its present power, and idle power for an
   * empty host. So waking a host looks cheap, although an empty host actually uses no power.
   */
  readonly staleHostPower: boolean;
  /** A host that just became a target may be emptied in the same step, so a VM may be moved twice. */
  readonly evacuateNewTargets: boolean;
  /** Local regression is ordinary least squares: its weights are computed but not applied. */
  readonly unweightedRegression: boolean;
  /** Where the demand exceeds the host's capacity, each VM's share is rounded down to whole MIPS. */
  readonly wholeMips: boolean;
  /**
   * A target counts the whole demand of an arriving VM but serves only a tenth of it, which is a violation.
   */
  readonly chargeArrivalsToTarget: boolean;
  /** Any lack of CPU is a violation, even a rounding error. */
  readonly countRoundingErrors: boolean;
  /** Hosts without frequency scaling (npa) are charged from time 0, the others from the first sample. */
  readonly chargeStartOfNpa: boolean;
}

/** Returns the rules of a mode: all of them for "cloudsim-3.0.3", none for "clean". */
export function rulesOf(mode: Mode): Rules {
  const on = mode === "cloudsim-3.0.3";
  return {
    removeIdleVms: on,
    ignoreMemoryOfMigrations: on,
    staleHostPower: on,
    evacuateNewTargets: on,
    unweightedRegression: on,
    wholeMips: on,
    chargeArrivalsToTarget: on,
    countRoundingErrors: on,
    chargeStartOfNpa: on,
  };
}
