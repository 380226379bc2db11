import { describe, expect, it } from "vitest";
import {
  highestRate,
  bitsPerElement,
  bitsPerSymbol,
  blockBits,
  mcsOfLoad,
  processingTime,
} from "../../../src/systems/cloud-ran/index.js";

describe("tables of 3GPP", () => {
  it("has the modulations of TS 36.213, table 7.1.7.1-1", () => {
    const bits = Array.from({ length: 28 }, (_, mcs) => bitsPerSymbol(mcs));
    expect(bits.join("")).toBe("2".repeat(10) + "4".repeat(7) + "6".repeat(11));
  });

  it("has the sizes of table 7.1.7.2.1-1 for 50 blocks: MCS 9 and 10, 16 and 17 have the same", () => {
    expect([0, 9, 10, 16, 17, 24, 25, 27].map(blockBits)).toEqual([
      1384, 7992, 7992, 15264, 15264, 27376, 28336, 31704,
    ]);
    expect(bitsPerElement(27)).toBeCloseTo(3.774286, 6);
  });

  it("refuses an MCS beyond the table", () => {
    expect(() => bitsPerSymbol(28)).toThrow("invalid mcs of subframes: 28; it must be at most 27");
    expect(() => blockBits(1.5)).toThrow("invalid mcs of subframes: 1.5");
  });
});

describe("processingTime", () => {
  it("is RT-OPEX's regression", () => {
    // 28.4 + 93 * 2 + 43.9 * 6 + 96.8 * 2 * 31704 / 8400
    expect(processingTime(27, { antennas: 2, iterations: 2 })).toBeCloseTo(1208.5017, 4);
    // 28.4 + 93 + 43.9 * 2 + 96.8 * 1384 / 8400
    expect(processingTime(0, { antennas: 1, iterations: 1 })).toBeCloseTo(225.149, 3);
  });

  it.each([
    [2, 31.704],
    [4, 15.264],
    [6, 7.992],
    [8, 0],
  ])("with one iteration and 845 us, %i antennas carry %f Mbit/s", (antennas, rate) => {
    expect(highestRate({ antennas, iterations: 1, time: 845 })).toBe(rate);
  });
});

describe("decoding time of an iteration", () => {
  it("is that of RT-OPEX's program, gd_sched_global.c at 4bd3993, to its printed digit, but for MCS 20", () => {
    const printed = [
      ...[15.9, 20.7, 25.5, 32.9, 41.8, 50.6, 59.5, 71.4, 80.3, 92.1, 92.1, 100.9, 114.2, 131.9],
      ...[149.3, 162.6, 175.9, 175.9, 189.2, 211.3, 224.5, 246.4, 264.1, 293.4, 315.5, 326.5, 352.4, 365.4],
    ];
    printed.forEach((time, mcs) => {
      // The program has 19484 bits where table 7.1.7.2.1-1 has 19848.
      const bits = mcs === 20 ? 19484 : blockBits(mcs);
      expect(Math.abs((96.8 * bits) / 8400 - time)).toBeLessThan(0.0501);
    });
    expect(blockBits(20)).toBe(19848);
  });
});

describe("mcsOfLoad", () => {
  it("is floor(27 load / peak)", () => {
    expect([0, 0.03, 0.04, 0.5, 0.999, 1, 1.5].map((load) => mcsOfLoad(load, 1))).toEqual([
      0, 0, 1, 13, 26, 27, 27,
    ]);
    expect(() => mcsOfLoad(-1, 1)).toThrow("invalid load -1");
    expect(() => mcsOfLoad(1, 0)).toThrow("peak 0");
  });
});
