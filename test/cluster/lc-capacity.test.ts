import { expect, it } from "vitest";
import { lcCapacity } from "../../src/cluster/lc-capacity.js";

const BESIDE = { bestEffort: 0.4, overhead: 0.1, interference: 0.25, lcWeight: 0.75 };

it("is the capacity less migrations and interference if LC work goes first", () => {
  expect(lcCapacity(1, { ...BESIDE, sharing: "lc-first" })).toBeCloseTo(1 - 0.1 - 0.25 * 0.4, 12);
});

it("under fair sharing is what best-effort work leaves, or LC's weight if that is more, up to LC first", () => {
  expect(lcCapacity(1, { ...BESIDE, sharing: "fair" })).toBeCloseTo(0.75, 12);
  expect(lcCapacity(1, { ...BESIDE, lcWeight: 0.5, sharing: "fair" })).toBeCloseTo(0.6, 12);
  expect(lcCapacity(1, { ...BESIDE, lcWeight: 1, sharing: "fair" })).toBeCloseTo(0.8, 12);
});
