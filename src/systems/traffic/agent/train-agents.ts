/** Trains several agents, each with a seed of its own, on threads. */
import { checkKeys, optional, SEEDS, whole } from "../../../base/checks.js";
import { startThreads } from "../../../base/threads.js";
import { TRAIN_CHECKS, type TrainedAgent, type TrainOptions } from "./train.js";

export interface TrainAgentsOptions extends Omit<TrainOptions, "seed"> {
  /** A seed for each agent. */
  readonly seeds: readonly number[];
  /** Threads, 1 to 256; the result does not depend on it. Default 2. */
  readonly threads?: number;
}

/** Returns a trained agent for each seed, as `trainAgent` makes it. Rejects as `trainAgent` throws. */
export async function trainAgents(options: TrainAgentsOptions): Promise<TrainedAgent[]> {
  checkKeys("trainAgents", options, { ...TRAIN_CHECKS, seeds: SEEDS, threads: optional(whole(1, 256)) });
  const { seeds, threads = 2, ...own } = options;
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
