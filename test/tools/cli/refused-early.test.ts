/** What is refused before a trace is opened: every trace here is missing, and no message speaks of it. */
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schedlab } from "./capture.js";

const MISSING = "google2011:/no/such/trace";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-early-"));
  await writeFile(join(folder, "notes"), "mine");
  await mkdir(join(folder, "paper"));
  await writeFile(join(folder, "paper", "task_usage"), "mine");
  await mkdir(join(folder, "day.arrow"));
  await mkdir(join(folder, "locked"));
  await chmod(join(folder, "locked"), 0o555);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function refusal(...argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await schedlab(...argv);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^schedlab: [^\n]+\n$/);
  return stderr;
}

describe("a percentage where a share is meant", () => {
  it.each([
    [["simulate", MISSING, "--policy", "threshold"]],
    [["compare", MISSING, "--policy", "no-migration,threshold"]],
    [["compare", MISSING, "--policy", "threshold", "--seeds", "2"]],
    [["capacity", MISSING, "--policy", "threshold"]],
  ])("is refused by %j", async (argv) => {
    expect(await refusal(...argv, "--set", "hot=80")).toMatch(
      /invalid hot of policy threshold: 80; it must be at most 5; give 0\.8 for 80 %$/m,
    );
    expect(await refusal(...argv, "--set", "workingSet=10")).toMatch(
      /invalid workingSet of the model: 10; it must be at most 1; give 0\.1 for 10 %$/m,
    );
  });

  it("is refused in the file of a sweep, as any of its values", async () => {
    const file = join(folder, "hot.json");
    await writeFile(
      file,
      JSON.stringify({ trace: MISSING, policies: "ward", set: { "ward.limit": [0.7, 75] } }),
    );
    expect(await refusal("sweep", file)).toContain(
      "hot.json: invalid limit of policy ward: 75; it must be at most 5; give 0.75 for 75 %",
    );
  });

  it("is refused as a level of violations", async () => {
    expect(await refusal("capacity", MISSING, "--violations", "1")).toContain("give 0.01 for 1 %");
  });
});

describe("a bad --out", () => {
  const inFolder = (path: string): string => join(folder, path);

  /** Commands that write a folder, each with `--out`. */
  const COMMANDS: readonly (readonly [command: string, trace: string, ...rest: string[]])[] = [
    ["simulate", MISSING, "--policy", "threshold"],
    ["simulate", "planetlab:/no/such", "--policy", "thr-mmt", "--scenario", "cloudsim-planetlab"],
    ["compare", MISSING],
    ["compare", MISSING, "--seeds", "2"],
    ["capacity", MISSING],
    ["sweep", "sweep.json"],
    ["convert", MISSING],
  ];

  it.each(COMMANDS.map((argv) => ({ argv })))("is refused by $argv", async ({ argv }) => {
    const [command, trace, ...rest] = argv;
    const isFile = command === "convert";
    const file = inFolder("sweep.json");
    await writeFile(file, JSON.stringify({ trace: MISSING, policies: "random" }));
    const refusedAt = (out: string): Promise<string> =>
      refusal(command, command === "sweep" ? file : trace, ...rest, "--out", out);
    expect(await refusedAt(inFolder("notes/results.arrow"))).toMatch(
      /cannot write \S+: a part of the path is a file, not a folder; choose another path$/m,
    );
    expect(await refusedAt(isFile ? inFolder("day.arrow") : inFolder("paper"))).toMatch(
      isFile ? /it is a folder; give the name of a file$/m : /it holds files that schedlab did not write/,
    );
    // The kernel makes this folder's files; nobody else can.
    expect(await refusedAt("/proc/self/fd/results.arrow")).toMatch(/cannot write \S+: /);
  });

  it("is refused as the folder of a download", async () => {
    const refused = await refusal("fetch", "google2011", "--parts", "0", "--to", inFolder("notes/trace"));
    expect(refused).toContain("a part of the path is a file, not a folder");
  });

  it("is refused where the folder of a trace already holds one", async () => {
    const out = `google2011:${inFolder("paper")}`;
    expect(await refusal("convert", MISSING, "--out", out)).toContain("holds task_usage; choose another");
  });

  it.skipIf(process.getuid?.() === 0)("is refused without permission (skipped for root)", async () => {
    const refused = await refusal("compare", MISSING, "--out", inFolder("locked/results"));
    expect(refused).toContain("permission denied; choose another path or change its permissions");
  });

  it("leaves nothing behind where it can be written", async () => {
    const before = await readdir(folder);
    expect(await refusal("compare", MISSING, "--out", inFolder("new/results"))).toContain("/no/such/trace");
    expect(await readdir(folder)).toEqual(before);
  });
});
