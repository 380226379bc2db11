/** What a worker thread does with one repetition: it simulates it under every policy. */
import { InputError } from "../errors.js";
import type { Workload } from "../trace/workload.js";
import { compare, type ComparisonOptions } from "./compare.js";
import { keep, type ReplicateRun } from "./replicate-run.js";

export interface ReplicateTask {
  readonly workload: Workload;
  readonly policies: readonly string[];
  readonly options: Omit<ComparisonOptions, "onProgress">;
}

/** A fault of the input crosses the threads as text: an error's class does not. */
export type ReplicateAnswer = { readonly runs: ReplicateRun[] } | { readonly inputError: string };

export default function runReplicate({ workload, policies, options }: ReplicateTask): ReplicateAnswer {
  try {
    return { runs: compare(workload, policies, options).map(keep) };
  } catch (error) {
    if (error instanceof InputError) return { inputError: error.message };
    throw error;
  }
}
