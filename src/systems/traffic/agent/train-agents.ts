/** Trains several agents, each with a seed of its own, on threads. */
import { keysOf, refuseUnknownKeys } from "../../../base/known-keys.js";
import { startThreads } from "../../../base/threads.js";
import { InputError } from "../../../base/errors.js";
import type { TrainedAgent, TrainOptions } from "./train.js";

export interface TrainAgentsOptions extends Omit<TrainOptions, "seed"> {
  /** A seed for each agent. */
  readonly seeds: readonly number[];
  /** Threads; the result does not depend on it. Default 2. */
  readonly threads?: number;
}

const OPTIONS = keysOf<TrainAgentsOptions>({
  ...{ seeds: true, threads: true, workloads: true, loads: true, steps: true, values: true },
});

/** Returns a trained agent for each seed, as `trainAgent` makes it. Rejects as `trainAgent` throws. */
export async function trainAgents(options: TrainAgentsOptions): Promise<TrainedAgent[]> {
  refuseUnknownKeys(options, OPTIONS, "option of trainAgents");
  const { seeds, threads = 2, ...own } = options;
  if (seeds.length === 0) throw new InputError("trainAgents has no seed: give at least one");
  const pool = startThreads<typeof import("./train-worker.js")>(
    "./train-worker.js",
    import.meta.url,
    Math.min(threads, seeds.length),
  );
  try {
    return await Promise.all(seeds.map((seed) => pool.run("train", { ...own, seed })));
  } finally {
    await pool.close();
  }
}
