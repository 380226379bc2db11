import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { run } from "../src/tools/cli/run.js";
import { openWorkload } from "../src/traces/open.js";
import { captureStreams } from "./tools/cli/capture.js";

const root = new URL("..", import.meta.url).pathname;
const sample = join(root, "data/google2011-sample");

async function textsBelow(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = files.map(
    async (file) => [relative(folder, file), gunzipSync(await readFile(file)).toString()] as const,
  );
  return Object.fromEntries(await Promise.all(texts));
}

describe("data/google2011-sample", () => {
  it("is what the command in data/README.md makes", async () => {
    const readme = await readFile(join(root, "data/README.md"), "utf8");
    const command = /schedlab (convert synthetic .*) --out google2011:data\/google2011-sample/.exec(
      readme,
    )?.[1];
    const folder = await mkdtemp(join(tmpdir(), "schedlab-sample-"));
    try {
      const argv = [...(command ?? "").split(" "), "--out", `google2011:${folder}`];
      expect(await run(argv, captureStreams().streams)).toBe(0);
      expect(await textsBelow(folder)).toEqual(await textsBelow(sample));
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("opens as a trace with measured usage", async () => {
    const { machines, provenance, steps } = await openWorkload(`google2011:${sample}`);
    expect([machines.id.length, provenance.usage, steps]).toEqual([20, "measured", 24]);
  });
});
