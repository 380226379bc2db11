import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { erlangB, poolBlocking, poolSize } from "../../../src/systems/cloud-ran/index.js";
import { referenceTables } from "./reference.js";

/** The sum over all states of two base stations, written out. */
function blockingOfTwo(sessions: number, load: number, servers: number): number {
  let all = 0;
  let blocked = 0;
  const weight = (n: number): number => (n === 0 ? 1 : (weight(n - 1) * load) / n);
  for (let a = 0; a <= sessions; a++)
    for (let b = 0; b <= sessions && a + b <= servers; b++) {
      const p = weight(a) * weight(b);
      all += p;
      // Half of the arrivals are for the first base station.
      if (a + b === servers) blocked += p;
      else blocked += (p * (Number(a === sessions) + Number(b === sessions))) / 2;
    }
  return blocked / all;
}

describe("poolBlocking", () => {
  it("is Erlang's formula for one base station, up to its sessions", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0.1, max: 80, noNaN: true }),
        (sessions, load) => {
          const blocking = poolBlocking({ stations: 1, sessions, load });
          blocking.forEach((blocked, servers) => {
            expect(blocked).toBeCloseTo(erlangB(servers, load), 10);
          });
        },
      ),
    );
  });

  it("is the sum over all states for two base stations", () => {
    const blocking = poolBlocking({ stations: 2, sessions: 5, load: 2.5 });
    for (let servers = 0; servers <= 10; servers++)
      expect(blocking[servers]).toBeCloseTo(blockingOfTwo(5, 2.5, servers), 12);
  });

  it("falls with every server, to the blocking of the base stations alone", () => {
    const blocking = poolBlocking({ stations: 50, sessions: 28, load: 16 });
    expect(blocking.every((blocked, n) => n === 0 || !(blocked > blocking[n - 1] + 1e-12))).toBe(true);
    expect(blocking[blocking.length - 1]).toBeCloseTo(erlangB(28, 16), 10);
  });
});

describe("poolBlocking of many base stations", () => {
  it("is that of the normal approximation: blocking falls to its target near the mean of the sum", () => {
    const { servers, share } = poolSize({ stations: 1000, sessions: 100, load: 60 }, 1e-3);
    // Mean 60 a station, variance 60: 3.1 standard deviations of the sum hold all but 1 in 1000.
    expect(servers).toBeGreaterThan(60_000);
    expect(servers).toBeLessThan(60_000 + 3.1 * Math.sqrt(60_000));
    expect(share).toBe(servers / 100_000);
  });

  it("is NaN where a double cannot tell, and a target there is refused", () => {
    const pool = { stations: 2000, sessions: 60, load: 40 };
    const blocking = poolBlocking(pool);
    expect(blocking[1000]).toBeNaN();
    expect(blocking[79_000]).toBeGreaterThan(0);
    expect(() => poolSize(pool, 0.9)).toThrow(
      "target is 0.9: for this number of base stations, blocking above 0.",
    );
  });
});

describe("poolSize", () => {
  it("refuses a target that no pool meets", () => {
    expect(() => poolSize({ stations: 3, sessions: 2, load: 4 }, 0.1)).toThrow(
      "base stations with 2 sessions block more than 0.1 of a load of 4",
    );
    expect(() => poolSize({ stations: 0, sessions: 2, load: 4 }, 0.1)).toThrow(
      "invalid stations of a pool: 0",
    );
    expect(() => poolSize({ stations: 1, sessions: 2, load: 1 }, 2)).toThrow("invalid target of poolSize: 2");
  });
});

const tables = referenceTables("vbs-pool.csv");

describe.skipIf(tables.length === 0)("the reference's pools", () => {
  it.each(tables)("%s", (_, rows) => {
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      const [stations, sessions, load, target] = ["M", "K", "a", "target_blocking"].map((key) =>
        Number(row[key]),
      );
      const { servers, share, gain, greatestGain } = poolSize({ stations, sessions, load }, target);
      expect(servers, JSON.stringify(row)).toBe(Number(row.N_min));
      expect(share).toBeCloseTo(Number(row.N_over_MK), 4);
      expect(gain).toBeCloseTo(Number(row.pooling_gain), 4);
      expect(greatestGain).toBeCloseTo(Number(row.max_gain), 4);
      expect(gain / greatestGain).toBeCloseTo(Number(row.share_of_max), 3);
    }
  });
});
