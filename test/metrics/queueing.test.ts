import { randomExponential } from "d3-random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { quantileOfSorted } from "../../src/metrics/statistics.js";
import {
  erlangB,
  erlangC,
  LEAST_EFFECTIVE,
  lcTail,
  LOAD_LIMIT,
  meanWait,
  quietLoad,
  responseQuantileMm1,
  waitQuantile,
  waitTail,
} from "../../src/metrics/queueing.js";
import { randomStream } from "../../src/base/random.js";

/** Erlang C by definition: sums of a^k / k!. */
function erlangCBySum(m: number, a: number): number {
  let term = 1;
  let sum = 0;
  for (let k = 0; k < m; k++) {
    sum += term;
    term *= a / (k + 1);
  }
  const waiting = (term * m) / (m - a);
  return waiting / (sum + waiting);
}

/**
 * Waits of a simulated M/M/m queue, from the time at which each server becomes free; the first tenth is
 * dropped.
 */
function simulatedWaits(servers: number, rho: number, arrivals: number): Float64Array {
  const random = randomStream(11, "noise", servers);
  const between = randomExponential.source(random)(servers * rho);
  const service = randomExponential.source(random)(1);
  const freeAt = new Float64Array(servers);
  const waits = new Float64Array(arrivals);
  let now = 0;
  for (let i = 0; i < arrivals; i++) {
    now += between();
    const server = freeAt.indexOf(Math.min(...freeAt));
    const begin = Math.max(now, freeAt[server]);
    waits[i] = begin - now;
    freeAt[server] = begin + service();
  }
  return waits.subarray(arrivals / 10);
}

describe("erlangB", () => {
  it("is the recursion's value by hand", () => {
    expect(erlangB(0, 3)).toBe(1);
    expect(erlangB(3, 0)).toBe(0);
    // 1 server, load 1: 1/2; 2 servers: (1/2)/(1 + 1 + 1/2) = 1/5.
    expect(erlangB(1, 1)).toBe(0.5);
    expect(erlangB(2, 1)).toBeCloseTo(0.2, 15);
    for (const servers of [1.5, -1, NaN]) expect(() => erlangB(servers, 1)).toThrow(InputError);
    for (const load of [-1, NaN, Infinity]) expect(() => erlangB(2, load)).toThrow("offered load");
  });
});

describe("erlangC", () => {
  it("agrees with the direct sum for up to 64 servers", () => {
    for (let m = 1; m <= 64; m++) {
      for (const rho of [0.01, 0.3, 0.6, 0.8, 0.95, 0.999]) {
        expect(erlangC(m, m * rho) / erlangCBySum(m, m * rho)).toBeCloseTo(1, 10);
      }
    }
  });

  it("is rho for one server, 1/3 for two at one erlang, 1 in overload", () => {
    for (const rho of [0, 0.1, 0.5, 0.99]) expect(erlangC(1, rho)).toBeCloseTo(rho, 14);
    expect(erlangC(2, 1)).toBeCloseTo(1 / 3, 15);
    expect(erlangC(4, 4)).toBe(1);
    expect(erlangC(4, 9)).toBe(1);
    expect(erlangC(5000, 4900)).toBeGreaterThan(0);
  });

  it("refuses half a server and negative load", () => {
    for (const servers of [0, 1.5, -1, NaN]) expect(() => erlangC(servers, 0.1)).toThrow(InputError);
    expect(() => erlangC(2, -1)).toThrow("offered load is -1");
    expect(() => erlangC(2, NaN)).toThrow(InputError);
  });
});

