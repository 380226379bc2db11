/** Task-steps per second of the clock loop with all metrics on, against a bare loop over the same usage. */
import { createPolicy, generateWorkload, simulate } from "../../dist/index.js";
import { spreadSort } from "../../dist/base/sort.js";
import { giniOfSorted } from "../../dist/metrics/gini.js";

const RUNS = 5;
const workload = await generateWorkload({ machines: 800, steps: 2016, seed: 1 });

/** Steps whose sums are made at a time. */
const BLOCK = 128;

/**
 * What no simulator can do without: each task's demand in each step, summed by machine, and the Gini of each
 * step. Machine by machine and in blocks of steps, so that samples and sums are read in the order of memory.
 */
function bareLoop() {
  const { usage, machines, executions } = workload;
  const { offsets, firstStep, cpu } = usage;
  const n = machines.id.length;
  const tasks = Array.from({ length: n }, () => []);
  executions.machine.forEach((m, execution) => tasks[Math.max(0, m)].push(execution));
  const sums = new Float64Array(n * BLOCK);
  const load = new Float64Array(n);
  let [sum, taskSteps] = [0, 0];
  for (let begin = 0; begin < workload.steps; begin += BLOCK) {
    sums.fill(0);
    const end = Math.min(begin + BLOCK, workload.steps);
    for (let m = 0; m < n; m++) {
      let kept = 0;
      for (const execution of tasks[m]) {
        const origin = offsets[execution] - firstStep[execution];
        const after = offsets[execution + 1] - origin;
        if (after > end) tasks[m][kept++] = execution;
        const from = Math.max(begin, firstStep[execution]);
        for (let step = from; step < Math.min(end, after); step++)
          sums[m * BLOCK + step - begin] += cpu[origin + step];
        taskSteps += Math.max(0, Math.min(end, after) - from);
      }
      tasks[m].length = kept;
    }
    for (let step = begin; step < end; step++) {
      for (let m = 0; m < n; m++) load[m] = sums[m * BLOCK + step - begin];
      spreadSort(load);
      sum += giniOfSorted(load);
    }
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

const policies = ["no-migration", "threshold"];
const rates = Object.fromEntries(["bare loop", ...policies].map((name) => [name, []]));
for (let i = 0; i < RUNS; i++) {
  const loop = seconds(bareLoop);
  rates["bare loop"].push(loop.result.taskSteps / loop.seconds);
  for (const policy of policies) {
    const { result, seconds: taken } = seconds(() => simulate(workload, createPolicy(policy)));
    rates[policy].push(result.timing.taskSteps / taken);
  }
}
console.log("clock loop: 800 machines, 7 days, all metrics on (medians of 5, in turn)");
for (const [name, found] of Object.entries(rates)) {
  const share = (median(found) / median(rates["bare loop"])).toFixed(2);
  console.log(`  ${name.padEnd(13)} ${millions(median(found))} task-steps/s, ${share} of the bare loop`);
}
