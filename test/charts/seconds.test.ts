import { expect, it } from "vitest";
import { secondsAxis, writeBytes, writeSeconds } from "../../src/charts/seconds.js";

it("writes seconds in the unit that fits", () => {
  expect([0, 12.86, 188.2, 0.2684, 7.79e-6, 1].map(writeSeconds)).toEqual([
    "0 s",
    "12.9 s",
    "188 s",
    "268 ms",
    "7.79 μs",
    "1 s",
  ]);
  expect([1.61e9, 170.4e6].map(writeBytes)).toEqual(["1.61 GB", "170 MB"]);
});

it("has ticks with units, and not too many", () => {
  expect(secondsAxis([0.02, 5, 0])).toMatchObject({ type: "log", ticktext: ["0.1 s", "1 s"] });
  const { ticktext } = secondsAxis([2e-7, 2000]) as { ticktext: string[] };
  expect(ticktext.length).toBeLessThanOrEqual(6);
  expect(ticktext.at(-1)).toBe("1,000 s");
  expect(secondsAxis([0, NaN])).toEqual({ type: "log" });
});
