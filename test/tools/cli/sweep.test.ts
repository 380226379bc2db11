import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { mkdir, mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromCSV } from "arquero";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../../src/tools/cli/run.js";
import { simulate } from "../../../src/simulate/simulate.js";
import { decodeParquet } from "../../../src/study/sweep/parquet.js";
import { generateWorkload } from "../../../src/traces/synthetic/generate.js";
import { captureStreams } from "./capture.js";

const root = new URL("../../..", import.meta.url).pathname;
const main = join(root, "dist/tools/cli/main.js");
/** Workers need compiled JavaScript. */
const isBuilt = existsSync(join(root, "dist/study/worker.js"));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-sweep-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function schedlab(...argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const { streams, stdout, stderr } = captureStreams();
  const code = await run(["sweep", ...argv], streams);
  return { code, stdout: stdout(), stderr: stderr() };
}

/** Writes a sweep file and returns its path. */
async function sweepFile(name: string, sweep: object): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, JSON.stringify(sweep));
  return path;
}

/** Every file below a folder with its bytes, as text. */
async function contents(path: string): Promise<Record<string, string>> {
  const names = (await readdir(path, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(path.length + 1))
    .sort();
  const texts = await Promise.all(names.map((name) => readFile(join(path, name), "latin1")));
  return Object.fromEntries(names.map((name, k) => [name, texts[k]]));
}

const SMALL = {
  trace: "synthetic",
  machines: 20,
  steps: 12,
  policies: ["no-migration", "threshold"],
  seeds: { from: 1, count: 2 },
  set: { hot: [0.7, 0.8] },
};

describe("schedlab sweep --dry-run", () => {
  it("lists the runs in the order of the table and does none", async () => {
    const file = await sweepFile("dry.json", SMALL);
    const { code, stdout, stderr } = await schedlab(file, "--dry-run");
    expect([code, stderr]).toEqual([0, ""]);
    // Two tables, each with the number of the run.
    const [common, own] = stdout.split("\n\n").map((table) => table.split("\n"));
    expect(common[0]).toMatch(/^run +trace +machines +steps +lcRule +sharing +migration$/);
    expect(common[1]).toMatch(/^ +1 +synthetic +\d+ +\d+ +default +lc-first +pre-copy$/);
    expect(own[0]).toMatch(/^run +policy +set\.hot +seed +key +state$/);
    const listed = own.slice(1).map((line) => line.split(/\s+/).filter((cell) => cell !== ""));
    expect(listed.map((cells) => [cells[0], cells[1], ...cells.slice(2, -3)])).toEqual([
      ["1", "no-migration", "1"],
      ["2", "no-migration", "2"],
      ["3", "threshold", "0.7", "1"],
      ["4", "threshold", "0.7", "2"],
      ["5", "threshold", "0.8", "1"],
      ["6", "threshold", "0.8", "2"],
    ]);
    expect(stdout).toMatch(/\n\n6 runs, 0 of them done in \S+dry-results\n$/);
    expect(existsSync(join(folder, "dry-results"))).toBe(false);
  });

  it("prints JSON that a script can read", async () => {
    const file = await sweepFile("dry-json.json", SMALL);
    const { stdout } = await schedlab(file, "--dry-run", "--json", "--out", join(folder, "none"));
    const { runs } = JSON.parse(stdout) as { runs: Record<string, unknown>[] };
    expect(runs).toHaveLength(6);
    expect(runs[2]).toMatchObject({
      run: 3,
      done: false,
      workload: { trace: "synthetic", open: { machines: 20, steps: 12, seed: 1 } },
      policy: { name: "threshold", parameters: { hot: 0.7, cold: 0.6 } },
      settings: { hot: 0.7 },
    });
    expect(runs[2].key).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("schedlab sweep, bad input", () => {
  it.each([
    [
      { ...SMALL, polices: 1 },
      /bad\.json: unknown key of the experiment: polices \(did you mean policies\?\)/,
    ],
    [{ ...SMALL, set: { hot: -1 } }, /invalid hot of policy threshold: -1/],
    [{ ...SMALL, trace: "planetlab:nosuch" }, /cannot read nosuch: no such file or folder/],
    [
      { ...SMALL, machines: undefined, trace: ["synthetic", "synthetic:machines=800"] },
      /runs 1 and 7 are the same \(policy no-migration\): two values mean the same/,
    ],
  ])("refuses %j in one line, exit 2", async (sweep, message) => {
    const file = await sweepFile("bad.json", sweep);
    const { code, stdout, stderr } = await schedlab(file, "--dry-run");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(stderr.split("\n")).toHaveLength(2);
  });

  it.each([
    [["nosuch.json"], /cannot read nosuch\.json: no such file/],
    [["x.json", "--workers", "0"], /Give a whole number .*1/],
    [[], /missing required argument 'file'/],
  ])("refuses %j in one line, exit 2", async (argv, message) => {
    const { code, stderr } = await schedlab(...argv);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe.skipIf(!isBuilt)("schedlab sweep", () => {
  it("gives the results of simulate, and the same bytes with one worker and with two", async () => {
    const file = await sweepFile("small.json", SMALL);
    const [one, two] = [join(folder, "one"), join(folder, "two")];
    const { code, stdout } = await schedlab(file, "--workers", "1", "--out", one);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^policy +set\.hot +% .*\nno-migration .*\nthreshold +0\.7 .*\n/m);
    expect(stdout).toMatch(/\nmeans over 2 seeds; all 6 runs: \S+summary\.csv and \.parquet\n$/);
    await schedlab(file, "--workers", "2", "--out", two);
    const files = await contents(one);
    expect(await contents(two)).toEqual(files);
    expect(Object.keys(files).filter((name) => name.startsWith("runs/"))).toHaveLength(6);

    const rows = fromCSV(files["summary.csv"]).objects() as Record<string, unknown>[];
    const seeds = [1, 2].map((seed) => {
      const workload = generateWorkload({ machines: 20, steps: 12, seed });
      return [
        simulate(workload, "no-migration", { seed }),
        simulate(workload, "threshold", { seed, policyParameters: { hot: 0.7 } }),
      ];
    });
    const expected = [seeds[0][0], seeds[1][0], seeds[0][1], seeds[1][1]].map(({ summary }) => summary);
    expected.forEach((summary, row) => {
      expect(rows[row]).toMatchObject({ ...summary, seed: 1 + (row % 2), machines: 20, steps: 12 });
    });
    const parquet = await decodeParquet(await readFile(join(one, "summary.parquet")));
    expect(parquet.rows.map(({ gini }) => gini)).toEqual(rows.map(({ gini }) => gini));
  });

  it("repeats only missing or damaged runs, and removes files of a killed sweep", async () => {
    const file = await sweepFile("again.json", SMALL);
    const out = join(folder, "again-results");
    await schedlab(file);
    await writeFile(join(out, "notes.tmp"), "not the sweep's");
    const before = await contents(out);
    const names = Object.keys(before).filter((name) => name.startsWith("runs/"));
    await rm(join(out, names[0]));
    await truncate(join(out, names[1]), 1000);
    await writeFile(join(out, "runs", "x.parquet.0123456789ab.tmp"), "half");
    await writeFile(join(out, "manifest.json.0123456789ab.tmp"), "half");
    const changed = (await stat(join(out, names[2]))).mtimeMs;

    const { stdout: listed } = await schedlab(file, "--dry-run");
    expect(listed).toMatch(/6 runs, 4 of them done/);
    const { code, stdout } = await schedlab(file, "--json");
    expect(code).toBe(0);
    expect(await contents(out)).toEqual(before);
    expect((await stat(join(out, names[2]))).mtimeMs).toBe(changed);
    const { summary } = JSON.parse(stdout) as { summary: Record<string, unknown>[] };
    expect(summary).toHaveLength(6);
    expect(summary[2]).toMatchObject({ policy: "threshold", "set.hot": 0.7, seed: 1 });
  });

  it("opens a trace's files, and reports errors in them", async () => {
    const day = join(folder, "day");
    await mkdir(day);
    await writeFile(join(day, "vm1"), "10\n20\n30\n");
    const sweep = { trace: `planetlab:${day}`, policies: ["random", "first-fit"], machines: 2 };
    const file = await sweepFile("files.json", sweep);
    const { code, stdout, stderr: quality } = await schedlab(file, "--json");
    expect(code).toBe(0);
    // The trace of both runs is described only once.
    expect(quality).toMatch(/^The data of planetlab: CPU use is measured for all executions\. [^:]+$/);
    const { summary } = JSON.parse(stdout) as { summary: Record<string, unknown>[] };
    expect(summary.map(({ policy, machines, steps }) => [policy, machines, steps])).toEqual([
      ["random", 2, 3],
      ["first-fit", 2, 3],
    ]);
    await writeFile(join(day, "vm1"), "10\nx\n");
    const { code: failed, stderr } = await schedlab(file);
    expect(failed).toBe(2);
    expect(stderr).toMatch(
      /^schedlab: .*vm1, line 2, column "CPU \[%\]": value "x" is not an integer; [^\n]+\n$/,
    );
  });

  it("prints the metrics of schedules where there are architectures", async () => {
    const design = { ...SMALL, set: undefined, seeds: 1, policies: "no-migration" };
    const file = await sweepFile("placed.json", { ...design, architectures: ["trace", "omega"] });
    const { code, stdout, stderr } = await schedlab(file, "--workers", "1", "--out", join(folder, "placed"));
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^omega +no-migration/m);
    expect(stdout).toMatch(/messages\b/);
    expect(stdout).not.toContain("p90");
  });

  it("shows how many runs have ended", async () => {
    const { streams, stderr } = captureStreams({ terminal: true });
    const file = await sweepFile("bar.json", { ...SMALL, set: undefined });
    expect(await run(["sweep", file, "--workers", "1"], streams)).toBe(0);
    expect(stderr()).toMatch(/sweeping \[ {24}\] 0 %, 0\/4 runs/);
  });
});

describe.skipIf(!isBuilt)("a sweep that is stopped", () => {
  const sweep = {
    trace: "synthetic",
    machines: 60,
    steps: 36,
    policies: ["no-migration", "threshold", "gini-greedy"],
    seeds: { from: 1, count: 8 },
  };
  const argv = (file: string, out: string): string[] => [main, "sweep", file, "--workers", "2", "--out", out];

  /** Runs the command line as a separate process; sends the signal, if given, after two runs have ended. */
  async function startProcess(file: string, out: string, signal?: NodeJS.Signals): Promise<string | null> {
    const child = spawn(process.execPath, argv(file, out), { stdio: "ignore" });
    const ended = new Promise<string | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", (code, by) => {
        resolve(by ?? String(code));
      });
    });
    if (signal === undefined) return ended;
    const timer = setInterval(() => {
      if (finishedRuns(out).length >= 2) child.kill(signal);
    }, 5);
    try {
      return await ended;
    } finally {
      clearInterval(timer);
    }
  }

  function finishedRuns(out: string): string[] {
    const runs = join(out, "runs");
    return existsSync(runs) ? readdirSync(runs).filter((name) => name.endsWith(".parquet")) : [];
  }

  let file: string;
  let undisturbed: Record<string, string>;
  beforeAll(async () => {
    file = await sweepFile("stopped.json", sweep);
    const out = join(folder, "undisturbed");
    expect(await startProcess(file, out)).toBe("0");
    undisturbed = await contents(out);
  }, 60_000);

  it.each(["SIGKILL", "SIGINT"] as const)("by %s and restarted ends with the same bytes", async (signal) => {
    const out = join(folder, signal);
    expect(await startProcess(file, out, signal)).toBe(signal);
    const left = finishedRuns(out);
    expect(left.length).toBeGreaterThanOrEqual(2);
    expect(left.length).toBeLessThan(24);
    for (const name of left) {
      expect(await readFile(join(out, "runs", name), "latin1")).toBe(undisturbed[`runs/${name}`]);
    }
    if (signal === "SIGINT") expect(readdirSync(join(out, "runs"))).toHaveLength(left.length);
    expect(readdirSync(out)).toEqual(["runs", "schedlab.json"]);
    expect(await startProcess(file, out)).toBe("0");
    expect(await contents(out)).toEqual(undisturbed);
  });
});
