import { keysOf } from "../base/known-keys.js";
import type { OnProgress } from "../base/progress.js";
import type { LcRule } from "./workload.js";

/** CPU and memory of a machine, as fractions of the reference machine. */
export interface MachineShape {
  readonly cpu: number;
  readonly memory: number;
}

/** What to do with a row that cannot be read: throw an InputError, or count it and leave it out. */
export type OnError = "fail" | "skip";

/** What every trace reader takes. */
export interface OpenOptions {
  /**
   * How many machines to keep, picked by a seeded hash among those in the cluster when the trace begins; the
   * executions on them come along. Default: 800 where there are as many, else "all", which also keeps the
   * machines that join later and those that only a task names.
   */
  readonly machines?: number | "all";
  /**
   * Which machines may be picked: those of one shape, of any, or ("auto", the default) those of the most
   * common shape if it alone has enough of them, else any.
   */
  readonly shape?: "auto" | "any" | MachineShape;
  /** Seed of the picks and of modelled usage. Default 1. */
  readonly seed?: number;
  /** At most this many steps. Default: all that the trace covers. */
  readonly steps?: number;
  /** Which tasks are latency-critical. Default "class>=2". */
  readonly lcRule?: LcRule;
  /** Default "fail". */
  readonly onError?: OnError;
  readonly onProgress?: OnProgress;
}

export const OPEN_KEYS = keysOf<OpenOptions>({
  machines: true,
  shape: true,
  seed: true,
  steps: true,
  lcRule: true,
  onError: true,
  onProgress: true,
});
