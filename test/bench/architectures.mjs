/**
 * Events a second of each architecture with 12,500 machines, then the growth of sampling from 1,000 to 100,000
 * workers, and bytes a task. `node --expose-gc test/bench/architectures.mjs [NAME,...]` takes these alone.
 */
import { randomExponential } from "d3-random";
import { randomStream } from "../../dist/index.js";
import { ARCHITECTURES, clusterOf, jobsFrom, schedule } from "../../dist/systems/architectures/index.js";

const MACHINES = 12_500;
const SIZES = [1_000, 10_000, 100_000];

/**
 * Jobs as fast as they fill a share `load` of `places`; one in ten is of class Service, with tasks that take
 * ten times as long. `mean` is that of all.
 */
function generate({ jobs, tasks, mean, places, load, cpu, memory }) {
  const random = randomStream(1, "workload", "bench");
  const gap = randomExponential.source(random)((load * places) / (mean * tasks));
  const [short, long] = [1, 10].map((times) => randomExponential.source(random)(1.9 / (times * mean)));
  let now = 0;
  return jobsFrom(
    Array.from({ length: jobs }, (_, i) => ({
      arrival: (now += gap()),
      class: i % 10 === 9 ? "Service" : "Batch",
      cpu,
      memory,
      durations: Array.from({ length: tasks }, i % 10 === 9 ? long : short),
    })),
  );
}

function measure(jobs, cluster, name, parameters = {}) {
  const began = performance.now();
  const { events, endTime } = schedule(jobs, cluster, name, { parameters });
  const seconds = (performance.now() - began) / 1000;
  return { events, endTime, seconds, rate: events / seconds / 1e6 };
}

const only = process.argv[2]?.split(",");
const names = ARCHITECTURES.map(({ name }) => name).filter((name) => only?.includes(name) ?? true);

console.log(`architectures: M events/s, ${MACHINES} machines, 20,000 jobs of 30 tasks, load .6`);
const shape = { jobs: 20_000, tasks: 30, mean: 100, load: 0.6 };
const cell = clusterOf({ machines: MACHINES, cpu: 4, memory: 16 });
const cellJobs = generate({ ...shape, places: 8 * MACHINES, cpu: 0.5, memory: 1 });
const slots = clusterOf({ machines: MACHINES, slots: 4 });
const slotJobs = generate({ ...shape, places: 4 * MACHINES });
const warm = generate({ ...shape, jobs: 100, places: 4 * MACHINES });
const IN_CELL = /^(mono|static|omega|mesos)/;
for (const name of names) {
  measure(warm, slots, name);
  const { events, seconds, rate } = IN_CELL.test(name)
    ? measure(cellJobs, cell, name)
    : measure(slotJobs, slots, name);
  console.log(
    `  ${name.padEnd(20)} ${rate.toFixed(3).padStart(7)}  ${(events / 1e6).toFixed(2)} M in ${seconds.toFixed(2)} s`,
  );
}

if (only === undefined) {
  console.log("sampling: M events/s by workers of 4 slots, jobs of 100 tasks, load .8, and bytes a task");
  for (const name of ["random-sampling", "per-task-sampling", "batch-sampling", "sparrow"]) {
    const cells = SIZES.map((workers) => {
      const jobs = generate({ jobs: 4_000, tasks: 100, mean: 100, load: 0.8, places: 4 * workers });
      globalThis.gc?.();
      const before = process.memoryUsage();
      const { rate } = measure(jobs, clusterOf({ machines: workers, slots: 4 }), name, { delay: 0.0005 });
      const after = process.memoryUsage();
      const bytes = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
      return `${rate.toFixed(2)} (${Math.round(bytes / jobs.duration.length)} B)`;
    });
    console.log(`  ${name.padEnd(20)} ${cells.map((one) => one.padStart(14)).join("")}`);
  }
}
