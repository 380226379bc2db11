/**
 * Compares one run of the published Sparrow simulator, with its own random numbers, with several runs of the
 * lab: each statistic of that run lies within the prediction interval of the lab's runs.
 */
import { randomExponential } from "d3-random";
import { describe, expect, it } from "vitest";
import { randomStream } from "../../../src/base/random.js";
import { quantileOfSorted } from "../../../src/metrics/statistics.js";
import { clusterOf } from "../../../src/architectures/cluster.js";
import type { Jobs } from "../../../src/architectures/jobs/jobs.js";
import { jobTimes } from "../../../src/architectures/job-times.js";
import { schedule } from "../../../src/architectures/schedule.js";
import { readRows, readText, referenceFolders, SPARROW_VARIANTS } from "./reference.js";

type Row = Record<string, string>;

const SEEDS = [1, 2];
/** Student's t for 99.9 % with 4 and with 6 degrees of freedom: two seeds for each row of a variant. */
const quantileOfT = (freedom: number): number => (freedom >= 6 ? 5.96 : 8.61);
/** The program leaves out jobs that arrive before this time; its multiget leaves out only the first job. */
const COUNTED_FROM = 500;
/** More jobs arrive than are completed, because later jobs overtake waiting ones. */
const ARRIVING = 1.2;

function drawJobs(row: Row, mean: number, seed: number): Jobs {
  const [load, workers, slots, tasks] = [row.load, row.workers, row.slots, row.tasksPerJob].map(Number);
  const random = randomStream(seed, "workload", row.variant, row.durations, row.load);
  const gap = randomExponential.source(random)((load * slots * workers) / (mean * tasks));
  const exponential = randomExponential.source(random)(1 / mean);
  const count = Math.ceil(Number(row.jobsCompleted) * ARRIVING);
  const ids = Array.from({ length: count }, (_, j) => String(j));
  const arrival = new Float64Array(count);
  const duration = new Float64Array(count * tasks);
  for (let j = 0; j < count; j++) {
    arrival[j] = j === 0 ? 0 : arrival[j - 1] + gap();
    const of = row.durations === "constant" ? mean : exponential();
    for (let t = j * tasks; t < (j + 1) * tasks; t++)
      duration[t] = row.durations === "tasks" ? exponential() : of;
  }
  return {
    ids,
    arrival,
    classes: ["Batch"],
    jobClass: new Uint8Array(count),
    cpu: new Float64Array(count).fill(1),
    memory: new Float64Array(count),
    estimate: new Float64Array(count).fill(mean),
    taskOffsets: Int32Array.from({ length: count + 1 }, (_, j) => j * tasks),
    duration,
  };
}

/** Mean and quantiles of the response times, by the names of the file's columns. */
function statistics(row: Row, mean: number, probeRatio: number, seed: number): Record<string, number> {
  const [architecture, own] = SPARROW_VARIANTS[row.variant];
  const delay = Number(row.networkDelay);
  const run = schedule(
    drawJobs(row, mean, seed),
    clusterOf({ machines: Number(row.workers), slots: Number(row.slots) }),
    architecture,
    {
      mode: "sparrow-sim",
      seed,
      parameters: architecture === "omniscient" ? { delay } : { delay, probeRatio, ...own },
      stopAfterJobs: Number(row.jobsCompleted),
    },
  );
  const from = row.variant === "multiget" ? 0 : COUNTED_FROM;
  const { response } = jobTimes(run);
  const counted = response.filter((time, j) => !Number.isNaN(time) && run.submitted.arrival[j] > from).sort();
  return {
    mean: counted.reduce((sum, time) => sum + time, 0) / counted.length,
    ...Object.fromEntries([50, 75, 95].map((p) => [`p${p}`, quantileOfSorted(counted, p / 100)])),
  };
}

const folders = referenceFolders("sparrow");

describe.skipIf(folders.length === 0)("sparrow-sim agrees with the program's own draws", () => {
  for (const folder of folders) {
    for (const file of folder.files.filter((name) => /^scale-.*\.csv$/.test(name))) {
      const rows = readRows(readText(folder, file));
      const { mean = 100, probeRatio = 2 } = folder.params as Record<string, number>;
      const variants = [...new Set(rows.map(({ variant }) => variant))];
      it.each(variants)(
        `${folder.path}/${file}: %s`,
        (variant) => {
          const own = rows.filter((row) => row.variant === variant);
          const drawn = own.map((row) => SEEDS.map((seed) => statistics(row, mean, probeRatio, seed)));
          for (const name of Object.keys(drawn[0][0])) {
            // The relative noise differs less between loads than between variants.
            const logs = drawn.map((runs) => runs.map((run) => Math.log(run[name])));
            const means = logs.map((values) => values.reduce((sum, one) => sum + one, 0) / values.length);
            const squares = logs.flatMap((values, i) => values.map((one) => (one - means[i]) ** 2));
            const freedom = squares.length - means.length;
            const deviation = Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / freedom);
            const most = quantileOfT(freedom) * deviation * Math.sqrt(1 + 1 / SEEDS.length);
            own.forEach((row, i) => {
              const off = Math.abs(means[i] - Math.log(Number(row[name])));
              expect(
                off,
                `${row.durations} ${row.load} ${name}: ${Math.exp(means[i])} ${row[name]}`,
              ).toBeLessThan(most);
            });
          }
        },
        60_000,
      );
    }
  }
});
