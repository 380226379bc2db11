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

/** Options of every trace reader. */
export interface OpenOptions {
  /**
   * The number of machines to keep, with the executions on them. A seeded hash picks them among the machines
   * that are in the cluster when the trace begins. Default: 800 where the trace has that many, else "all",
   * which also keeps machines that join later and machines that only tasks name.
   */
  readonly machines?: number | "all";
  /**
   * Which machines may be picked: machines of one shape, of any shape, or ("auto", the default) of the most
   * common shape if enough machines have it, else of any.
   */
  readonly shape?: "auto" | "any" | MachineShape;
  /** Seed of the choice of machines and of modelled usage. Default 1. */
  readonly seed?: number;
  /** The largest number of steps. Default: all steps of the trace. */
  readonly steps?: number;
  /** Which tasks are latency-critical. Default "class>=2". */
  readonly lcRule?: LcRule;
  /** Default "fail". */
  readonly onError?: OnError;
  /** Whether the workload may be kept on disk, or opened from there (docs/formats.md). Default true. */
  readonly cache?: boolean;
  readonly onProgress?: OnProgress;
}

export const OPEN_KEYS = keysOf<OpenOptions>({
  machines: true,
  shape: true,
  seed: true,
  steps: true,
  lcRule: true,
  onError: true,
  cache: true,
  onProgress: true,
});
