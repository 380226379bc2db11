import { describe, expect, it } from "vitest";
import {
  closeAccounts,
  observeHost,
  observeVm,
  openAccounts,
  serviceLevel,
} from "../../../src/systems/cloudsim-planetlab/accounts.js";
import { CLEAN, CLOUDSIM } from "./small.js";

describe("accounts", () => {
  it("count the time in use, the time with too little CPU, and the shutdowns", () => {
    const books = openAccounts(2, 0);
    observeHost(books, CLOUDSIM, 0, 300, 100, 100);
    observeHost(books, CLOUDSIM, 0, 310, 90, 100);
    observeHost(books, CLOUDSIM, 0, 600, 0, 0);
    observeHost(books, CLOUDSIM, 0, 900, 50, 50);
    observeHost(books, CLOUDSIM, 0, 1000, 0, 0);
    // Host 1 is never used, which counts as one shutdown.
    for (const time of [300, 600, 900]) observeHost(books, CLOUDSIM, 1, time, 0, 0);
    closeAccounts(books);
    expect([books.activeSeconds, books.violatedSeconds, books.shutdowns]).toEqual([10 + 290 + 100, 290, 3]);
    expect(serviceLevel(books).slatahPercent).toBeCloseTo(72.5, 12);
  });

  it("let a second observation at the same time replace the first", () => {
    const books = openAccounts(1, 1);
    observeHost(books, CLOUDSIM, 0, 300, 100, 100);
    observeHost(books, CLOUDSIM, 0, 310, 0, 0);
    observeHost(books, CLOUDSIM, 0, 310, 80, 100);
    observeHost(books, CLOUDSIM, 0, 320, 80, 100);
    observeVm(books, CLOUDSIM, 0, 300, 0, 100, true);
    observeVm(books, CLOUDSIM, 0, 300, 100, 100, false);
    observeVm(books, CLOUDSIM, 0, 320, 100, 100, false);
    closeAccounts(books);
    expect([books.shutdowns, books.violatedSeconds, books.lostToMigration]).toEqual([0, 10, 0]);
  });

  it("give the VMs' losses as shares of their demand", () => {
    const books = openAccounts(1, 1);
    observeVm(books, CLOUDSIM, 0, 0, 900, 1000, true);
    observeVm(books, CLOUDSIM, 0, 10, 500, 1000, false);
    observeVm(books, CLOUDSIM, 0, 20, 1000, 1000, false);
    observeVm(books, CLOUDSIM, 0, 40, 0, 0, false);
    const level = serviceLevel(books);
    expect(level.pdmPercent).toBeCloseTo((100 * 1000) / 40_000, 12);
    expect(level.overallSlaPercent).toBeCloseTo((100 * 6000) / 40_000, 12);
    expect(level.averageSlaPercent).toBeCloseTo(30, 12);
  });

  it("multiply SLATAH and PDM as fractions", () => {
    const books = Object.assign(openAccounts(0, 0), {
      activeSeconds: 100,
      violatedSeconds: 5,
      demanded: 1000,
      lostToMigration: 2,
    });
    expect(serviceLevel(books).slavPercent).toBeCloseTo(0.01, 12);
  });

  it("count rounding errors as violations only in the CloudSim mode", () => {
    for (const [rules, seconds] of [
      [CLOUDSIM, 10],
      [CLEAN, 0],
    ] as const) {
      const books = openAccounts(1, 0);
      observeHost(books, rules, 0, 0, 0.3 - 1e-15, 0.3);
      observeHost(books, rules, 0, 10, 0.3, 0.3);
      expect(books.violatedSeconds).toBe(seconds);
    }
  });

  it("are 0, not NaN, where nothing ran", () => {
    expect(Object.values(serviceLevel(openAccounts(1, 1)))).toEqual([0, 0, 0, 0, 0]);
  });
});
