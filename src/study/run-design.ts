/** Does a task for every scenario of an experiment, in this thread or on worker threads. */
import { InputError } from "../base/errors.js";
import { POLICIES, type ResolvedPolicy } from "../policies/index.js";
import type { OnProgress, Progress } from "../base/progress.js";
import type { Described } from "../workload/quality.js";
import { shareWorkload } from "../workload/share-workload.js";
import type { Workload } from "../workload/workload.js";
import { isReference } from "./capacity/references.js";
import type { Design } from "./design.js";
import { createRunQueue } from "./run-queue.js";
import { openChoice, type EndedRun, type OwnParts } from "./run-scenario.js";
import { listScenarios, workloadKey, type Scenario } from "./scenarios.js";
import { runOnWorkers } from "./worker-pool.js";
import { doWork, type Answer, type Task, type WorkerMessage } from "./worker.js";

export interface RunOptions {
  readonly workers?: number;
  readonly onProgress?: OnProgress;
  readonly onWorkload?: (described: Described) => void;
}

/** A scenario with the answer to its task. */
export type Done<T extends Task> = Answer<T> & { readonly scenario: Scenario };

/**
 * Does a task for every scenario of the design and returns the answers in the order of the scenarios. Rejects
 * with InputError for bad input, and where all seeds keep the same machines of a trace.
 */
export async function runDesign<T extends Task>(
  design: Design,
  task: T,
  { workers = 1, onProgress, onWorkload }: RunOptions = {},
): Promise<Done<T>[]> {
  checkWorkers(workers);
  const scenarios = listScenarios(design);
  const done = new Map<Scenario, Answer<T>>();
  const checkSeeds = createSeedCheck(design);
  const phase = task.kind === "run" ? "simulating" : "searching capacity";
  const report: Work<T>["report"] = (now) =>
    onProgress?.({ phase, done: done.size, total: scenarios.length, unit: UNITS[task.kind], ...now });
  report();
  const note = (scenario: Scenario, answer: Answer<T>): void => {
    checkSeeds(scenario, answer);
    done.set(scenario, answer);
    onWorkload?.({ source: answer.manifest.workload.source, provenance: answer.manifest.workload });
    report();
  };
  const own = ownParts(design);
  const isHere = workers === 1 || own.policies.length + own.metrics.length > 0;
  const work = { design, scenarios, task, note, report };
  await (isHere ? runHere({ ...work, own }) : runOnThreads({ ...work, workers }));
  return scenarios.map((scenario) => ({ scenario, ...done.get(scenario)! }));
}

/** The largest number of threads; a larger number is treated as a typing error. */
const MOST_WORKERS = 1024;

/** Throws InputError for an invalid number of threads. */
export function checkWorkers(workers: number): void {
  if (Number.isInteger(workers) && workers >= 1 && workers <= MOST_WORKERS) return;
  throw new InputError(`invalid workers: ${workers}; give a whole number from 1 to ${MOST_WORKERS}`);
}

const UNITS: Readonly<Record<Task["kind"], string>> = { run: "runs", capacity: "searches" };

/** Returns the policies and metrics that are neither built in nor from a module. */
export function ownParts({ policies, metrics = [] }: Pick<Design, "policies" | "metrics">): OwnParts {
  const isNamed = (policy: ResolvedPolicy): boolean =>
    isReference(policy.name) || POLICIES.some((other) => other === policy);
  return {
    policies: policies.filter((policy) => policy.module === undefined && !isNamed(policy)),
    metrics: metrics.filter((one) => one.module === undefined && !one.isBuiltIn).map(({ metric }) => metric),
  };
}

interface Work<T extends Task> {
  readonly design: Design;
  readonly scenarios: readonly Scenario[];
  readonly task: T;
  readonly note: (scenario: Scenario, answer: Answer<T>) => void;
  /** Reports the progress of all scenarios as one, with that of the scenario that is being done. */
  readonly report: (now?: Pick<Progress, "item" | "part">) => void;
}

/**
 * Does the scenarios one after the other, grouped by workload, so that only one workload is in memory at a
 * time.
 */
async function runHere<T extends Task>({
  design,
  scenarios,
  task,
  own,
  note,
  report,
}: Work<T> & { readonly own: OwnParts }): Promise<void> {
  const queue = createRunQueue(scenarios, ({ workload }) => workloadKey(workload));
  const held: { group?: string; workload?: Workload } = {};
  for (let next = queue.take(); next !== undefined; next = queue.take(next.group)) {
    const { item: scenario, group } = next;
    if (held.group !== group) {
      // Release the old workload first, because two may not fit into memory.
      held.workload = undefined;
      held.workload = givenTo(design, scenario) ?? (await openChoice(scenario.workload));
      held.group = group;
    }
    const item = scenario.policy.name;
    const answer = await doWork(held.workload!, scenario, task, {
      own,
      onProgress: ({ done, total = done }) => {
        report({ item, part: done / total });
      },
    });
    note(scenario, answer);
    // Yield between two runs, so that a progress bar can be drawn and a notebook cell can be interrupted.
    await new Promise(setImmediate);
  }
}

async function runOnThreads<T extends Task>({
  design,
  scenarios,
  task,
  workers,
  note,
}: Work<T> & { readonly workers: number }): Promise<void> {
  const shared = new Map(
    design.traces.flatMap(({ name, workload }) =>
      workload === undefined ? [] : [[name, shareWorkload(workload)] as const],
    ),
  );
  await runOnWorkers<Scenario, WorkerMessage, Answer<T>>(scenarios, {
    workers,
    file: "worker.js",
    messageOf: (scenario) => ({ scenario, task, opened: shared.get(scenario.workload.trace) }),
    groupOf: ({ workload }) => workloadKey(workload),
    onEnd(scenario, answer) {
      note(scenario, answer);
      return Promise.resolve();
    },
  });
}

function givenTo({ traces }: Design, { workload: { trace } }: Scenario): Workload | undefined {
  return traces.find(({ name }) => name === trace)?.workload;
}

/**
 * Returns a check that refuses seeds that all keep the same machines of a trace on disk: such replicates
 * would be identical, and their intervals empty.
 */
function createSeedCheck({
  seeds,
  windows,
}: Design): (scenario: Scenario, answer: Pick<EndedRun, "sample" | "manifest">) => void {
  const seen = new Map<string, { readonly seed: number; readonly sample: string }>();
  return ({ workload }, { sample, manifest }) => {
    const { seed } = workload.open;
    if (seeds.length === 1 || windows !== undefined || seed === undefined || sample === undefined) return;
    const key = workloadKey({ ...workload, open: { ...workload.open, seed: 0 } });
    const first = seen.get(key) ?? { seed, sample };
    seen.set(key, first);
    if (first.seed === seed || first.sample !== sample) return;
    throw new InputError(
      `seeds pick nothing from ${workload.trace}: each keeps the same ${manifest.workload.machines} ` +
        "machines; give fewer machines, or windows in place of seeds",
    );
  };
}
