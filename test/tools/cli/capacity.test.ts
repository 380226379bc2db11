import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schedlab } from "./capture.js";

/** Workers need compiled JavaScript. */
const isBuilt = existsSync(new URL("../../../dist/study/worker.js", import.meta.url));
const SMALL = ["synthetic", "--machines", "15", "--steps", "8", "--seeds", "2", "--sharing", "fair"];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-capacity-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe.skipIf(!isBuilt)("schedlab capacity", () => {
  it("has a row for each policy and reference at each level", async () => {
    const { code, stdout } = await schedlab(
      "capacity",
      ...SMALL,
      "--policy",
      "no-migration",
      "--violations",
      ".01,.05",
    );
    expect(code).toBe(0);
    const words = stdout.split("\n").map((line) => line.split(/ +/).slice(0, 2).join(" "));
    expect(words.slice(0, 7)).toEqual([
      "policy allowed",
      ...["no-migration", "no-co-location", "perfectly-even"].flatMap((name) => [
        `${name} 0.01`,
        `${name} 0.05`,
      ]),
    ]);
    expect(stdout).toContain("seeds 1-2; fair sharing");
  });

  it("gives the same with one worker and with two, and writes the chart", async () => {
    const json = [...SMALL, "--policy", "no-migration,gini-greedy", "--json"];
    const [one, two] = [
      await schedlab("capacity", ...json, "--workers", "1"),
      await schedlab("capacity", ...json, "--workers", "2", "--out", folder),
    ];
    expect(two.stdout).toBe(one.stdout);
    const { points, study } = JSON.parse(one.stdout) as {
      points: { policy: string; level: number; factor: Record<"mean" | "low" | "high", number> }[];
      study: { seeds: { from: number; count: number } };
    };
    expect(points).toHaveLength(12);
    expect(study.seeds).toEqual({ from: 1, count: 2 });
    for (const { factor } of points)
      expect(factor.low <= factor.mean && factor.mean <= factor.high).toBe(true);
    expect(await readdir(folder)).toEqual(
      expect.arrayContaining(["capacity.csv", "capacity.json", "capacity-table.csv"]),
    );
    expect((await readFile(join(folder, "capacity.csv"), "utf8")).trim().split("\n")).toHaveLength(13);
  });

  it("refuses bad input in one line", async () => {
    for (const [argv, message] of [
      [["--violations", "5"], "Give shares above 0 and below 1, such as .001,.01,.05: give 0.05 for 5 %."],
      [["--violations", "0"], "Give shares above 0 and below 1, such as .001,.01,.05."],
      [["--policy", "gini-gready"], "unknown policy: gini-gready (did you mean gini-greedy?)"],
      [["--set", "hott=1"], "unknown key of set: hott (did you mean hot?)"],
    ] as const) {
      const { code, stderr } = await schedlab("capacity", ...SMALL, ...argv);
      expect([code, stderr.includes(message), stderr.trim().split("\n").length]).toEqual([2, true, 1]);
    }
  });
});
