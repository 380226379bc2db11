import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { requireRedis, startRedis } from "../redis-server.js";

const root = new URL("../..", import.meta.url).pathname;
const script = join(root, "test/robustness/kill-sweep.mjs");
/** Workers are compiled JavaScript. */
const isBuilt = existsSync(join(root, "dist/tools/cli/worker.js"));

function killSweep(...argv: string[]): { stdout: string; stderr: string; status: number | null } {
  return spawnSync(process.execPath, [script, ...argv], { encoding: "utf8" });
}

/** A few of the hundreds that the script is for. */
describe.skipIf(!isBuilt)("a sweep killed at random moments", () => {
  it("ends with the same bytes", () => {
    const { stdout, stderr, status } = killSweep("1");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^1 kills, \d of them after the first result, in \d+ sweeps of 24 runs: the same bytes/,
    );
  });

  it("ends with the same bytes where threads share a workload", () => {
    const { stdout, stderr, status } = killSweep("1", "shared");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^1 kills, \d of them after the first result, in \d+ sweeps of 24 runs of one workload: the same bytes/,
    );
  });

  it.skipIf(!isBuilt || !requireRedis())(
    "ends with the same bytes over Redis, also where workers are killed",
    async () => {
      const server = await startRedis();
      try {
        const { stdout, stderr, status } = killSweep("2", server.url);
        expect([status, stderr]).toEqual([0, ""]);
        expect(stdout).toMatch(
          /^2 kills, \d of .+, in \d+ sweeps of 24 runs over Redis, workers' too: the same/,
        );
      } finally {
        await server.stop();
      }
    },
  );
});
