import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { saveWorkload } from "../../../src/workload/arrow/arrow.js";
import { convertGoogle2011, type ConvertOptions } from "../../../src/traces/google2011/convert.js";
import { createDiskSource } from "../../../src/traces/google2011/parts/disk-source.js";
import { createMemorySource } from "../../../src/traces/google2011/parts/memory-source.js";
import { readGoogle2011, type Google2011Options } from "../../../src/traces/google2011/open.js";
import { ON_THIS_THREAD } from "../../../src/traces/google2011/parts/part-reader.js";
import { findParts } from "../../../src/traces/google2011/tables.js";
import { writeGoogle2011 } from "../../../src/traces/google2011-writer/write.js";
import { generateWorkload } from "../../../src/traces/synthetic/generate.js";
import { openWorkload } from "../../../src/traces/open.js";
import { gunzipSync, gzipSync } from "node:zlib";
import { mutate } from "../text/scan/mutate.js";

const folder = mkdtempSync(join(tmpdir(), "schedlab-convert-"));
const trace = join(folder, "trace");
const out = join(folder, "out.arrow");
const USAGE = "part-00000-of-00500.csv.gz";

beforeAll(async () => {
  await writeGoogle2011(generateWorkload({ machines: 12, steps: 40, seed: 3 }), trace);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const hashOf = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex");

async function convert(options: ConvertOptions = {}, from = trace, to = out): Promise<string> {
  await convertGoogle2011(from, to, options);
  expect(existsSync(`${to}.work`)).toBe(false);
  return hashOf(to);
}

/**
 * What `readGoogle2011` and `saveWorkload` make of the trace with the strict reader alone; or the message of
 * the error.
 */
async function strictly(options: Google2011Options = {}, from = trace): Promise<string> {
  const file = join(folder, "strict.arrow");
  const parts = await findParts(from);
  await saveWorkload(
    await readGoogle2011(parts, createMemorySource(ON_THIS_THREAD, { isStrict: true }), options),
    file,
  );
  return hashOf(file);
}

const orMessage = (hash: Promise<string>): Promise<string> =>
  hash.catch((error: unknown) => (error instanceof Error ? error.message : String(error)));

describe("a converted trace", () => {
  test.each<Google2011Options>([
    {},
    { machines: 5 },
    { machines: "all", steps: 7 },
    { machines: 3, seed: 9, lcRule: "priority>=9" },
  ])("has the bytes that the strict reader gives, with %o", async (options) => {
    const expected = await strictly(options);
    expect(await convert(options)).toBe(expected);
    const opened = await openWorkload(`google2011:${trace}`, options);
    await saveWorkload(opened, out);
    expect(hashOf(out)).toBe(expected);
  });

  test("has them too where memory holds but a few rows at a time", async () => {
    const expected = await strictly();
    const work = join(folder, "batches");
    mkdirSync(work);
    const parts = await findParts(trace);
    const source = createDiskSource(ON_THIS_THREAD, { folder: work, batchRows: 50, workloadLimit: Infinity });
    let batches = 0;
    const counting: typeof source = {
      ...source,
      read: async (...args) => {
        const rows = await source.read(...args);
        return {
          ...rows,
          map: async function* (...work) {
            for await (const made of rows.map(...work)) {
              if (args[0].table === "task_usage") batches++;
              yield made;
            }
          },
        };
      },
    };
    await saveWorkload(await readGoogle2011(parts, counting, {}), out);
    expect(hashOf(out)).toBe(expected);
    expect(batches).toBeGreaterThan(50);
  });

  test("of usage alone or without machines, too", async () => {
    const usageOnly = join(folder, "usage-only");
    mkdirSync(usageOnly);
    execFileSync("cp", ["-r", join(trace, "task_usage"), usageOnly]);
    expect(await convert({}, usageOnly)).toBe(await strictly({}, usageOnly));
    execFileSync("cp", ["-r", join(trace, "task_events"), usageOnly]);
    expect(await convert({}, usageOnly)).toBe(await strictly({}, usageOnly));
  });

  test("with threads has them too", async () => {
    const parts = await findParts(trace);
    const large = { ...parts, task_usage: parts.task_usage };
    const padded = join(folder, "padded");
    execFileSync("cp", ["-r", trace, padded]);
    // Enough bytes to make threads worth it: incompressible text in a column that is not read.
    for (const { path } of large.task_usage.slice(0, 2)) {
      const file = path.replace(trace, padded);
      const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split("\n");
      let state = 1;
      const noise = (): string => {
        const bytes = Buffer.alloc(24_000);
        for (let i = 0; i < bytes.length; i++) bytes[i] = (state = (state * 48271) % 2147483647) & 255;
        return bytes.toString("base64");
      };
      const filled = lines.map((line, row) => (row < 400 ? line.replace(/,$/, `,${noise()}`) : line));
      writeFileSync(file, gzipSync(`${filled.join("\n")}\n`, { level: 0 }));
    }
    expect(await convert({ threads: 2 }, padded)).toBe(await strictly({}, padded));
  });

  test("of a mutated trace has them too, or the same error", async () => {
    const mutated = join(folder, "mutated");
    execFileSync("cp", ["-r", trace, mutated]);
    const seen = { bytes: 0, errors: 0 };
    for (let seed = 0; seed < 9; seed++) {
      const table = seed % 3 === 0 ? "task_events" : "task_usage";
      const name = join(table, USAGE);
      const text = gunzipSync(readFileSync(join(trace, name)));
      writeFileSync(join(mutated, name), gzipSync(mutate(text, seed), { level: 1 }));
      for (const onError of ["fail", "skip"] as const) {
        const expected = await orMessage(strictly({ onError }, mutated));
        expect(await orMessage(convert({ onError }, mutated))).toBe(expected);
        seen[/^[0-9a-f]{64}$/.test(expected) ? "bytes" : "errors"]++;
        rmSync(`${out}.work`, { recursive: true, force: true });
      }
      execFileSync("cp", [join(trace, name), join(mutated, name)]);
    }
    expect(seen.bytes).toBeGreaterThan(5);
    expect(seen.errors).toBeGreaterThan(2);
  });
});

// Real traces, on the machines of the project's authors only: the tests are skipped where the folder is
// absent.
const DATA = resolve(import.meta.dirname, "../../../../shared/data");

describe.skipIf(!existsSync(DATA))("real traces (skipped where they are absent)", () => {
  test.each(["google2011-replay-small", "google2019-as-2011"])(
    "%s: the bytes of the strict reader",
    async (name) => {
      expect(await convert({}, join(DATA, name))).toBe(await strictly({}, join(DATA, name)));
    },
  );
});

describe("a conversion", () => {
  test.each([
    ["beside the trace", out],
    ["in the folder of the trace", join(folder, "broken", "in.arrow")],
  ])("that was stopped, %s, goes on with the parts that are done", async (_, to) => {
    const expected = await convert();
    const broken = join(folder, "broken");
    rmSync(broken, { recursive: true, force: true });
    execFileSync("cp", ["-rp", trace, broken]);
    const last = join(broken, "task_usage", readdirSync(join(broken, "task_usage")).sort().at(-1)!);
    const good = readFileSync(last);
    writeFileSync(last, good.subarray(0, -9));
    utimesSync(last, 1e9, 1e9);
    await expect(convert({}, broken, to)).rejects.toThrow(/truncated gzip/);
    expect(readdirSync(`${to}.work`)).toContain(`task_usage-${USAGE}.json`);
    // That file is whole again, the others are not read anew.
    writeFileSync(last, good);
    utimesSync(last, 1e9 + 1, 1e9 + 1);
    let rows = NaN;
    const onProgress: ConvertOptions["onProgress"] = (progress) => {
      if (progress.phase === "reading task_usage") rows = progress.rows ?? NaN;
    };
    expect(await convert({ onProgress }, broken, to)).toBe(expected);
    expect(rows).toBe(gunzipSync(good).toString().trimEnd().split("\n").length);
  });

  test("takes up work for the same trace and options only", async () => {
    const work = `${out}.work`;
    mkdirSync(work);
    writeFileSync(join(work, "mine.txt"), "x");
    await expect(convert()).rejects.toThrow(/out\.arrow\.work is not empty/);
    rmSync(work, { recursive: true });
    mkdirSync(work);
    writeFileSync(join(work, "manifest.json.0123.tmp"), "{");
    expect(await convert()).toBe(await strictly());
    mkdirSync(work);
    writeFileSync(join(work, "manifest.json"), JSON.stringify({ key: "other" }));
    writeFileSync(join(work, `task_usage-${USAGE}.json`), "{");
    expect(await convert()).toBe(await strictly());
  });

  test("says what is wrong with its options before it reads", async () => {
    await expect(convert({ memory: 1e6 })).rejects.toThrow(/memory 1000000: give at least 536870912 bytes/);
    await expect(convertGoogle2011(trace, folder)).rejects.toThrow(/it is a folder; give the name of a file/);
    await expect(
      readGoogle2011(
        await findParts(trace),
        { ...createMemorySource(ON_THIS_THREAD), workloadLimit: 1000 },
        {},
      ),
    ).rejects.toThrow(/workload too large: 0\.\d+ GB/);
  });

  test("killed at any moment ends with the same bytes", async () => {
    const expected = await convert();
    const script = resolve(import.meta.dirname, "../../robustness/convert-once.mjs");
    for (const delay of [150, 350, 500]) {
      const child = spawn(process.execPath, [script, trace, out], { stdio: "ignore" });
      const ended = new Promise((end) => child.on("close", end));
      setTimeout(() => child.kill("SIGKILL"), delay);
      await ended;
    }
    expect(await convert()).toBe(expected);
    expect(readdirSync(folder).filter((name) => name.startsWith("out.arrow"))).toEqual(["out.arrow"]);
  });
});

const small = join(folder, "small");
mkdirSync(small);

function mount(size: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", small], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const canMount = mount("64k");
if (canMount) execFileSync("umount", [small]);

describe.skipIf(!canMount)("on a full disk (skipped where no file system can be mounted)", () => {
  async function expectRefusal(size: string, from: string, message: RegExp): Promise<void> {
    mount(size);
    try {
      await expect(convertGoogle2011(from, join(small, "out.arrow"))).rejects.toThrow(message);
      expect(readdirSync(small)).toEqual(["out.arrow.work"]);
      expect(readdirSync(join(small, "out.arrow.work")).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    } finally {
      execFileSync("umount", [small]);
    }
  }

  test.each([
    ["40k", /not enough disk space in .*small: the rows of task_events may take/],
    [
      "90k",
      /not enough disk space in .*small: the rows of task_usage may take \d+ kB, \d+ kB are free; free/,
    ],
    // After the first part, whose columns are blank: its rows are more for their bytes than those of the
    // published parts.
    ["200k", /not enough disk space in .*small: the rows of task_usage may take 123 kB, \d+ kB are free/],
    ["300k", /not enough disk space in .*small: the workload may take \d+ kB, \d+ kB are free/],
  ])("of %s a conversion says so and leaves no half-written output", async (size, message) => {
    await expectRefusal(size, trace, message);
  });

  test("that a part fills unforeseen a conversion says so", async () => {
    const dense = join(folder, "dense");
    cpSync(trace, dense, { recursive: true });
    const part = join(dense, "task_usage", USAGE);
    const [row] = gunzipSync(readFileSync(part)).toString().split("\n");
    writeFileSync(part, gzipSync(`${row}\n`.repeat(4000)));
    await expectRefusal(
      "104k",
      dense,
      /cannot write .*task_usage.*: no space left on the device; free some space or choose another path/,
    );
  });
});
