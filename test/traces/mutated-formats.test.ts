import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { findFault } from "../../src/workload/check.js";
import { openWorkload } from "../../src/traces/open.js";
import { SMALL_TRACES } from "./small-traces.js";

let scratch: string;
let folders = 0;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "schedlab-mutated-"));
});
afterAll(async () => {
  await rm(scratch, { recursive: true });
});

/** A cut or a few other characters at one place of one file. */
const mutation = fc.record({
  file: fc.nat(),
  place: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat(4),
  put: fc.oneof(
    fc.constantFrom(
      "",
      "-",
      ",",
      "9",
      "\n",
      '"',
      "e9",
      ".",
      "NaN",
      ";",
      "{",
      "_",
      "\u0000",
      "é",
      "99999999999999999999",
    ),
    fc.string({ maxLength: 3 }),
  ),
});

it.each(Object.keys(SMALL_TRACES))("%s: a changed row is read, or refused in one line", async (format) => {
  const { files, open } = SMALL_TRACES[format];
  const names = Object.keys(files);
  await fc.assert(
    fc.asyncProperty(
      mutation,
      fc.constantFrom("fail", "skip"),
      async ({ file, place, cut, put }, onError) => {
        const folder = join(scratch, `${folders++}`);
        const changed = names[file % names.length];
        for (const name of names) {
          const text = files[name];
          const at = Math.floor(place * text.length);
          const content = name === changed ? text.slice(0, at) + put + text.slice(at + cut) : text;
          await mkdir(dirname(join(folder, name)), { recursive: true });
          await writeFile(join(folder, name), content);
        }
        const options = { onError: onError, steps: 50 };
        const result = await openWorkload(`${format}:${join(folder, open)}`, options).catch(
          (error: unknown) => error,
        );
        if (result instanceof Error) {
          expect(result).toBeInstanceOf(InputError);
          expect(result.message).not.toContain("\n");
        } else {
          const workload = result as Awaited<ReturnType<typeof openWorkload>>;
          expect(findFault(workload)).toBeUndefined();
          const { cpu, memory } = workload.usage;
          expect(cpu.every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
          expect(memory.every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
        }
      },
    ),
    { numRuns: 80 },
  );
});
