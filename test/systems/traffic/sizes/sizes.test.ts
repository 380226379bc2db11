/** Distributions of flow sizes, and flows generated from them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanOf } from "../../../../src/metrics/statistics.js";
import { bigSwitch } from "../../../../src/systems/traffic/network.js";
import { oneLink } from "../../../../src/systems/traffic/queue/one-link.js";
import {
  meanBytes,
  meanSquare,
  measuredSizes,
  mixSizes,
  publishedSizes,
  shareBelow,
  sizeAt,
  sizesFrom,
} from "../../../../src/systems/traffic/sizes/distribution.js";
import { generateFlows } from "../../../../src/systems/traffic/sizes/generate.js";

describe("a distribution", () => {
  // Half of the flows uniformly from 0 to 2, half from 2 to 6: means 1 and 4.
  const sizes = sizesFrom([
    [0, 0],
    [2, 0.5],
    [6, 1],
  ]);

  it("has moments as computed by hand", () => {
    expect(meanBytes(sizes)).toBe(2.5);
    // min(X, 2): half of mean 1, half 2.
    expect(meanBytes(sizes, 2)).toBe(1.5);
    // E[X^2]: half of 4/3, half of (6^3 - 2^3) / (3 x 4).
    expect(meanSquare(sizes)).toBeCloseTo(0.5 * (4 / 3) + 0.5 * (208 / 12), 12);
    expect(meanSquare(sizes, 2)).toBeCloseTo(0.5 * (4 / 3) + 0.5 * 4, 12);
  });

  it("has quantiles that are the inverse of its shares", () => {
    expect([0, 0.25, 0.5, 0.75].map((u) => sizeAt(sizes, u))).toEqual([0, 1, 2, 4]);
    expect([0, 1, 2, 4, 6, 9].map((x) => shareBelow(sizes, x))).toEqual([0, 0.25, 0.5, 0.75, 1, 1]);
  });

  it("is mixed by shares", () => {
    const other = sizesFrom([
      [1, 0],
      [3, 1],
    ]);
    const mix = mixSizes(sizes, other, 0.25);
    expect(meanBytes(mix)).toBeCloseTo(0.25 * 2.5 + 0.75 * 2, 12);
    expect(shareBelow(mix, 2)).toBeCloseTo(0.25 * 0.5 + 0.75 * 0.5, 12);
  });

  it("is found again in its own draws", () => {
    const web = publishedSizes("web-search");
    const draws = Float64Array.from({ length: 20_000 }, (_, i) => sizeAt(web, (i + 0.5) / 20_000));
    const measured = measuredSizes(draws);
    expect(meanBytes(measured) / meanBytes(web)).toBeCloseTo(1, 1);
    expect(shareBelow(measured, 1e6)).toBeCloseTo(0.7, 2);
  });

  it("is measured with the mean, the least and the largest of every sample", () => {
    const size = fc.oneof(
      fc.constantFrom(1, 5, 5.000001, 1e5),
      fc.integer({ min: 1, max: 50 }),
      fc.double({ min: -9, max: 12, noNaN: true }).map((log) => 10 ** log),
    );
    fc.assert(
      fc.property(fc.array(size, { minLength: 1, maxLength: 300 }), (sample) => {
        const measured = measuredSizes(sample);
        const [least, most] = [Math.min(...sample), Math.max(...sample)];
        // Each of 13 groups may be moved by two of its millionths.
        expect(Math.abs(meanBytes(measured) / meanOf(sample) - 1)).toBeLessThan(3e-5);
        expect(shareBelow(measured, least * (1 - 1e-5))).toBe(0);
        expect(shareBelow(measured, most * (1 + 3e-5))).toBe(1);
      }),
    );
  });

  it.each(["web-search", "data-mining", "key-value"])(
    "of measured %s flows has their means on one link",
    (name) => {
      const { bytes } = generateFlows(publishedSizes(name), bigSwitch(2), { flows: 1500, pairs: "one" });
      // The sample itself: a step between any two sizes.
      const sorted = bytes.slice().sort();
      const exact = sizesFrom([[0, 0], ...Array.from(sorted, (size, i) => [size, (i + 1) / 1500] as const)]);
      const measured = measuredSizes(bytes);
      for (const discipline of ["fb", "srpt"] as const) {
        const wanted = oneLink(exact, 0.8, discipline);
        const found = oneLink(measured, 0.8, discipline);
        expect(found.slowdown / wanted.slowdown).toBeCloseTo(1, 1);
        expect(found.completionTime / wanted.completionTime).toBeCloseTo(1, 1);
      }
    },
  );

  it("may have sizes that no flow has, as a mix of small and large flows", () => {
    const small = sizesFrom([
      [100, 0],
      [200, 1],
    ]);
    const large = sizesFrom([
      [1e6, 0],
      [3e6, 1],
    ]);
    const mix = mixSizes(small, large, 0.25);
    expect(meanBytes(mix)).toBeCloseTo(0.25 * 150 + 0.75 * 2e6, 6);
    expect([200, 5e5, 1e6].map((x) => shareBelow(mix, x))).toEqual([0.25, 0.25, 0.25]);
    const drawn = generateFlows(mix, bigSwitch(2), { flows: 2000 }).bytes;
    expect(drawn.filter((size) => size > 200 && size < 1e6)).toHaveLength(0);
    expect(drawn.filter((size) => size < 200).length / 2000).toBeCloseTo(0.25, 1);
    // A threshold anywhere between the two kinds of flows makes nearly no difference.
    const [early, late] = [1e3, 1e4].map(
      (bytes) => oneLink(mix, 0.8, "mlfq", { thresholds: [bytes] }).slowdown,
    );
    expect(early / late).toBeCloseTo(1, 2);
  });

  it("says nothing of sizes below the least and above the largest", () => {
    const table = [
      [0, 0],
      [1, 0],
      [2, 1],
      [3, 1],
    ] as const;
    expect(sizesFrom(table).bytes).toEqual(Float64Array.of(1, 2));
  });

  it("has the published means and squared coefficients of variation", () => {
    const published = [
      ["web-search", 1_711_250, 5.3722],
      ["data-mining", 12_658_199, 45.8293],
      ["key-value", 342.235, 53.0521],
    ] as const;
    for (const [name, mean, scv] of published) {
      const found = publishedSizes(name);
      expect(meanBytes(found) / mean).toBeCloseTo(1, 6);
      expect(meanSquare(found) / meanBytes(found) ** 2 - 1).toBeCloseTo(scv, 3);
    }
  });

  it.each([
    [() => publishedSizes("web-serch"), /web-search/],
    [() => sizesFrom([[0, 0]]), /list of rows/],
    [
      () =>
        sizesFrom([
          [0, 0],
          [1, 0.5],
          [1, 1],
        ]),
      /row 2/,
    ],
    [
      () =>
        sizesFrom([
          [0, 0.1],
          [1, 1],
        ]),
      /begin with 0/,
    ],
    [() => mixSizes(sizes, sizes, 1), /part of mixSizes is 1/],
  ])("refuses nonsense: %s", (make, message) => {
    expect(make).toThrow(message);
  });
});

describe("generated flows", () => {
  const web = publishedSizes("web-search");
  const network = bigSwitch(8);

  it("need the given share of the uplinks, between different servers", () => {
    const flows = generateFlows(web, network, { load: 0.6, flows: 40_000, seed: 2 });
    const bytes = flows.bytes.reduce((sum, size) => sum + size, 0);
    const last = flows.arrival[flows.arrival.length - 1];
    expect(bytes / (last * 8 * network.up[0])).toBeCloseTo(0.6, 1);
    const counts = new Float64Array(64);
    flows.source.forEach((source, f) => counts[8 * source + flows.target[f]]++);
    counts.forEach((count, pair) => {
      if (pair % 9 === 0) expect(count).toBe(0);
      // 40,000 flows over 56 pairs: 714 each, standard deviation 26.
      else expect(Math.abs(count - 714)).toBeLessThan(6 * 26);
    });
  });

  it("are the same for the same seed, and at another load the same but for their times", () => {
    const make = (load: number) => generateFlows(web, network, { load, flows: 100, seed: 3 });
    expect(make(0.5)).toEqual(make(0.5));
    expect(make(0.8).bytes).toEqual(make(0.5).bytes);
    expect(make(0.8).target).toEqual(make(0.5).target);
    expect(make(1).arrival[99]).toBeCloseTo(make(0.5).arrival[99] / 2, 12);
  });

  it("arrive before the given time", () => {
    const { arrival } = generateFlows(web, network, { load: 0.5, seconds: 2 });
    expect(arrival[arrival.length - 1]).toBeLessThan(2);
    expect(arrival.length).toBeGreaterThan(400);
  });

  it("refuse a load of 0, and both or neither of flows and seconds", () => {
    expect(() => generateFlows(web, network, { load: 0, flows: 1 })).toThrow(/load of generateFlows is 0/);
    expect(() => generateFlows(web, network, { load: 0.5 })).toThrow(/either flows or seconds/);
  });
});
