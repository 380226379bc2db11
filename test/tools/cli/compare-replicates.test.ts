import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromCSV } from "arquero";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../../src/tools/cli/run.js";
import { captureStreams } from "./capture.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-compare-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function compare(...argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const { streams, stdout, stderr } = captureStreams();
  const code = await run(["compare", "synthetic", "--machines", "30", "--steps", "12", ...argv], streams);
  return { code, stdout: stdout(), stderr: stderr() };
}

const TWO = ["--policy", "no-migration,koord-low-node-load"];

interface Answer {
  readonly summary: readonly {
    seed: number;
    firstStep: number;
    policy: string;
    gini: number;
  }[];
  readonly means: readonly { policy: string }[];
  readonly baseline: string;
  readonly differences: readonly { metric: string; difference: number; low: number }[];
  readonly manifest: { readonly replicates: readonly unknown[] };
}

describe("schedlab compare, repeated", () => {
  it("prints means with intervals and differences from the baseline", async () => {
    const { code, stdout, stderr } = await compare(...TWO, "--seeds", "6");
    expect([code, stderr]).toEqual([0, ""]);
    // The lowest Gini first, and lower than the baseline's.
    expect(stdout).toMatch(
      /^policy +% +Gini +Gini +%\nkoord-low-node-load +\d+\.\d+ ±\d\.\d+\*? +0\.\d+ ±0\.\d+<\* /m,
    );
    expect(stdout).toMatch(/^policy .* migrations +GB\nkoord-low-node-load .*>\nno-migration .*\*$/m);
    expect(stdout.match(/^no-migration .*$/gm)!.join("")).not.toMatch(/[<>]/);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(stdout.replace(/\s+/g, " ")).toContain("6 replicates (seeds 1 to 6)");
    expect(stdout).not.toContain("bounds");
  });

  it("says which policies are bounds", async () => {
    const { stdout } = await compare("--policy", "no-migration,oracle", "--seeds", "2");
    expect(stdout).toMatch(/\nbounds, which see the future and could not be deployed: oracle\n$/);
  });

  it("gives the same in JSON, whatever the number of workers, and in files", async () => {
    const argv = [...TWO, "--seeds", "5", "--seed", "3", "--json"];
    const { stdout } = await compare(...argv, "--workers", "1");
    expect((await compare(...argv, "--workers", "2", "--out", folder)).stdout).toBe(stdout);
    const { summary, means, baseline, differences, manifest } = JSON.parse(stdout) as Answer;
    expect(summary.map(({ policy, seed }) => `${policy}/${seed}`)).toEqual(
      TWO[1].split(",").flatMap((policy) => [3, 4, 5, 6, 7].map((seed) => `${policy}/${seed}`)),
    );
    expect(baseline).toBe("no-migration");
    const gini = differences.find(({ metric }) => metric === "gini")!;
    const paired = [0, 1, 2, 3, 4].map((row) => summary[row + 5].gini - summary[row].gini);
    expect(gini.difference).toBeCloseTo(paired.reduce((sum, d) => sum + d, 0) / 5, 12);
    expect(gini.low).toBeGreaterThanOrEqual(Math.min(...paired));
    expect(means.map(({ policy }) => policy)).toContain("no-migration");
    expect(manifest.replicates).toHaveLength(5);
    expect(fromCSV(await readFile(join(folder, "summary.csv"), "utf8")).numRows()).toBe(10);
    const saved = fromCSV(await readFile(join(folder, "differences.csv"), "utf8"));
    expect(saved.array("difference")).toContain(gini.difference);
    const { baseline: kept } = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")) as Answer;
    expect(kept).toBe("no-migration");
  });

  it("says that a few windows are too few for intervals", async () => {
    const { stdout } = await compare(...TWO, "--windows", "3", "--window-steps", "2");
    expect(stdout).not.toContain("±");
    const text = stdout.replace(/\s+/g, " ");
    expect(text).toContain("means of 3 replicates: too few for intervals and verdicts, which need 5");
    expect(text).toContain("2 steps (0.2 h), 3 replicates (windows that begin at steps 0 to 4)");
  });

  it("prints the chosen columns as CSV, a row for each policy and metric", async () => {
    const argv = [...TWO, "--seeds", "5", "--seed", "3"];
    const { stdout } = await compare(
      ...argv,
      "--csv",
      "--columns",
      "migrations,gini",
      "--sort",
      "migrations",
    );
    const rows = fromCSV(stdout).objects() as { policy: string; metric: string; mean: number; low: number }[];
    expect(rows.map(({ policy, metric }) => `${policy}/${metric}`)).toEqual(
      TWO[1].split(",").flatMap((policy) => ["migrations", "gini"].map((metric) => `${policy}/${metric}`)),
    );
    const { means } = JSON.parse((await compare(...argv, "--json")).stdout) as {
      means: { policy: string; metric: string; mean: number; low: number }[];
    };
    for (const { policy, metric, mean, low } of rows)
      expect(means).toContainEqual(expect.objectContaining({ policy, metric, mean, low }));
    expect(stdout).toMatch(/^policy,metric,mean,low,high,count,verdict\n/);
  });

  it.each([
    [["--seeds", "2", "--sort", "ginni"], /unknown metric to sort by: ginni \(did you mean gini\?\)/],
    [["--seeds", "0"], /'--seeds <n>' argument '0' is invalid\. Give a whole number of at least 1/],
    [["--windows", "0"], /'--windows <n>' argument '0' is invalid/],
    [["--windows", "13"], /13 windows are longer than the trace, which has 12 steps; give fewer$/],
    [
      ["--windows", "2", "--window-steps", "7"],
      /2 windows of 7 steps are longer than the trace, which has 12 steps/,
    ],
    [["--seeds", "2", "--windows", "2"], /give one of the two$/],
    [["--baseline", "threshold"], /--baseline needs replicates; give --seeds or --windows as well/],
    [
      ["--seeds", "2", "--baseline", "thresh"],
      /unknown baseline: thresh; give one of the policies compared: /,
    ],
  ])("refuses %j on one line", async (argv, message) => {
    const { code, stdout, stderr } = await compare(...argv);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^schedlab: [^\n]+\n$/);
    expect(stderr.trimEnd()).toMatch(message);
  });
});