describe("meanWait", () => {
  it("is the closed form of M/M/1 and of M/G/1", () => {
    for (const rho of [0.1, 0.5, 0.9]) {
      expect(meanWait(1, rho)).toBeCloseTo(rho / (1 - rho), 12);
      // Pollaczek-Khinchine with C_s^2 = 4 and E[S] = 2.
      const expected = (rho * 2 * (1 + 4)) / (2 * (1 - rho));
      expect(meanWait(1, rho, { serviceTime: 2, variability: (1 + 4) / 2 })).toBeCloseTo(expected, 12);
    }
  });

  it("is 1/3 of a service time in M/M/2 at utilization 0.5, and none without load or variability", () => {
    expect(meanWait(2, 0.5)).toBeCloseTo(1 / 3, 14);
    expect(meanWait(2, 0)).toBe(0);
    expect(meanWait(2, 0.5, { variability: 0 })).toBe(0);
    expect(meanWait(2, 1)).toBe(Infinity);
    expect(meanWait(2, 1.2, { variability: 0 })).toBe(Infinity);
    expect(() => meanWait(2, -0.1)).toThrow(InputError);
    expect(() => meanWait(2, 0.1, { variability: -1 })).toThrow(InputError);
  });
});

describe("waitTail and waitQuantile", () => {
  it("the tail integrates to the mean", () => {
    for (const [m, rho, variability] of [
      [1, 0.5, 1],
      [4, 0.8, 1],
      [16, 0.95, 2.5],
    ] as const) {
      const mean = meanWait(m, rho, { variability });
      const width = mean / 500;
      let area = 0;
      for (let t = width / 2; t < 60 * mean; t += width) area += waitTail(m, rho, t, { variability }) * width;
      expect(area / mean).toBeCloseTo(1, 4);
    }
  });

  it("are inverse functions where arrivals wait", () => {
    const unit = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), unit, unit, (m, rho, q) => {
        const t = waitQuantile(m, rho, q);
        if (t > 0) expect(waitTail(m, rho, t)).toBeCloseTo(1 - q, 10);
        else expect(waitTail(m, rho, 0)).toBeLessThanOrEqual(1 - q);
      }),
    );
  });

  it("match a simulated M/M/3 queue at utilization 0.8", () => {
    const waits = simulatedWaits(3, 0.8, 400_000);
    expect(waits.reduce((a, b) => a + b) / waits.length / meanWait(3, 0.8)).toBeCloseTo(1, 1);
    expect(Math.abs(waits.filter((w) => w > 0).length / waits.length - erlangC(3, 2.4))).toBeLessThan(0.02);
    waits.sort();
    for (const q of [0.5, 0.9, 0.99]) {
      expect(Math.abs(quantileOfSorted(waits, q) / waitQuantile(3, 0.8, q) - 1)).toBeLessThan(0.06);
    }
  });

  it("handle queues in which no arrival or every arrival waits", () => {
    expect(waitTail(2, 0.5, 0, { variability: 0 })).toBe(0);
    expect(waitTail(2, 0.5, -1)).toBe(1);
    expect(waitTail(2, 1, 5)).toBe(1);
    expect(waitQuantile(2, 0, 0.99)).toBe(0);
    expect(waitQuantile(2, 1, 0.99)).toBe(Infinity);
    expect(() => waitQuantile(2, 0.5, 1)).toThrow("quantile is 1");
  });
});

describe("responseQuantileMm1", () => {
  it("is 4.605 / (1 - rho) service times at the 99th percentile", () => {
    expect(responseQuantileMm1(0.5, 0.99)).toBeCloseTo(2 * Math.log(100), 12);
    expect(responseQuantileMm1(0.9, 0.99, 3)).toBeCloseTo(30 * Math.log(100), 10);
    expect(responseQuantileMm1(1, 0.99)).toBe(Infinity);
  });

  it("exceeds the wait's quantile by ln(1/rho) / (1 - rho) service times", () => {
    const difference = responseQuantileMm1(0.8, 0.99) - waitQuantile(1, 0.8, 0.99);
    expect(difference).toBeCloseTo(-Math.log(0.8) / 0.2, 12);
  });
});

