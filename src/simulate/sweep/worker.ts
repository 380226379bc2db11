/** What a worker thread of a sweep does: one run at a time, keeping the workload for the next. */
import { createPolicy } from "../../policies/index.js";
import { openWorkload } from "../../trace/open.js";
import type { Workload } from "../../trace/workload.js";
import type { Manifest } from "../manifest.js";
import { simulate } from "../simulate.js";
import type { Summary } from "../summary.js";
import { workloadKey, type Scenario, type WorkloadChoice } from "./scenarios.js";
import { answering, type InputFault } from "./worker-pool.js";

export interface WorkerAnswer {
  readonly summary: Summary;
  readonly manifest: Manifest;
}

/** The thread's own: it does nothing but run after run. */
let kept: { readonly key: string; readonly workload: Workload } | undefined;

/** Does one run. */
export default function runScenario({
  workload: choice,
  policy: { name, parameters },
  simulation,
}: Scenario): Promise<WorkerAnswer | InputFault> {
  return answering(async () => {
    const workload = await open(choice);
    const policy = createPolicy(name, parameters);
    const { summary, manifest } = simulate(workload, policy, { ...simulation, policyParameters: parameters });
    return { summary, manifest };
  });
}

async function open(choice: WorkloadChoice): Promise<Workload> {
  const key = workloadKey(choice);
  if (kept?.key !== key) {
    // Let go of the old one first: two may not fit.
    kept = undefined;
    kept = { key, workload: await openWorkload(choice.trace, choice.open) };
  }
  return kept.workload;
}
