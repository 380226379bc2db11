import { describe, expect, it } from "vitest";
import {
  minimumMigrationTime,
  minimumUtilization,
} from "../../../src/systems/cloudsim-planetlab/selection.js";
import { small } from "./small.js";

const datacenter = small(2, [
  { mips: 1000, demand: 100, host: 0, memory: 1740 },
  { mips: 2500, demand: 200, host: 0, memory: 870 },
  { mips: 500, demand: 450, host: 0, memory: 613 },
  { mips: 500, demand: 40, host: 0, memory: 613 },
]);

describe("minimumMigrationTime", () => {
  it("selects the least memory, the first of equals", () => {
    expect(minimumMigrationTime(datacenter, 0)).toBe(2);
  });
  it("is -1 on an empty host", () => {
    expect([minimumMigrationTime(datacenter, 1), minimumUtilization(datacenter, 1)]).toEqual([-1, -1]);
  });
});

describe("minimumUtilization", () => {
  it("selects the least share of the VM's own MIPS, the first of equals", () => {
    // The shares are 0.1, 0.08, 0.9, 0.08.
    expect(minimumUtilization(datacenter, 0)).toBe(1);
  });
});
