import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { preCopy } from "../../src/cluster/migration-cost.js";

const MB = 1e6;

describe("preCopy", () => {
  it("sends memory once where nothing is written", () => {
    expect(preCopy({ memory: 1000, bandwidth: 100, dirtyRate: 0 })).toEqual({
      bytes: 1000,
      seconds: 10,
      downtime: 0,
    });
  });

  it("stops when the rest fits the downtime goal: 4096 MB at 119 MB/s, 20 MB/s written, 30 ms", () => {
    // Left after each round: 688.4, 115.7, 19.4, 3.27 MB; 3.27 < 119 * .03 = 3.57.
    const cost = preCopy({ memory: 4096 * MB, bandwidth: 119 * MB, dirtyRate: 20 * MB, downtimeGoal: 0.03 });
    const lambda = 20 / 119;
    expect(cost.bytes).toBeCloseTo((4096 * MB * (1 - lambda ** 5)) / (1 - lambda), 0);
    expect(cost.bytes / MB).toBeCloseTo(4923, 0);
    expect(cost.seconds).toBeCloseTo(41.4, 1);
    expect(cost.downtime).toBeCloseTo(0.0275, 4);
  });

  it("gives up after one round where it writes faster than it sends", () => {
    expect(preCopy({ memory: 100, bandwidth: 10, dirtyRate: 20 })).toEqual({
      bytes: 200,
      seconds: 20,
      downtime: 10,
    });
  });

  it("never leaves more dirty than the working set", () => {
    const cost = preCopy({ memory: 100, bandwidth: 10, dirtyRate: 20, workingSet: 30 });
    // Rounds: 100, then 30 again and again makes no progress: stop after the second.
    expect(cost).toEqual({ bytes: 160, seconds: 16, downtime: 3 });
  });

  it("agrees with the closed form for any number of rounds", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e12, noNaN: true }),
        fc.double({ min: 0.01, max: 0.95, noNaN: true }),
        fc.integer({ min: 1, max: 20 }),
        (memory, lambda, rounds) => {
          const cost = preCopy({
            memory,
            bandwidth: 1e8,
            dirtyRate: lambda * 1e8,
            downtimeGoal: 0,
            maxRounds: rounds,
          });
          const closed = (memory * (1 - lambda ** (rounds + 1))) / (1 - lambda);
          expect(cost.bytes / closed).toBeCloseTo(1, 10);
        },
      ),
    );
  });
});
