/**
 * Opens N saved workloads of which bytes were changed, as one batch and as several. Usage, after `npm run
 * build`: node test/robustness/mutated-arrow.mjs [N, default 20000] [seed, default 1]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../../dist/base/errors.js";
import { randomStream } from "../../dist/base/random.js";
import { simulate } from "../../dist/simulate/simulate.js";
import { loadWorkload, saveWorkload } from "../../dist/workload/arrow/arrow.js";
import { checkArrow, smallWorkload } from "./check-arrow.mjs";
import { workloadOf } from "./scenarios.mjs";

const [count = "20000", seed = "1"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "schedlab-arrow-"));
try {
  const files = [];
  for (const batchSamples of [1000, 8]) {
    await saveWorkload(smallWorkload(workloadOf), join(folder, "saved.arrow"), { batchSamples });
    files.push(await readFile(join(folder, "saved.arrow")));
  }
  const sum = await checkArrow({
    ...{ files, folder, count: Number(count), random: randomStream(Number(seed), "noise", "arrow") },
    modules: { loadWorkload, InputError, simulate },
    onProgress: (done) => void (done % 5000 === 0 && console.error(`${done} files`)),
  });
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${count} files of ${files.map(({ length }) => length).join(" and ")} bytes: ${sum.opened} opened whole, ` +
      `${sum.simulated} of them were simulated, ${sum.refused} were refused; the slowest took ` +
      `${Math.round(sum.slowest)} ms; at most ${peak} MiB of memory`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
