import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { randomStream } from "../../src/base/random.js";
import { saveWorkload } from "../../src/workload/arrow/arrow.js";
import { findFault } from "../../src/workload/check.js";
import { openWorkload } from "../../src/traces/open.js";
import { generateWorkload } from "../../src/traces/synthetic/generate.js";
import { mutateBytes } from "./mutate-rows.mjs";

const PROJECT = resolve(import.meta.dirname, "../..");
const PLANETLAB = resolve(PROJECT, "../shared/data/planetlab/planetlab-20110303.tar.gz");
const scratch = mkdtempSync(join(tmpdir(), "schedlab-fuzz-"));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/** A trace by its name, and its files, one of which at a time is mutated. */
interface Target {
  readonly spec: string;
  readonly files: readonly string[];
}

/** Six virtual machines: of the real trace where it is beside the checkout, else made up. */
function planetlab(): Target {
  const folder = join(scratch, "planetlab");
  mkdirSync(folder);
  if (existsSync(PLANETLAB)) execFileSync("tar", ["xzf", PLANETLAB, "-C", folder, "--strip-components=1"]);
  const extra = readdirSync(folder).sort().slice(6);
  for (const name of extra) rmSync(join(folder, name));
  if (!existsSync(PLANETLAB)) {
    const percents = Array.from({ length: 288 }, (_, i) => `${(i * 7) % 101}\n`).join("");
    for (const name of ["a", "b", "c", "d", "e", "f"]) writeFileSync(join(folder, name), percents);
  }
  return { spec: `planetlab:${folder}`, files: readdirSync(folder).map((name) => join(folder, name)) };
}

/** The later part of the sample, as plain text or gzipped as it is. */
function google(isPacked: boolean): Target {
  const sample = join(PROJECT, "data/google2011-sample");
  const folder = join(scratch, isPacked ? "packed" : "plain");
  const names = readdirSync(sample, { recursive: true, encoding: "utf8" }).filter((name) =>
    /machine_events.*gz$|part-00001.*gz$/.test(name),
  );
  const files = names.map((name) => {
    const bytes = readFileSync(join(sample, name));
    const path = join(folder, isPacked ? name : name.replace(/\.gz$/, ""));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, isPacked ? bytes : gunzipSync(bytes));
    return path;
  });
  return { spec: `google2011:${folder}`, files };
}

async function arrow(): Promise<Target> {
  const file = join(scratch, "workload.arrow");
  await saveWorkload(generateWorkload({ machines: 4, steps: 6, seed: 1 }), file, { batchSamples: 50 });
  return { spec: file, files: [file] };
}

/**
 * Opens the trace again and again, each time with other bytes changed; returns how often that gave a
 * workload.
 */
async function fuzz({ spec, files }: Target, times: number): Promise<number> {
  let opened = 0;
  for (let seed = 0; seed < times; seed++) {
    const random = randomStream(seed, "noise", "fuzz");
    const file = files[Math.floor(random() * files.length)];
    const bytes = readFileSync(file);
    writeFileSync(file, mutateBytes(bytes, random));
    try {
      const workload = await openWorkload(spec, {
        machines: "all",
        onError: seed % 2 === 0 ? "fail" : "skip",
      });
      expect(findFault(workload)).toBeUndefined();
      opened++;
    } catch (error) {
      expect(error, `seed ${seed} of ${spec}`).toBeInstanceOf(InputError);
      expect((error as InputError).message).not.toContain("\n");
    } finally {
      writeFileSync(file, bytes);
    }
  }
  return opened;
}

describe("a trace with bytes changed gives a sound workload or an error of one line", () => {
  test.each([
    ["planetlab", planetlab, 200],
    ["google2011, plain text", () => google(false), 16],
    ["google2011, gzipped", () => google(true), 30],
    ["a saved workload", arrow, 200],
  ])("%s", async (_, create, times) => {
    const target = await create();
    await expect(openWorkload(target.spec, { machines: "all" })).resolves.toBeDefined();
    const opened = await fuzz(target, times);
    expect(opened).toBeLessThan(times);
  });
});