describe("quietLoad", () => {
  it("is (1 - q) erlangs for one server", () => {
    expect(quietLoad(1, 0.99)).toBeCloseTo(0.01, 10);
  });

  it("changes no tail, even for loads very close to it", () => {
    const near = fc.oneof(
      fc.double({ min: 0, max: 2, noNaN: true }),
      fc.double({ min: 1 - 1e-8, max: 1 + 1e-8, noNaN: true }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 64 }),
        fc.constantFrom(0.5, 0.9, 0.99, 0.999),
        near,
        (cores, q, part) => {
          const quiet = quietLoad(cores, q);
          const input = {
            cores,
            load: (part * quiet) / cores,
            capacity: 1,
            effectiveCapacity: 1,
            quantile: q,
          };
          expect(lcTail({ ...input, quiet })).toBe(lcTail(input));
        },
      ),
    );
  });

  it("still refuses a negative load", () => {
    const input = { cores: 2, load: -1, capacity: 1, effectiveCapacity: 1, quantile: 0.99, quiet: 1 };
    expect(() => lcTail(input)).toThrow(InputError);
  });
});

describe("lcTail", () => {
  const machine = { cores: 8, capacity: 0.5, effectiveCapacity: 0.5, quantile: 0.99 };

  it("agrees with one core by hand, undisturbed and with a fifth of the capacity lost", () => {
    const core = { cores: 1, load: 0.5, capacity: 1, quantile: 0.99 };
    expect(lcTail({ ...core, effectiveCapacity: 1 })).toBeCloseTo(1 + 2 * Math.log(50), 12);
    // E[S] 1.25, rho 0.625, wait 1.25 / 0.375 x ln(62.5).
    expect(lcTail({ ...core, effectiveCapacity: 0.8 })).toBeCloseTo(
      1.25 + (1.25 / 0.375) * Math.log(62.5),
      12,
    );
    const bursty = lcTail({ ...core, effectiveCapacity: 1, variability: 2 });
    expect(bursty).toBeCloseTo(1 + 4 * Math.log(50), 12);
  });

  it("is the stretch plus the wait quantile", () => {
    const expected = 1.25 + waitQuantile(8, 0.35 / 0.4, 0.99, { serviceTime: 1.25 });
    expect(lcTail({ ...machine, load: 0.35, effectiveCapacity: 0.4 })).toBeCloseTo(expected, 12);
  });

  it("is 1 on an idle machine, and only the stretch if almost no arrival waits", () => {
    expect(lcTail({ ...machine, load: 0 })).toBe(1);
    expect(lcTail({ ...machine, load: 0.01, effectiveCapacity: 0.4 })).toBe(1.25);
  });

  it("grows with load and with lost capacity, and is always finite", () => {
    const part = fc.double({ min: 0, max: 2, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 32 }), part, part, part, part, (cores, l1, l2, c1, c2) => {
        const [low, high] = [Math.min(l1, l2), Math.max(l1, l2)];
        const [less, more] = [Math.min(c1, c2), Math.max(c1, c2)];
        const tail = (load: number, effectiveCapacity: number): number =>
          lcTail({ cores, load, capacity: 1, effectiveCapacity, quantile: 0.95 });
        expect(tail(high, more)).toBeGreaterThanOrEqual(tail(low, more) - 1e-9);
        expect(tail(low, less)).toBeGreaterThanOrEqual(tail(low, more) - 1e-9);
        expect(Number.isFinite(tail(high, less))).toBe(true);
        expect(tail(low, more)).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it("limits utilization and effective capacity", () => {
    const limit = lcTail({ ...machine, load: LOAD_LIMIT * 0.5 });
    expect(lcTail({ ...machine, load: 3 })).toBeCloseTo(limit, 10);
    const least = lcTail({ ...machine, load: 0.1, effectiveCapacity: LEAST_EFFECTIVE * 0.5 });
    expect(lcTail({ ...machine, load: 0.1, effectiveCapacity: -1 })).toBe(least);
    expect(lcTail({ ...machine, load: 0.3, effectiveCapacity: 9 })).toBe(lcTail({ ...machine, load: 0.3 }));
  });

  it("refuses half a core and a quantile of 1", () => {
    expect(() => lcTail({ ...machine, cores: 7.5, load: 0.1 })).toThrow(InputError);
    expect(() => lcTail({ ...machine, quantile: 1, load: 0.1 })).toThrow(InputError);
  });
});
