import { describe, expect, it } from "vitest";
import { ML110_G4, ML110_G5, tablePower } from "../../../src/metrics/energy.js";
import { migrationSeconds, specPower } from "../../../src/systems/cloudsim-planetlab/hardware.js";

describe("migrationSeconds", () => {
  it("is memory over half a link of 1 Gbit/s, 62.5 MB/s", () => {
    expect([613, 870, 1740].map(migrationSeconds)).toEqual([9.808, 13.92, 27.84]);
  });
});

describe("specPower", () => {
  it("is the table at its entries and linear between them", () => {
    expect(specPower(ML110_G4, 0)).toBe(86);
    expect(specPower(ML110_G4, 0.5)).toBe(102);
    // 92.6 at 20 %, 96 at 30 %.
    expect(specPower(ML110_G4, 0.25)).toBeCloseTo(94.3, 12);
    expect(specPower(ML110_G5, 1)).toBe(135);
  });
  it("treats a utilization above 1 as 1", () => {
    expect(specPower(ML110_G4, 1.004)).toBe(117);
  });
  it("agrees with tablePower except for rounding", () => {
    const other = tablePower(ML110_G5);
    for (let percent = 0; percent <= 1000; percent++)
      expect(specPower(ML110_G5, percent / 1000)).toBeCloseTo(other(percent / 1000), 9);
  });
});
