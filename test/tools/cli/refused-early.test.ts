/** What is refused before a trace is opened: every trace here is missing, and no message speaks of it. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schedlab } from "./capture.js";

const MISSING = "google2011:/no/such/trace";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-early-"));
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
