import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schedlab } from "./capture.js";

const SCENARIO = ["simulate", "--scenario", "cloudsim-planetlab"];

let folder: string;
let day: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-scenario-"));
  day = join(folder, "day");
  await mkdir(day);
  for (let vm = 0; vm < 8; vm++) {
    const percents = Array.from({ length: 24 }, (_, k) => (vm * 7 + k * 3) % 100);
    await writeFile(join(day, `vm${vm}`), percents.join("\n"));
  }
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe("schedlab simulate --scenario cloudsim-planetlab", () => {
  it("prints summary and manifest as one object, and writes them to --out", async () => {
    const out = join(folder, "out");
    const options = ["--trace", `planetlab:${day}`, "--policy", "thr-mmt", "--mode", "cloudsim-3.0.3"];
    const { code, stdout } = await schedlab(
      ...SCENARIO,
      ...options,
      "--machines",
      "4",
      "--json",
      "--out",
      out,
    );
    expect(code).toBe(0);
    const { summary, manifest } = JSON.parse(stdout) as Record<string, Record<string, unknown>>;
    expect(summary).toMatchObject({ policy: "thr-mmt", mode: "cloudsim-3.0.3", vms: 8, hosts: 4 });
    for (const figure of ["energyKwh", "migrations", "slatahPercent", "pdmPercent", "shutdowns"]) {
      expect(summary[figure], figure).toBeTypeOf("number");
    }
    expect(manifest).toMatchObject({ scenario: "cloudsim-planetlab", mode: "cloudsim-3.0.3" });
    const written = JSON.parse(await readFile(join(out, "result.json"), "utf8")) as unknown;
    expect(written).toEqual({ summary, manifest });
  });

  it("treats no-migration as dvfs, and uses the mode clean by default", async () => {
    const { stdout } = await schedlab(
      ...SCENARIO,
      `planetlab:${day}`,
      "--policy",
      "no-migration",
      "--machines",
      "4",
    );
    expect(stdout).toMatch(/^policy +dvfs$/m);
    expect(stdout).toMatch(/^mode +clean$/m);
    expect(stdout).toMatch(/^migrations +0$/m);
  });

  it.each([
    [["synthetic", "--policy", "dvfs"], /invalid trace of cloudsim-planetlab: synthetic; give planetlab:DIR/],
    [
      ["planetlab:x", "--policy", "thr-mtt"],
      /unknown policy of cloudsim-planetlab: thr-mtt \(did you mean thr-mmt\?\)/,
    ],
    [["planetlab:x", "--policy", "dvfs", "--mode", "dirty"], /unknown mode of cloudsim-planetlab: dirty/],
    [["planetlab:x", "--policy", "dvfs", "--set", "hot=1"], /invalid --set with --scenario/],
    [
      ["planetlab:x", "--policy", "dvfs", "--machines", "all"],
      /invalid --machines: all; give the number of hosts/,
    ],
    [["planetlab:nosuch", "--policy", "dvfs"], /nosuch/],
  ])("refuses %j in one line, exit 2", async (argv, message) => {
    const { code, stderr } = await schedlab(...SCENARIO, ...argv);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr.split("\n")).toHaveLength(2);
  });
});
