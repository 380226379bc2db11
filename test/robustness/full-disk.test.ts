import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../src/tools/cli/run.js";
import { exportFigure } from "../../src/charts/export/figure-files.js";
import type { Renderer } from "../../src/charts/export/renderer.js";
import { FIGURES } from "../charts/every-figure.js";
import { captureStreams } from "../tools/cli/capture.js";
import { canMount, onSmallDisk } from "./small-disk.js";

/** Workers are compiled JavaScript. */
const isBuilt = existsSync(new URL("../../dist/study/worker.js", import.meta.url));
const mounts = await canMount();

const scratch = mkdtempSync(join(tmpdir(), "schedlab-full-"));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

async function schedlab(...argv: string[]): Promise<{ code: number; stderr: string }> {
  const { streams, stderr } = captureStreams();
  return { code: await run(argv, streams), stderr: stderr() };
}

/** Every file below a folder with its bytes. */
function contents(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name));
  return new Map(paths.map((path) => [path.slice(folder.length), readFileSync(path, "latin1")]));
}

/** What is there must be whole: the bytes of the file of that name where there was room. */
function expectWhole(left: Map<string, string>, undisturbed: Map<string, string>): void {
  expect(left.size).toBeLessThan(undisturbed.size);
  for (const [name, bytes] of left) expect([name, bytes]).toEqual([name, undisturbed.get(name)]);
}

const TRACE = ["synthetic", "--machines", "30", "--steps", "30"];
const MESSAGE =
  /^schedlab: cannot write \S+: no space left on the device; free some space or choose another path\n$/;

describe.skipIf(!mounts || !isBuilt)("on a full disk (skipped where no file system can be mounted)", () => {
  let sweep: string;
  beforeAll(() => {
    sweep = join(scratch, "sweep.json");
    const study = { trace: "synthetic", machines: 10, steps: 6, policies: ["no-migration", "threshold"] };
    writeFileSync(sweep, JSON.stringify({ ...study, seeds: { from: 1, count: 4 } }));
  });

  test.each([
    ["simulate", "16k", (): string[] => ["simulate", ...TRACE, "--policy", "threshold"]],
    ["compare", "16k", (): string[] => ["compare", ...TRACE, "--policy", "no-migration,threshold"]],
    [
      "compare --seeds",
      "4k",
      (): string[] => ["compare", ...TRACE, "--policy", "no-migration,threshold", "--seeds", "3"],
    ],
    ["sweep", "40k", (): string[] => ["sweep", sweep, "--workers", "2"]],
  ])("%s says so in one line and leaves whole files alone", async (name, size, argv) => {
    const roomy = join(scratch, name);
    mkdirSync(roomy);
    expect((await schedlab(...argv(), "--out", roomy)).code).toBe(0);
    const undisturbed = contents(roomy);
    await onSmallDisk(size, async (small) => {
      const { code, stderr } = await schedlab(...argv(), "--out", small);
      expect(stderr).toMatch(MESSAGE);
      expect(code).toBe(2);
      expectWhole(contents(small), undisturbed);
    });
  });

  test("convert to the Google layout begins only where there is room", async () => {
    await onSmallDisk("64k", async (small) => {
      const { code, stderr } = await schedlab("convert", ...TRACE, "--out", `google2011:${small}`);
      expect(stderr).toMatch(
        /^schedlab: not enough disk space in \S+: the trace may take \d+ kB, \d+ kB are free; free some space/,
      );
      expect(code).toBe(2);
      expect(readdirSync(small)).toEqual([]);
    });
  });

  test("a sweep goes on where it stopped once there is room, to the same bytes", async () => {
    const [undisturbed, resumed] = ["undisturbed", "resumed"].map((name) => join(scratch, name));
    await schedlab("sweep", sweep, "--workers", "1", "--out", undisturbed);
    await onSmallDisk("40k", async (small) => {
      expect((await schedlab("sweep", sweep, "--workers", "1", "--out", small)).code).toBe(2);
      expect(readdirSync(join(small, "runs")).length).toBeGreaterThan(0);
      cpSync(small, resumed, { recursive: true });
    });
    expect((await schedlab("sweep", sweep, "--workers", "1", "--out", resumed)).code).toBe(0);
    expect(contents(resumed)).toEqual(contents(undisturbed));
  });

  test("a figure's export says so and leaves whole files alone", async () => {
    const figure = FIGURES[0];
    const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(32);
    const renderer: Renderer = {
      render: () => Promise.resolve({ svg: " ".repeat(6000), pdf: bytes(6000), png: bytes(600_000) }),
      svg: () => Promise.resolve(""),
      still: () => Promise.resolve(undefined),
      close: () => Promise.resolve(),
    };
    await onSmallDisk("256k", async (small) => {
      await expect(exportFigure(figure, join(small, "gini"), { renderer })).rejects.toThrow(
        /^cannot write .*gini\.png: no space left on the device/,
      );
      expect(readdirSync(small).sort()).toEqual(["gini.json", "gini.pdf", "gini.svg"]);
    });
  });
});
