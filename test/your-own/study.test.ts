import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fromCSV } from "arquero";
import { afterAll, describe, expect, it } from "vitest";
import { study } from "./study.js";

const own = fileURLToPath(new URL("own-parts.mjs", import.meta.url));
const script = fileURLToPath(new URL("study.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "schedlab-study-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("a user's own study", () => {
  it("takes at most 40 lines", () => {
    expect(readFileSync(script, "utf8").trimEnd().split("\n").length).toBeLessThanOrEqual(40);
  });

  it("has a row for each run, differences with intervals, and a chart with its files", async () => {
    const { runs, found, chart } = await study(own, folder);
    expect(runs.numRows()).toBe(5 + 5 + 2 * 5);
    expect(runs.columnNames().slice(-3)).toEqual(["gini", "migrations", "hottest"]);
    const rows = found.objects() as {
      policy: string;
      metric: string;
      low: number;
      high: number;
      verdict: string;
    }[];
    expect(rows).toHaveLength(3 * 3);
    const drained = rows.filter(({ policy, metric }) => policy === "drain" && metric === "migrations");
    expect(drained.map(({ verdict }) => verdict)).toContain("higher");
    for (const { low, high } of rows) expect(low).toBeLessThanOrEqual(high);
    expect(chart.table.columns.map(({ label }) => label.en)).toContain("Hottest machine");
    expect(fromCSV(readFileSync(join(folder, "hottest.csv"), "utf8")).numRows()).toBe(2);
    expect(existsSync(join(folder, "hottest.json"))).toBe(true);
  });
});
