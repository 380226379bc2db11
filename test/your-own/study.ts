/** A whole study of one's own: rows, policy and metric (own-parts.mjs), experiment, differences, chart, files. */
import { randomStream, workloadFrom } from "../../src/index.js";
import { differences, experiment, exportFigure, lines, means } from "../../src/index.js";

export async function study(own: string, folder: string) {
  const random = randomStream(1, "workload", "study");
  const machines = [
    ...Array.from({ length: 8 }, () => ({ cpu: 16, memory: 64 })),
    ...Array.from({ length: 4 }, () => ({ cpu: 32, memory: 128 })),
  ];
  const tasks = Array.from({ length: 200 }, (_, job) => ({
    job,
    start: Math.floor(random() * 7200),
    end: 7200 + Math.floor(random() * 3600),
    cpu: 0.3 + random() * 1.5,
    memory: 1 + random() * 4,
    class: job % 3 === 0 ? ("LC" as const) : ("BE" as const),
    machine: 1 + Math.floor(machines.length * random() ** 2),
  }));
  const runs = await experiment(
    {
      trace: workloadFrom({ machines, tasks }, { source: "mine" }),
      policies: ["no-migration", "random-migration", `${own}#drain`],
      seeds: { from: 1, count: 5 },
      set: { "drain.hot": [0.2, 0.4] },
      metrics: ["gini", "moves", `${own}#hottest`],
    },
    { workers: 2 },
  );
  const found = differences(runs);
  const chart = lines(means(runs, { metrics: ["hottest"] }).filter("d => d.policy === 'drain'"), {
    x: "set.drain.hot",
    y: "mean",
    low: "low",
    high: "high",
    labels: { mean: "Hottest machine", "set.drain.hot": "Mark of drain" },
  });
  await exportFigure({ ...chart, name: "hottest" }, `${folder}/hottest`, { language: "en" });
  return { runs, found, chart };
}
