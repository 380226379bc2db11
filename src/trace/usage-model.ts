/** STUB: to be replaced by the helper who owns it. The signature is agreed. */
export interface UsageModelOptions {
  readonly seed: number;
  readonly stepSeconds: number;
  /** Trace time of step 0 in seconds; 600 = Sunday 1 May 2011 19:00 EDT. */
  readonly originSeconds: number;
}

/** What the model needs to know of a run. */
export interface ModelledRun {
  readonly job: bigint;
  readonly index: number;
  readonly priority: number;
  readonly schedulingClass: number;
  readonly cpuRequest: number;
  readonly memoryRequest: number;
  /** Seconds from step 0; below 0 never (initial runs start at 0). */
  readonly start: number;
  readonly end: number;
}

/** Writes samples [from, to) of `cpu` and `memory`: sample `from` is step floor(start / stepSeconds). */
export type UsageModel = (
  run: ModelledRun,
  cpu: Float32Array,
  memory: Float32Array,
  from: number,
  to: number,
) => void;

export function createUsageModel(_options: UsageModelOptions): UsageModel {
  throw new Error("not built yet");
}
