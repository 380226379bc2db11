import { describe, expect, it } from "vitest";
import {
  highestRate,
  bitsPerElement,
  bitsPerSymbol,
  blockBits,
  CLOUD_RAN_MODEL,
  mcsOfLoad,
  processingTime,
} from "../../../src/systems/cloud-ran/index.js";
import { resolveParameters } from "../../../src/base/parameters.js";

const model = resolveParameters("model", CLOUD_RAN_MODEL);

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
    expect(() => bitsPerSymbol(28)).toThrow("invalid MCS: 28; give a whole number from 0 to 27");
    expect(() => blockBits(1.5)).toThrow("invalid MCS: 1.5");
  });
});

describe("processingTime", () => {
  it("is RT-OPEX's regression", () => {
    // 28.4 + 93 * 2 + 43.9 * 6 + 96.8 * 2 * 31704 / 8400
    expect(processingTime(27, { antennas: 2, iterations: 2 }, model)).toBeCloseTo(1208.5017, 4);
    // 28.4 + 93 + 43.9 * 2 + 96.8 * 1384 / 8400
    expect(processingTime(0, { antennas: 1, iterations: 1 }, model)).toBeCloseTo(225.149, 3);
  });

  it.each([
    [2, 31.704],
    [4, 15.264],
    [6, 7.992],
    [8, 0],
  ])("with one iteration and 845 us, %i antennas carry %f Mbit/s", (antennas, rate) => {
    expect(highestRate(antennas, { iterations: 1, time: 845 })).toBe(rate);
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
