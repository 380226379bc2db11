import { expect, it } from "vitest";
import { clock, coefficient, inPercent, short } from "../../src/charts/sentence-numbers.js";

it("writes as few digits as a reader can remember", () => {
  expect([0.1234, 1.1234, 0.0999, 0.001234, 0].map(inPercent)).toEqual(["12", "112", "10", "0.12", "0"]);
  expect([9.87, 1066.4, -12.6].map(short)).toEqual(["9.9", "1066", "-13"]);
  expect([0.246, 0].map(coefficient)).toEqual(["0.25", "0.00"]);
});

it("writes times in hours and minutes, and seconds where there are some", () => {
  expect([0, 300, 52_200, 360_000, 45].map(clock)).toEqual(["0:00", "0:05", "14:30", "100:00", "0:00:45"]);
});
