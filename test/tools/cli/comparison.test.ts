import { fromCSV } from "arquero";
import { describe, expect, it } from "vitest";
import { COMPARED, METRICS, RUN_METRICS } from "../../../src/simulate/metrics/catalogue.js";
import { run } from "../../../src/tools/cli/run.js";
import { chooseColumns, comparisonText } from "../../../src/tools/cli/comparison.js";
import { captureStreams, schedlab } from "./capture.js";

const SMALL = ["compare", "synthetic", "--machines", "20", "--steps", "12"];
const THREE = ["--policy", "no-migration,threshold,oracle"];

async function onTerminal(columns: number, ...argv: readonly string[]): Promise<string> {
  const { streams, stdout } = captureStreams({ columns });
  expect(await run(argv, streams)).toBe(0);
  return stdout();
}

const words = (line: string): string[] => line.trim().split(/\s+/);

describe("comparisonText", () => {
  const rows = ["b", "a"].map((policy, row) => ({
    policy,
    values: { gini: 0.25 - 0.125 * row, jain: 0.5 + row },
  }));
  const text = (sort: string, isMarkdown = false): string =>
    comparisonText(rows, chooseColumns({ columns: ["gini", "jain"], sort }), {
      width: 80,
      isMarkdown,
      basis: "made up\n",
    });

  it("has the best row first, its marks, and says so", () => {
    expect(text("gini")).toBe(
      "policy   Gini   Jain's index\n" +
        "a       0.125*           1.5*\n" +
        "b       0.250            0.5\n\n" +
        "sorted by Gini coefficient, lowest first; *: best of its column\nmade up\n",
    );
    expect(text("jain")).toContain("sorted by Jain's index, highest first");
  });

  it("is the same in Markdown, with bold marks", () => {
    expect(text("gini", true)).toBe(
      "| policy | Gini | Jain's index |\n| :-- | --: | --: |\n| a | **0.125** | **1.5** |\n" +
        "| b | 0.250 | 0.5 |\n\nsorted by Gini coefficient, lowest first; bold: best of its column\n\nmade up\n",
    );
  });
});

describe("schedlab compare", () => {
  it("fits into 80 columns where there is no terminal, and into the terminal where there is one", async () => {
    const piped = (await schedlab(...SMALL, ...THREE)).stdout;
    expect(piped.match(/^policy /gm)).toHaveLength(2);
    expect(piped).toBe(await onTerminal(80, ...SMALL, ...THREE));
    const narrow = await onTerminal(50, ...SMALL, ...THREE);
    for (const line of narrow.split("\n")) expect(line.length).toBeLessThanOrEqual(50);
    const wide = await onTerminal(200, ...SMALL, ...THREE);
    expect(wide.match(/^policy /gm)).toHaveLength(1);
    expect(words(/^oracle .*$/m.exec(wide)![0])).toHaveLength(1 + COMPARED.length);
  });

  it("marks no bound, though it has the lowest Gini", async () => {
    const { stdout } = await schedlab(...SMALL, ...THREE, "--columns", "gini,migrations");
    const [oracle, second] = stdout.split("\n").filter((line) => /^(oracle|threshold|no-mig)/.test(line));
    expect(oracle).toMatch(/^oracle +0\.\d+ +\d+$/);
    expect(second).toMatch(/^threshold +0\.\d+\* +\d+$/);
    expect(stdout).toContain("bounds, which see the future and could not be deployed: oracle\n");
  });

  it("prints full values as CSV, in the order of the chosen metric", async () => {
    const argv = [...SMALL, ...THREE];
    const { summary } = JSON.parse((await schedlab(...argv, "--json")).stdout) as {
      summary: Record<string, number | string>[];
    };
    const by = (name: string): unknown[] =>
      summary.map((row) => row[name]).sort((a, b) => Number(b) - Number(a));
    const chosen = await schedlab(...argv, "--csv", "--columns", "jain,gini", "--sort", "jain");
    const table = fromCSV(chosen.stdout);
    expect(table.columnNames()).toEqual(["policy", "jain", "gini"]);
    expect(table.array("jain")).toEqual(by("jain"));
    expect(table.array("policy")).toEqual(["oracle", "threshold", "no-migration"]);
    const all = await schedlab(...argv, "--csv", "--all-columns");
    expect(fromCSV(all.stdout).columnNames()).toEqual(["policy", ...RUN_METRICS]);
  });

  it("prints a column for every metric, in parts", async () => {
    const { stdout } = await schedlab(...SMALL, ...THREE, "--all-columns");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    const cells = Array.from(stdout.matchAll(/^threshold (.*)$/gm), ([, line]) => words(line));
    expect(cells.flat()).toHaveLength(RUN_METRICS.length);
  });

  it.each([
    [["--columns", "gini,ginny"], /unknown column: ginny \(did you mean gini\?\); known: utilization, /],
    // It has values of steps only.
    [["--columns", "steal"], /unknown column: steal/],
    [["--columns", "gini,gini"], /two columns gini; give it once/],
    [["--sort", "migratons"], /unknown metric to sort by: migratons \(did you mean migrations\?\)/],
    [["--csv", "--json"], /option '--csv' cannot be used with option '--json'/],
    [["--csv", "--markdown"], /option '--csv' cannot be used with option '--markdown'/],
    [["--markdown", "--json"], /option '--markdown' cannot be used with option '--json'/],
    [
      ["--columns", "gini", "--all-columns"],
      /'--columns <metrics>' cannot be used with option '--all-columns'/,
    ],
    [["--sort", "gini", "--json"], /'--sort <metric>' cannot be used with option '--json'/],
  ])("refuses %j before the trace is opened, in one line", async (argv, message) => {
    for (const more of [[], ["--seeds", "2"]]) {
      const { code, stdout, stderr } = await schedlab("compare", "google2011:/no/such", ...argv, ...more);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(/^schedlab: [^\n]+\n$/);
      expect(stderr).toMatch(message);
    }
  });

  it("compares ten metrics, each with a value of the run", () => {
    expect(COMPARED).toHaveLength(10);
    expect(METRICS.filter(({ name }) => (COMPARED as readonly string[]).includes(name)).length).toBe(10);
    for (const name of COMPARED) expect(RUN_METRICS).toContain(name);
  });
});
