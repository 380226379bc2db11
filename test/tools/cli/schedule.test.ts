import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { fromCSV } from "arquero";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ARCHITECTURES } from "../../../src/systems/architectures/index.js";
import { schedlab } from "./capture.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-schedule-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function jobsFile(text: string): Promise<string> {
  const file = join(folder, "jobs.tr");
  await writeFile(file, text);
  return file;
}

/** Two jobs of two tasks on two slots: the second waits for the end of the first. */
const TWO = "1 2 10 10 10\n2 2 5 5 5\n";

describe("schedlab schedule", () => {
  it("prints one row for each architecture, and the same with --json and --csv", async () => {
    const file = await jobsFile(TWO);
    const command = ["schedule", file, "--architecture", "omniscient,sparrow", "--machines", "2"];
    const { code, stdout, stderr } = await schedlab(...command, "--set", "omniscient.delay=0");
    expect(stderr).toBe("");
    expect(code).toBe(0);
    const lines = stdout.split("\n");
    // The columns do not fit into 80 characters: the table is in two parts.
    expect(lines[0]).toMatch(/^architecture +wait p50 +p90 +p99 +response p50/);
    expect(lines[4]).toMatch(/^architecture .*messages\/task/);
    for (const at of [1, 5]) {
      expect(lines[at]).toMatch(/^omniscient /);
      expect(lines[at + 1]).toMatch(/^sparrow /);
    }
    expect(lines[8]).toMatch(/^2 jobs, 4 tasks, 2 machines, mode clean, seed 1;/);
    const json = await schedlab(...command, "--set", "omniscient.delay=0", "--json");
    const [omniscient] = JSON.parse(json.stdout) as Record<string, number>[];
    // The second job begins at 11 and waits 9 s; responses are 10 and 14 s.
    expect(omniscient.waitToFirstMean).toBeCloseTo(4.5, 12);
    expect(omniscient.responseMean).toBeCloseTo(12, 12);
    const csv = await schedlab(...command, "--set", "omniscient.delay=0", "--csv");
    expect(fromCSV(csv.stdout).get("responseMean", 0)).toBeCloseTo(12, 12);
  });

  it("schedules the jobs of a trace", async () => {
    const all = ["synthetic", "--machines", "10", "--steps", "6", "--architecture", "monolithic-single"];
    const running = ["--running", "prefill", "--demand", "usage", "--overcommit", "2"];
    const { code, stdout } = await schedlab("schedule", ...all, ...running, "--json");
    expect(code).toBe(0);
    const [row] = JSON.parse(stdout) as Record<string, number>[];
    expect(row.unfinished).toBe(0);
    expect(row.busyness).toBeGreaterThan(0);
  });

  it.each([
    [["--architecture", "omgea", "--machines", "2"], "unknown architecture: omgea (did you mean omega?)"],
    [["--architecture", "omega", "--machines", "2", "--mode", "omega-sin"], "(did you mean omega-sim?)"],
    [["--architecture", "omega", "--machines", "2", "--mode", "sparrow-sim"], "has no mode sparrow-sim"],
    [["--architecture", "sparrow", "--machines", "0"], "'--machines <n>' argument '0' is invalid"],
    [["--architecture", "sparrow"], "names no machines: give --machines N"],
    [
      ["--architecture", "sparrow", "--machines", "2", "--set", "probeRatio=0.5"],
      "invalid probeRatio of architecture sparrow: 0.5; it must be at least 1",
    ],
    [
      ["--architecture", "sparrow", "--machines", "2", "--set", "probeRatoi=2"],
      "unknown --set key: probeRatoi (did you mean probeRatio?)",
    ],
    [
      ["--architecture", "omega", "--machines", "2", "--set", "omega.batchJob=5", "--set", "batchJob=1"],
      "two settings of batchJob of architecture omega: batchJob and omega.batchJob; give one",
    ],
    [
      ["--architecture", "omega", "--machines", "2", "--set", "batchJob=5", "--set", "batchJob=1"],
      "two settings of batchJob of architecture omega: batchJob and batchJob; give one",
    ],
    [["--architecture", "omega,sparrow,omega", "--machines", "2"], "architecture omega is given twice"],
    [
      ["--architecture", "sparrow", "--machines", "2", "--running", "arrive"],
      "invalid --steps, --running, --demand or --overcommit with",
    ],
  ])("refuses %j", async (options, message) => {
    const { code, stdout, stderr } = await schedlab("schedule", await jobsFile(TWO), ...options);
    expect(stderr).toContain(message);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it.each([
    ["1 2 10 10", "line 1 has 1 durations for 2 tasks: the file may be truncated"],
    ["1 2 10 10 10\n2 2 5", "line 2 has 0 durations for 2 tasks"],
    ["1 2 ten 10 10\n", "line 1 is not a job"],
    ["1 1 10 10\n\n2 1 5 5\n", "line 2 is not a job"],
    ["", "there is no job: give arrival, number of tasks, mean and durations"],
    [" \n\n", "there is no job"],
  ])("refuses a truncated file: %j", async (text, message) => {
    const file = await jobsFile(text);
    const { code, stderr } = await schedlab("schedule", file, "--architecture", "sparrow", "--machines", "2");
    expect(stderr).toContain(`${file}: ${message}`);
    expect(code).toBe(2);
  });

  it.each([
    ["JOBS.TR", Buffer.from(TWO)],
    ["jobs.tr.gz", gzipSync(TWO)],
    // What the file contains decides, not its name.
    ["packed.tr", gzipSync(TWO)],
  ])("reads %s", async (name, bytes) => {
    const file = join(folder, name);
    await writeFile(file, bytes);
    const { code, stdout } = await schedlab("schedule", file, "--architecture", "omega", "--machines", "2");
    expect(stdout).toContain("\n2 jobs, 4 tasks, 2 machines");
    expect(stdout).not.toContain("Some jobs");
    expect(code).toBe(0);
  });

  it("says below the table what unfinished jobs mean", async () => {
    // The second job is abandoned at 2 s and later: the first one has both slots until 11 s.
    const command = ["schedule", await jobsFile(TWO), "--architecture", "omega", "--machines", "2"];
    const few = ["--set", "attemptsWithoutTask=2"];
    const { code, stdout } = await schedlab(...command, ...few);
    expect(stdout).toContain("Some jobs are unfinished");
    expect(stdout).toContain("--set attempts=N");
    expect(code).toBe(0);
    expect((await schedlab(...command, ...few, "--csv")).stdout).not.toContain("Some jobs");
  });

  it("refuses slots for a trace, which has machines of its own", async () => {
    const { code, stderr } = await schedlab(
      "schedule",
      "synthetic",
      "--architecture",
      "omega",
      "--slots",
      "2",
    );
    expect(stderr).toContain("invalid --slots with synthetic");
    expect(code).toBe(2);
  });

  it("refuses a file that is not there", async () => {
    const missing = join(folder, "missing.tr");
    const absent = await schedlab("schedule", missing, "--architecture", "sparrow", "--machines", "2");
    expect(absent.stderr).toContain(`cannot read ${missing}`);
    expect(absent.code).toBe(2);
  });
});

describe("schedlab architectures", () => {
  it("lists all of them", async () => {
    const { code, stdout } = await schedlab("architectures");
    expect(code).toBe(0);
    for (const { name } of ARCHITECTURES) expect(stdout).toMatch(new RegExp(`^${name} `, "m"));
  });

  it("shows one with its parameters", async () => {
    const { stdout } = await schedlab("architectures", "sparrow");
    expect(stdout).toContain("Source: Ousterhout et al.");
    expect(stdout).toMatch(/^probeRatio +2 +probes\/task/m);
    const json = await schedlab("architectures", "sparrow", "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({ name: "sparrow", reproduces: "sparrow-sim" });
  });

  it("proposes a name", async () => {
    const { code, stderr } = await schedlab("architectures", "eagel");
    expect(code).toBe(2);
    expect(stderr).toContain("did you mean eagle?");
  });
});
