import { expect, it } from "vitest";
import { migrationOverhead } from "../../src/charts/migration-overhead.js";
import { madeUpRun } from "./made-up-runs.js";

const of = (policy: string, migration: "dsm" | "vm", downtimeSeconds: number) =>
  madeUpRun({ policy, migration, summary: { downtimeSeconds } });

it("puts policies in groups and ways to move in bars", () => {
  const runs = [of("a", "vm", 1), of("b", "vm", 2), of("a", "dsm", 0), of("b", "dsm", 3)];
  const { data } = migrationOverhead(runs, "downtimeSeconds");
  expect(data.map(({ name, y }) => [(name as { en: string }).en, y])).toEqual([
    ["vm", [1, 2]],
    ["dsm", [0, 3]],
  ]);
  // A pair without a run has no bar.
  expect(migrationOverhead(runs.slice(1), "downtimeSeconds").data.map(({ y }) => y)).toEqual([[2], [0, 3]]);
});

it("sums the waits of migrations that reached their end", () => {
  const run = of("a", "dsm", 0);
  const moves = { ...run.moves, stalled: Float64Array.of(1, 2, 4), outcome: Uint8Array.of(1, 2, 1) };
  const { data } = migrationOverhead([{ ...run, moves }], "stalledSeconds");
  expect(data[0].y).toEqual([5]);
});
