/** Task-steps per second of the clock loop with all metrics on, against a bare loop over the same usage. */
import { createPolicy, generateWorkload, simulate } from "../../dist/index.js";
import { giniOfSorted } from "../../dist/metrics/gini.js";

const RUNS = 5;
const workload = await generateWorkload({ machines: 800, steps: 2016, seed: 1 });

/**
 * What no simulator can do without: read each task's demand in each step, sum it by machine, sort for a Gini.
 */
function bareLoop() {
  const { usage, machines, runs } = workload;
  const { offsets, firstStep, cpu } = usage;
  const n = machines.id.length;
  const load = new Float64Array(n);
  const live = [];
  let next = 0;
  let taskSteps = 0;
  let sum = 0;
  for (let step = 0; step < workload.steps; step++) {
    while (next < firstStep.length && firstStep[next] <= step) live.push(next++);
    load.fill(0);
    let kept = 0;
    for (let i = 0; i < live.length; i++) {
      const run = live[i];
      const at = offsets[run] + step - firstStep[run];
      if (at >= offsets[run + 1]) continue;
      live[kept++] = run;
      load[Math.max(0, runs.machine[run])] += cpu[at];
      taskSteps++;
    }
    live.length = kept;
    sum += giniOfSorted(load.sort());
  }
  return { taskSteps, sum };
}

const seconds = (work) => {
  globalThis.gc?.();
  const began = performance.now();
  const result = work();
  return { result, seconds: (performance.now() - began) / 1000 };
};

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const millions = (rate) => `${(rate / 1e6).toFixed(1)} M`;

const bare = [];
const full = [];
for (let i = 0; i < RUNS; i++) {
  const loop = seconds(bareLoop);
  bare.push(loop.result.taskSteps / loop.seconds);
  const { result, seconds: taken } = seconds(() => simulate(workload, createPolicy("no-migration")));
  full.push(result.timing.taskSteps / taken);
}
console.log("clock loop: 800 machines, 7 days, no-migration, all metrics on (median of 5, in turn)");
console.log(`  bare loop  ${millions(median(bare))} task-steps/s`);
console.log(
  `  simulate   ${millions(median(full))} task-steps/s, ${(median(full) / median(bare)).toFixed(2)} of the bare loop`,
);
