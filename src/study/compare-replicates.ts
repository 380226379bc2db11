/** Several policies on several repetitions of one experiment. */
import { InputError } from "../errors.js";
import type { PolicyChoice } from "../policies/index.js";
import { startThreads } from "../threads.js";
import type { Replicate } from "../trace/replicates.js";
import { compare, type ComparisonOptions } from "./compare.js";
import { keep, type ReplicateRun } from "./replicate-run.js";

export interface ReplicateComparisonOptions extends Omit<ComparisonOptions, "seed" | "keepMachines"> {
  /**
   * Worker threads. Default 1: no thread of its own. Policies that are functions stay in this thread,
   * whatever it says.
   */
  readonly workers?: number;
}

/**
 * Simulates every repetition under every policy and returns one list per repetition, in it one run per
 * policy, in the orders given. Within a repetition all policies meet the same workload and draw from streams
 * of the same seed (common random numbers), so that differences between them can be taken pair by pair. The
 * number of workers changes nothing in the result. Throws InputError for an unknown policy or parameter, and
 * for no policy or repetition.
 */
export async function compareReplicates(
  replicates: readonly Replicate[],
  policies: readonly PolicyChoice[],
  { workers = 1, onProgress, ...options }: ReplicateComparisonOptions = {},
): Promise<ReplicateRun[][]> {
  if (replicates.length === 0 || policies.length === 0) {
    throw new InputError(
      `nothing to compare: ${policies.length} policies on ${replicates.length} repetitions`,
    );
  }
  let done = 0;
  const report = (): void =>
    onProgress?.({ phase: "repetitions", done, total: replicates.length, unit: "repetitions" });
  report();
  const names = policies.filter((policy) => typeof policy === "string");
  const isHere = workers === 1 || names.length < policies.length;
  const threads = isHere
    ? undefined
    : startThreads<typeof import("./replicate-worker.js")>(
        "./replicate-worker.js",
        import.meta.url,
        Math.min(workers, replicates.length),
      );

  async function runAll({ seed, open }: Replicate): Promise<ReplicateRun[]> {
    const workload = await open();
    const runs =
      threads === undefined
        ? compare(workload, policies, { ...options, seed }).map(keep)
        : await threads.run("default", { workload, policies: names, options: { ...options, seed } });
    done++;
    report();
    return runs;
  }

  const results = new Array<ReplicateRun[]>(replicates.length);
  const queue = replicates.entries();
  // Each lane holds one workload at a time.
  async function lane(): Promise<void> {
    for (const [row, replicate] of queue) results[row] = await runAll(replicate);
  }
  try {
    await Promise.all(Array.from({ length: threads?.count ?? 1 }, lane));
  } finally {
    await threads?.close();
  }
  return results;
}
