import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkOutFolder, markOutFolder, OUT_MARK } from "../../src/base/out-folder.js";
import { InputError } from "../../src/base/errors.js";
import { schedlab } from "../tools/cli/capture.js";

/** Workers are compiled JavaScript. */
const isBuilt = existsSync(new URL("../../dist/study/worker.js", import.meta.url));

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "schedlab-out-"));
  const sweep = { trace: "synthetic", machines: 5, steps: 3, policies: ["no-migration"] };
  await writeFile(join(scratch, "sweep.json"), JSON.stringify(sweep));
  await mkdir(join(scratch, "planetlab"));
  // CloudSim reads 288 loads, in per cent, of each of 1,052 files or fewer.
  await writeFile(join(scratch, "planetlab", "vm"), "10\n".repeat(288));
});
afterAll(async () => {
  await rm(scratch, { recursive: true });
});

const SMALL = ["synthetic", "--machines", "5", "--steps", "3"];
/** Every command that writes a folder of results: its name and its arguments. */
const COMMANDS: readonly (readonly [name: string, argv: () => string[]])[] = [
  ["simulate", () => ["simulate", ...SMALL, "--policy", "threshold"]],
  [
    "simulate",
    () => {
      const trace = `planetlab:${join(scratch, "planetlab")}`;
      return ["simulate", trace, "--scenario", "cloudsim-planetlab", "--policy", "thr-mmt"];
    },
  ],
  ["compare", () => ["compare", ...SMALL, "--policy", "no-migration,threshold"]],
  [
    "compare",
    () => ["compare", ...SMALL, "--policy", "no-migration,threshold", "--seeds", "2", "--workers", "1"],
  ],
  [
    "capacity",
    () => ["capacity", ...SMALL, "--policy", "no-migration", "--seeds", "1", "--violations", ".05"],
  ],
  ["sweep", () => ["sweep", join(scratch, "sweep.json"), "--workers", "1"]],
];

/** Possible states of --out with the expected error; none if the command may write there. */
const FOLDERS: readonly {
  readonly state: string;
  readonly prepare: (path: string, command: string) => Promise<unknown>;
  readonly refusal?: RegExp;
}[] = [
  { state: "a missing folder", prepare: () => Promise.resolve() },
  { state: "an empty folder", prepare: (path) => mkdir(path) },
  { state: "its own results", prepare: (path, command) => markOutFolder(path, command) },
  {
    state: "another's files",
    prepare: async (path) => {
      await mkdir(path);
      await writeFile(join(path, "summary.csv"), "the paper's");
    },
    refusal: /cannot write the results of \w+ into \S+: it holds files that schedlab did not write; name a/,
  },
  {
    state: "another command's results",
    prepare: (path) => markOutFolder(path, "other"),
    refusal: /cannot write the results of \w+ into \S+: it holds the results of other; name a new or/,
  },
  {
    state: "a file",
    prepare: (path) => writeFile(path, "mine"),
    refusal: /cannot write \S+: a part of the path is a file, not a folder; choose another path/,
  },
];

async function contents(path: string): Promise<string[]> {
  const names = await readdir(path).catch(() => undefined);
  if (names === undefined) return existsSync(path) ? [await readFile(path, "utf8")] : [];
  return Promise.all(names.sort().map((name) => readFile(join(path, name), "utf8")));
}

describe.skipIf(!isBuilt).each(COMMANDS)("schedlab %s", (name, argv) => {
  it.each(FOLDERS)("given $state as --out", async ({ state, prepare, refusal }) => {
    const out = join(await mkdtemp(join(scratch, "case-")), "out");
    await prepare(out, name);
    const before = await contents(out);
    const { code, stdout, stderr } = await schedlab(...argv(), "--out", out);
    if (refusal === undefined) {
      expect([state, code]).toEqual([state, 0]);
      expect(await readdir(out)).toContain(OUT_MARK);
      expect((await readdir(out)).length).toBeGreaterThan(1);
      return;
    }
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(refusal);
    expect(await contents(out)).toEqual(before);
  });
});

it("refuses before the trace is read", async () => {
  const out = await mkdtemp(join(scratch, "foreign-"));
  await writeFile(join(out, "thesis.tex"), "");
  const { stderr } = await schedlab("compare", "google2011:/no/such/folder", "--out", out);
  expect(stderr).toContain(`cannot write the results of compare into ${out}`);
});

describe("checkOutFolder", () => {
  it("accepts the folder of a command that was killed while it wrote its mark", async () => {
    const out = await mkdtemp(join(scratch, "killed-"));
    await writeFile(join(out, `${OUT_MARK}.0123456789ab.tmp`), "{");
    await expect(checkOutFolder(out, "compare")).resolves.toBeUndefined();
  });

  it("does not accept a file that only has the name of the mark", async () => {
    const out = await mkdtemp(join(scratch, "fake-"));
    await writeFile(join(out, OUT_MARK), "{}");
    await expect(checkOutFolder(out, "compare")).rejects.toThrow(InputError);
  });
});
