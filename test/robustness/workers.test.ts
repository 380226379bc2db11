import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { run } from "../../src/tools/cli/run.js";
import { captureStreams } from "../tools/cli/capture.js";

const isBuilt = existsSync(new URL("../../dist/study/worker.js", import.meta.url));

const scratch = mkdtempSync(join(tmpdir(), "schedlab-workers-"));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

const sweep = join(scratch, "study.json");
writeFileSync(
  sweep,
  JSON.stringify({
    ...{ trace: "synthetic", machines: [10, 14], steps: 8, policies: ["random-migration", "threshold"] },
    ...{ seeds: [1, 2, 3], set: { hot: [0.6, 0.8] } },
  }),
);
// One workload for all runs, which threads share.
const oneWorkload = join(scratch, "one-workload.json");
writeFileSync(
  oneWorkload,
  JSON.stringify({
    trace: "synthetic",
    machines: 12,
    steps: 8,
    policies: ["random-migration", "threshold", "random"],
  }),
);
const TRACE = ["synthetic", "--machines", "12", "--steps", "10", "--policy", "random-migration,threshold"];

/** The bytes of every file that a command leaves, and what it prints. */
async function outcome(argv: readonly string[], workers: number): Promise<Record<string, string>> {
  const out = mkdtempSync(join(scratch, `${argv[0]}-${workers}-`));
  const { streams, stdout, stderr } = captureStreams();
  const code = await run([...argv, "--workers", `${workers}`, "--out", out, "--json"], streams);
  expect([code, stderr()]).toEqual([0, ""]);
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const named = files.map(({ parentPath, name }): [string, string] => {
    const path = join(parentPath, name);
    return [path.slice(out.length), readFileSync(path, "latin1")];
  });
  return { printed: stdout().replaceAll(out, "OUT"), ...Object.fromEntries(named.sort()) };
}

describe.skipIf(!isBuilt)(
  "one, two and four workers leave the same bytes (skipped before npm run build)",
  () => {
    test.each([
      ["sweep", ["sweep", sweep], "/summary.parquet"],
      ["sweep of one workload", ["sweep", oneWorkload], "/summary.parquet"],
      ["compare --seeds", ["compare", ...TRACE, "--seeds", "4"], "/differences.csv"],
      ["capacity", ["capacity", ...TRACE, "--seeds", "2", "--max", "1"], "/capacity-table.csv"],
    ])("%s", async (_, argv, file) => {
      const one = await outcome(argv, 1);
      expect(one[file].length).toBeGreaterThan(100);
      expect(await outcome(argv, 2)).toEqual(one);
      expect(await outcome(argv, 4)).toEqual(one);
    });
  },
);
