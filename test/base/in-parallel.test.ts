import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { inParallel } from "../../src/base/in-parallel.js";

it("does at most this many at a time and keeps the order", async () => {
  let running = 0;
  let most = 0;
  const results = await inParallel([30, 1, 20, 1, 1], 2, async (ms) => {
    most = Math.max(most, ++running);
    await delay(ms);
    running--;
    return ms * 2;
  });
  expect(results).toEqual([60, 2, 40, 2, 2]);
  expect(most).toBe(2);
  expect(await inParallel([], 2, () => Promise.resolve(1))).toEqual([]);
});
