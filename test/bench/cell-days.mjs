/**
 * Policies on real days of LTE cells, with intervals: six disjoint groups of six days (two of each of three
 * cells) are the replicates, on three servers of two cores. Needs the folder with the cells' loads:
 * `node test/bench/cell-days.mjs ../shared/data/cellular`.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { differences, experiment, means } from "../../dist/index.js";
import { cellsFromRows, cellWorkload, coresOfCells, poolingOf } from "../../dist/systems/cloud-ran/index.js";

const [folder] = process.argv.slice(2);
const GROUPS = 6;
const POLICIES = ["no-migration", "thr-mmt", "threshold", "gini-greedy", "sandpiper", "quincy-flow"];

/** The days of all cells with at least 700 of 720 samples: rows of cell, time and load. */
function daysOf(direction) {
  const days = new Map();
  for (const file of readdirSync(folder)
    .filter((name) => name.startsWith("supercom-"))
    .sort()) {
    const [header, ...lines] = gunzipSync(readFileSync(join(folder, file)))
      .toString()
      .trim()
      .split("\n");
    const columns = header.split(",");
    for (const line of lines) {
      const fields = line.split(",");
      const [day, clock] = fields[columns.indexOf("time")].split(" ");
      const [hours, minutes] = clock.split(":").map(Number);
      const cell = `${file.slice(9, -7)} ${day}`;
      const load = Number(fields[columns.indexOf(direction)]);
      days.set(cell, [...(days.get(cell) ?? []), { cell, time: 3600 * hours + 60 * minutes, load }]);
    }
  }
  return [...days.values()].filter((rows) => rows.length >= 700);
}

for (const direction of ["down", "up"]) {
  const days = daysOf(direction);
  const groups = Array.from({ length: GROUPS }, (_, group) =>
    cellsFromRows(days.filter((_, i) => i % GROUPS === group).flat(), { steps: 720 }),
  );
  const pooled = groups.map((cells) => poolingOf(coresOfCells(cells)));
  const fewer = pooled.map(
    ({ sumOfPeaks, peakOfSum }) => `${Math.round(100 * (1 - peakOfSum / sumOfPeaks))} %`,
  );
  console.log(`${direction}: ${days.length} days; fewer cores together, by group: ${fewer.join(", ")}`);
  const runs = await experiment({
    trace: Object.fromEntries(
      groups.map((cells, i) => [`group ${i + 1}`, cellWorkload(cells, { servers: 3, coresPerServer: 2 })]),
    ),
    policies: POLICIES,
    set: { moveLatencyCritical: 1, referenceCores: 2 },
  });
  const metrics = ["gini", "lcViolations", "migrations", "downtimeSeconds"];
  means(runs, { over: ["trace"], metrics }).print(50);
  differences(runs, { over: ["trace"], metrics }).print(50);
}
