import { expect, test } from "vitest";
import { inOrder, mapInOrder } from "../../src/base/in-order.js";

const after = (milliseconds: number): Promise<void> => new Promise((end) => setTimeout(end, milliseconds));

test("results are in order, and at most this many items are under way", async () => {
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

test("results are yielded in order, and at most this many items are started ahead", async () => {
  const begun: number[] = [];
  const handedOut: number[] = [];
  const results = mapInOrder([30, 1, 20, 1], 2, async (time) => {
    begun.push(time);
    await after(time);
    return time * 10;
  });
  for await (const result of results) {
    handedOut.push(result);
    expect(begun.length).toBeLessThanOrEqual(handedOut.length + 1);
  }
  expect(handedOut).toEqual([300, 10, 200, 10]);
});

test("an error is thrown when its item is reached, and nothing is started after it", async () => {
  const begun: number[] = [];
  const handedOut: number[] = [];
  const results = mapInOrder([20, 1, 1, 1], 2, async (time) => {
    const place = begun.push(time) - 1;
    await after(time);
    if (place === 1) throw new Error("item 1");
    return place;
  });
  const read = async (): Promise<void> => {
    for await (const result of results) handedOut.push(result);
  };
  await expect(read()).rejects.toThrow("item 1");
  expect(handedOut).toEqual([0]);
  expect(begun).toEqual([20, 1, 1]);
});
