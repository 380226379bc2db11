/** What a worker thread of a sweep does: one run at a time, keeping a workload that it opened itself for the next. */
import { createPolicy } from "../policies/index.js";
import { answering, type InputFault } from "../threads.js";
import { openShared, openWorkload } from "../trace/open.js";
import type { Workload } from "../trace/workload.js";
import { simulate } from "../simulate/simulate.js";
import type { Summary } from "../simulate/metrics/catalogue.js";
import type { EndedRun } from "./kept/run-file.js";
import { workloadKey, type Scenario, type WorkloadChoice } from "./scenarios.js";
import { FIGURES, type RunResult } from "./result-table.js";

export interface WorkerMessage {
  readonly scenario: Scenario;
  /** Tells apart workloads that are opened in the same way but from files that have changed. Default: none have. */
  readonly edition?: string;
}

/** The thread's own: it does nothing but run after run. */
let kept: { readonly key: string; readonly workload: Workload } | undefined;

/** Does one run, on a workload that `open` opened if it is given one. */
export default function runScenario({
  scenario: { workload: choice, policy, simulation },
  edition = "",
  opened,
}: WorkerMessage & { readonly opened?: Workload }): Promise<EndedRun | InputFault> {
  return answering(async () => {
    // Its own is of no more use to the thread: what all share comes last.
    if (opened !== undefined) kept = undefined;
    const workload = opened ?? (await openOwn(choice, edition));
    const settings = { ...simulation, policyParameters: policy.parameters };
    const run = simulate(workload, createPolicy(policy.name, policy.parameters), settings);
    const { machines, steps, lcRule } = run.manifest.workload;
    return { result: { machines, steps, lcRule, figures: figuresOf(run.summary) }, manifest: run.manifest };
  });
}

/** Opens the run's workload for all threads of the process. */
export function open({ scenario: { workload } }: WorkerMessage): Promise<Workload | InputFault> {
  kept = undefined;
  return answering(() => openShared(workload.trace, workload.open));
}

function figuresOf(summary: Summary): RunResult["figures"] {
  return Object.fromEntries(FIGURES.map((figure) => [figure, summary[figure]])) as RunResult["figures"];
}

async function openOwn(choice: WorkloadChoice, edition: string): Promise<Workload> {
  const key = `${edition} ${workloadKey(choice)}`;
  if (kept?.key !== key) {
    // Let go of the old one first: two may not fit.
    kept = undefined;
    kept = { key, workload: await openWorkload(choice.trace, choice.open) };
  }
  return kept.workload;
}
