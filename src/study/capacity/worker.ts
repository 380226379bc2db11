/**
 * What a worker thread does for carrying capacities: one workload under one contender, keeping workloads that it
 * opened itself for the next.
 */
import { answering, type InputFault } from "../../threads.js";
import { openReplicates } from "../../trace/open.js";
import type { OpenOptions } from "../../trace/options.js";
import type { Described } from "../../trace/quality.js";
import { shareWorkloads } from "../../trace/share-workload.js";
import type { Workload } from "../../trace/workload.js";
import { replicateCapacity, type CapacitySearch, type ReplicateCapacity } from "./replicate.js";

/** The workloads of all repetitions, opened together: a trace on disk is read once. */
export interface CapacityReplicates {
  readonly trace: string;
  readonly open: Omit<OpenOptions, "seed" | "onProgress">;
  readonly seeds: readonly number[];
}

export interface CapacityTask {
  readonly replicates: CapacityReplicates;
  readonly replicate: number;
  readonly contender: string;
  readonly search: CapacitySearch;
}

export interface CapacityAnswer {
  readonly capacities: readonly ReplicateCapacity[];
  /** What the workload was made of. */
  readonly described: Described;
}

/** The thread's own: it does nothing but task after task of one study. */
let kept: { readonly key: string; readonly workloads: readonly Workload[] } | undefined;

export default function runCapacity({
  replicates,
  replicate,
  contender,
  search,
  opened,
}: CapacityTask & { readonly opened?: readonly Workload[] }): Promise<CapacityAnswer | InputFault> {
  return answering(async () => {
    const workloads = opened ?? (await openOwn(replicates));
    const { source, provenance } = workloads[replicate];
    const capacities = replicateCapacity(workloads[replicate], contender, search);
    return { capacities, described: { source, provenance } };
  });
}

/** Opens the study's workloads for all threads of the process. */
export function open({
  replicates: { trace, open: options, seeds },
}: CapacityTask): Promise<readonly Workload[] | InputFault> {
  return answering(async () => shareWorkloads(await openReplicates(trace, { ...options, seeds })));
}

async function openOwn({ trace, open: options, seeds }: CapacityReplicates): Promise<readonly Workload[]> {
  const key = JSON.stringify([trace, options, seeds]);
  if (kept?.key !== key) kept = { key, workloads: await openReplicates(trace, { ...options, seeds }) };
  return kept.workloads;
}
