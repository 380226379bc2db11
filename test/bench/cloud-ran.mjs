/**
 * Subframes a second of each rule for cores, with 4 to 1,000 cells, and bytes a subframe. `node --expose-gc
 * test/bench/cloud-ran.mjs` takes it alone.
 */
import {
  drawSubframes,
  exponentialShares,
  runSubframes,
  SUBFRAME_POLICIES,
} from "../../dist/systems/cloud-ran/index.js";

const SUBFRAMES = 1_000_000;

console.log(`cloud-ran: M subframes/s, ${SUBFRAMES / 1e6} M subframes; bytes a subframe of the result`);
for (const [cells, cores] of [
  [4, 8],
  [4, 16],
  [100, 200],
  [1000, 2000],
]) {
  const subframes = drawSubframes(exponentialShares(0.25), { cells, slots: SUBFRAMES / cells });
  for (const { name } of SUBFRAME_POLICIES) {
    globalThis.gc?.();
    const before = process.memoryUsage().arrayBuffers;
    const began = performance.now();
    const run = runSubframes(subframes, name, { cores });
    const seconds = (performance.now() - began) / 1000;
    const bytes = (process.memoryUsage().arrayBuffers - before) / run.outcome.length;
    console.log(
      `  ${name.padEnd(12)} ${String(cells).padStart(5)} cells ${String(cores).padStart(5)} cores ` +
        `${(SUBFRAMES / 1e6 / seconds).toFixed(2).padStart(6)} ${bytes.toFixed(1).padStart(6)} B`,
    );
  }
}
