/**
 * Small traces of each format of which bytes were changed: each opens whole, or is refused with a reason.
 * More of them: MUTATIONS=20000 npx vitest run test/robustness/mutated-traces.test.ts
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { randomStream } from "../../src/base/random.js";
import { simulate } from "../../src/simulate/simulate.js";
import { openWorkload } from "../../src/traces/open.js";
import type { Workload } from "../../src/workload/workload.js";
import { SMALL_TRACES } from "../traces/small-traces.js";
import { faultOf } from "./check-arrow.mjs";
import { mutateBytes } from "./mutate-bytes.mjs";

const COUNT = Number(process.env.MUTATIONS ?? 400);
/** Steps up to which a workload is simulated, too. */
const FEW = 1000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-mutated-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

it.each(Object.keys(SMALL_TRACES))(
  "%s",
  async (format) => {
    const { files, open } = SMALL_TRACES[format];
    const random = randomStream(26, "noise", format);
    const names = Object.keys(files);
    for (const name of names) await writeFile(join(folder, name), files[name]);
    await openWorkload(`${format}:${join(folder, open)}`);
    const sum = { opened: 0, refused: 0, slowest: 0 };
    for (let number = 0; number < COUNT; number++) {
      const name = names[number % names.length];
      const changed = mutateBytes(Buffer.from(files[name]), random);
      await writeFile(join(folder, name), changed);
      const place = `change ${number}: ${name} is ${JSON.stringify(changed.toString("latin1"))}`;
      const began = performance.now();
      const opened: unknown = await openWorkload(`${format}:${join(folder, open)}`, {
        onError: random() < 0.5 ? "skip" : "fail",
      }).catch((error: unknown) => error);
      sum.slowest = Math.max(sum.slowest, performance.now() - began);
      if (opened instanceof Error) {
        expect(opened, place).toBeInstanceOf(InputError);
        expect(opened.message, place).not.toContain("\n");
        sum.refused++;
      } else {
        const workload = opened as Workload;
        expect(faultOf(workload), place).toBeUndefined();
        if (workload.steps <= FEW && workload.machines.id.length > 0) use(workload, place);
        sum.opened++;
      }
      await writeFile(join(folder, name), files[name]);
    }
    for (const name of names) await rm(join(folder, name));
    if (COUNT > 400)
      process.stdout.write(
        `${format}: ${JSON.stringify(sum)}, ${process.resourceUsage().maxRSS >> 10} MiB of memory\n`,
      );
    expect(Math.min(sum.opened, sum.refused)).toBeGreaterThan(COUNT / 20);
  },
  100 * COUNT,
);

function use(workload: Workload, place: string): void {
  try {
    simulate(workload, "threshold", { metrics: ["utilization", "gini", "lcTail"] });
  } catch (error) {
    expect(error, place).toBeInstanceOf(InputError);
  }
}
