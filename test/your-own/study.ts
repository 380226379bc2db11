/** A user's whole study: rows, policy and metric (own-parts.mjs), experiment, differences, chart, files. */
import { differences, experiment, exportFigure, lines, means } from "../../src/index.js";
import { randomStream, workloadFrom, type Workload } from "../../src/index.js";

/** A day of tasks on two kinds of machines, another for each seed. */
function day(seed: number): Workload {
  const random = randomStream(seed, "workload", "study");
  const machines = Array.from({ length: 12 }, (_, i) => ({ cpu: i < 8 ? 16 : 32, memory: i < 8 ? 64 : 128 }));
  const tasks = Array.from({ length: 200 }, (_, job) => ({
    job,
    start: Math.floor(random() * 7200),
    end: 7200 + Math.floor(random() * 3600),
    cpu: 0.3 + random() * 1.5,
    memory: 1 + random() * 4,
    class: job % 3 === 0 ? ("LC" as const) : ("BE" as const),
    machine: 1 + Math.floor(12 * random() ** 2),
  }));
  return workloadFrom({ machines, tasks }, { source: "mine" });
}

export async function study(own: string, folder: string) {
  const runs = await experiment(
    {
      trace: [1, 2, 3, 4, 5].map(day),
      policies: ["no-migration", "random-migration", `${own}#drain`],
      set: { "drain.hot": [0.2, 0.4] },
      metrics: ["gini", "migrations", `${own}#hottest`],
    },
    { workers: 2 },
  );
  const found = differences(runs, { over: ["trace"] });
  const drained = means(runs, { over: ["trace"], metrics: ["hottest"] }).filter("d => d.policy === 'drain'");
  const columns = { x: "set.drain.hot", y: "mean", low: "low", high: "high" } as const;
  const labels = { mean: "Hottest machine", "set.drain.hot": "Mark of drain" };
  const chart = lines(drained, { ...columns, labels, name: "hottest", source: runs });
  await exportFigure(chart, `${folder}/hottest`, { language: "en" });
  return { runs, found, chart };
}
