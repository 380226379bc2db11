import { expect, test } from "vitest";
import { inOrder } from "../../../src/trace/bulk/in-order.js";

const after = (milliseconds: number): Promise<void> => new Promise((end) => setTimeout(end, milliseconds));

test("results are in order and no more than so many are under way", async () => {
  let underWay = 0;
  let most = 0;
  const results = await inOrder([30, 1, 20, 1, 1], 2, async (time, place) => {
    most = Math.max(most, ++underWay);
    await after(time);
    underWay--;
    return place * 10;
  });
  expect(results).toEqual([0, 10, 20, 30, 40]);
  expect(most).toBe(2);
});

test("the error is that of the first item that fails, though another fails earlier", async () => {
  const begun: number[] = [];
  const work = inOrder([20, 1, 1, 1], 2, async (time, place) => {
    begun.push(place);
    await after(time);
    throw new Error(`item ${place}`);
  });
  await expect(work).rejects.toThrow("item 0");
  expect(begun).toEqual([0, 1]);
});
