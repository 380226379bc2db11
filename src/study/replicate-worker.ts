/** What a worker thread does with one repetition: it simulates it under every policy. */
import { answering, type InputFault } from "../threads.js";
import type { Workload } from "../trace/workload.js";
import { compare, type ComparisonOptions } from "./compare.js";
import { keep, type ReplicateRun } from "./replicate-run.js";

export interface ReplicateTask {
  readonly workload: Workload;
  readonly policies: readonly string[];
  readonly options: Omit<ComparisonOptions, "onProgress">;
}

export default function runReplicate({
  workload,
  policies,
  options,
}: ReplicateTask): Promise<ReplicateRun[] | InputFault> {
  return answering(() => compare(workload, policies, options).map(keep));
}
