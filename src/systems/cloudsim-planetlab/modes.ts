/** What the two modes of the scenario differ in. Each rule is a habit of CloudSim 3.0.3's code, on or off. */
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
  /** A VM that demands nothing at a sample counts as finished and is gone permanently. */
  readonly removeIdleVms: boolean;
  /** Memory limits the first placement only: no migration is refused for lack of memory at the target. */
  readonly ignoreMemoryOfMigrations: boolean;
  /**
   * Placement takes a host's power before the step's decisions as the power it draws now, and the idle power
   * as that of an empty host. So to wake a host looks cheap, though an empty host is not charged.
   */
  readonly staleHostPower: boolean;
  /** A host that just became a target may be emptied in the same step, so its newcomer is moved twice. */
  readonly evacuateNewTargets: boolean;
  /** Local regression is ordinary least squares: its weights are computed but not applied. */
  readonly unweightedRegression: boolean;
  /** Where demand exceeds the host, each VM's share is cut to whole MIPS. */
  readonly wholeMips: boolean;
  /** A target counts the whole demand of an arriving VM, of which it serves a tenth: a violation. */
  readonly chargeArrivalsToTarget: boolean;
  /** Any lack of CPU is a violation, be it a rounding error. */
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
