/** What the help loads: the words of all commands, and none of the modules that do their work. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const DIST = new URL("../../../dist/", import.meta.url);
const MAIN = new URL("tools/cli/main.js", DIST);

/** Returns the files that Node reads for a command line, as URLs: its coverage report lists them. */
async function loadedBy(...argv: readonly string[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "schedlab-loads-"));
  execFileSync(process.execPath, [fileURLToPath(MAIN), ...argv], {
    env: { ...process.env, NODE_V8_COVERAGE: folder },
  });
  const reports = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const report = await readFile(join(folder, name), "utf8");
      return (JSON.parse(report) as { result: { url: string }[] }).result.map(({ url }) => url);
    }),
  );
  await rm(folder, { recursive: true });
  return reports.flat().filter((url) => url.startsWith("file:"));
}

describe.skipIf(!existsSync(MAIN))("schedlab", () => {
  it.each([
    { argv: ["--help"] },
    { argv: ["--version"] },
    { argv: ["help", "compare"] },
    ...["simulate", "compare", "capacity", "sweep", "worker", "policies", "describe", "convert"].map(
      (command) => ({ argv: [command, "--help"] }),
    ),
    ...["figures", "fetch", "balance"].map((command) => ({ argv: [command, "--help"] })),
  ])("$argv loads no package but commander, and nothing that simulates, reads or draws", async ({ argv }) => {
    const loaded = await loadedBy(...argv);
    const packages = loaded.flatMap((url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []);
    expect([...new Set(packages)]).toEqual(["commander"]);
    const own = loaded.flatMap((url) => (url.startsWith(DIST.href) ? [url.slice(DIST.href.length)] : []));
    expect(own).toContain("tools/cli/commands/compare.js");
    expect(own.filter((file) => /^(policies|simulate|study|charts|notebook)\//.test(file))).toEqual([]);
    expect(own.filter((file) => /^(traces|workload)\/.*(open|read|write|generate)/.test(file))).toEqual([]);
  });

  it("loads the work of a command when it is used", async () => {
    const loaded = await loadedBy("policies", "threshold");
    expect(loaded).toContain(new URL("policies/registry.js", DIST).href);
    expect(loaded).not.toContain(new URL("study/run-design.js", DIST).href);
  });
});
