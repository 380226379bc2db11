/** Hand-made clusters for tests of policies that migrate. */
import { createPolicy } from "../../src/policies/index.js";
import type { ModelOptions } from "../../src/simulate/model.js";
import { simulate, type Run } from "../../src/simulate/simulate.js";
import { tinyWorkload, type TinyTask } from "../tiny-workload.js";

/** A run of a policy on equal machines; migrations take no time. */
export function run(
  policy: string,
  tasks: readonly TinyTask[],
  {
    machines = 4,
    steps = 2,
    seed = 1,
    parameters = {},
    model = {},
  }: {
    machines?: number;
    steps?: number;
    seed?: number;
    parameters?: Record<string, number>;
    model?: ModelOptions;
  } = {},
): Run {
  const workload = tinyWorkload({
    machines: Array.from({ length: machines }, () => ({})),
    tasks: tasks.map((task) => ({
      ...task,
      cpu: Array.from({ length: steps }, (_, i) => task.cpu[i] ?? task.cpu[0]),
    })),
    steps,
  });
  return simulate(workload, createPolicy(policy, parameters), {
    seed,
    migration: "free",
    keepMachines: true,
    model,
  });
}

/** A task that wants this CPU on a machine in all steps; best-effort by default. */
export function on(machine: number, cpu: number, lc = false, more: Partial<TinyTask> = {}): TinyTask {
  return { cpu: [cpu], machine, lc, memory: 0.01, ...more };
}

/** Moves decided after a step (by default the first), as [task, from, to]. */
export function moved({ migrations: moves }: Run, step = 0): number[][] {
  return Array.from(moves.execution, (task, i) => [task, moves.from[i], moves.to[i]]).filter(
    (_, i) => moves.step[i] === step,
  );
}

/** Steps after which there were moves. */
export function movingSteps({ migrations: moves }: Run): number[] {
  return Array.from(new Set(moves.step));
}
