import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { gini } from "../../src/metrics/gini.js";
import { createGiniIndex } from "../../src/metrics/gini-index.js";
import { randomStream } from "../../src/base/random.js";

const machines = fc.array(
  fc.record({ load: fc.double({ min: 0, max: 1, noNaN: true }), capacity: fc.constantFrom(0.25, 0.5, 1) }),
  { minLength: 2, maxLength: 40 },
);
const fraction = fc.double({ min: 0, max: 1, noNaN: true });

/** D by definition. */
function difference(values: readonly number[]): number {
  let sum = 0;
  values.forEach((x, i) => {
    values.slice(i + 1).forEach((y) => (sum += Math.abs(x - y)));
  });
  return sum;
}

describe("createGiniIndex", () => {
  it("agrees with a recomputation, with equal and unequal capacities", () => {
    fc.assert(
      fc.property(machines, fc.boolean(), fc.nat(), fc.nat(), fraction, (list, equal, i, j, part) => {
        const values = list.map((m) => m.load);
        fc.pre(values.reduce((x, y) => x + y) > 0.01);
        const capacities = list.map((m) => (equal ? 0.5 : m.capacity));
        const [a, b] = [i % list.length, j % list.length];
        const cpu = part * values[a] * capacities[a];
        const index = createGiniIndex(values, capacities);
        const after = [...values];
        after[a] -= cpu / capacities[a];
        after[b] += cpu / capacities[b];
        after[a] = Math.max(0, after[a]);
        fc.pre(after.reduce((x, y) => x + y) > 0.01);
        expect(Math.abs(index.gini() - gini(values))).toBeLessThan(1e-12);
        expect(Math.abs(index.delta(a, b, cpu) - (gini(after) - gini(values)))).toBeLessThan(1e-12);
        const change = difference(after) - difference(values);
        expect(Math.abs(index.differenceDelta(a, b, cpu) - change)).toBeLessThan(1e-11);
      }),
      { numRuns: 500 },
    );
  });

  it("stays exact after thousands of moves", () => {
    const random = randomStream(7, "policy");
    const values = Array.from({ length: 300 }, () => random());
    const index = createGiniIndex(values);
    for (let k = 0; k < 5000; k++) {
      const a = Math.floor(random() * 300);
      const b = Math.floor(random() * 300);
      if (a === b) continue;
      if (k % 10 === 0) {
        values[a] = random();
        index.set(a, values[a]);
        continue;
      }
      const cpu = random() * values[a];
      const expected = index.gini() + index.delta(a, b, cpu);
      values[a] -= cpu;
      values[b] += cpu;
      index.move(a, b, cpu);
      if (Math.abs(index.gini() - expected) > 1e-12)
        expect.fail(`move ${k}: ${index.gini()}, not ${expected}`);
    }
    expect(Math.abs(index.gini() - gini(values))).toBeLessThan(1e-12);
    expect(values.map((_, m) => index.value(m))).toEqual(values);
  });

  it("agrees with a move by hand", () => {
    const index = createGiniIndex([1, 0.5, 0]);
    // D = 0.5 + 1 + 0.5 = 2, S = 1.5; after moving 0.5 from 0 to 2 all are equal.
    expect(index.difference()).toBe(2);
    expect(index.gini()).toBeCloseTo(4 / 9, 15);
    expect(index.differenceDelta(0, 2, 0.5)).toBe(-2);
    expect(index.delta(0, 2, 0.5)).toBeCloseTo(-4 / 9, 15);
    expect([0, 1, 2].map((m) => index.rank(m))).toEqual([2, 1, 0]);
    index.move(0, 2, 0.5);
    expect(index.gini()).toBe(0);
  });

  it("counts CPU by capacity: 0.5 CPU is half of a machine of 1 and all of a machine of 0.5", () => {
    const index = createGiniIndex([1, 0], [1, 0.5]);
    index.move(0, 1, 0.5);
    expect([index.value(0), index.value(1)]).toEqual([0.5, 1]);
    expect(index.gini()).toBeCloseTo(0.5 / 3, 15);
  });

  it("leaves out machines without capacity", () => {
    const index = createGiniIndex([0.5, NaN, 0.25], [1, 0, 1]);
    expect(index.machines).toBe(2);
    expect(index.gini()).toBe(gini([0.5, 0.25]));
    expect(index.value(1)).toBeNaN();
    expect(index.delta(0, 1, 0.1)).toBeNaN();
    expect(index.delta(1, 0, 0.1)).toBeNaN();
    expect(() => {
      index.move(0, 1, 0.1);
    }).toThrow("after the move is NaN");
    expect(() => {
      index.set(1, 0.1);
    }).toThrow("machine 1 has no capacity");
    expect(index.gini()).toBe(gini([0.5, 0.25]));
  });

  it("does nothing from a machine to itself, and is undefined without load", () => {
    const index = createGiniIndex([0.5, 0.25]);
    const before = index.gini();
    expect(index.delta(0, 0, 0.5)).toBe(0);
    index.move(0, 0, 0.5);
    expect(index.gini()).toBe(before);
    expect(createGiniIndex([0, 0]).gini()).toBeNaN();
    expect(createGiniIndex([]).gini()).toBeNaN();
  });

  it("refuses impossible moves and values", () => {
    expect(() => createGiniIndex([-1])).toThrow(InputError);
    expect(() => createGiniIndex([1], [1, 1])).toThrow(InputError);
    const index = createGiniIndex([0.5, 0.25]);
    expect(() => {
      index.move(0, 1, 0.6);
    }).toThrow("move of 0.6 CPU from machine 0 exceeds its load");
    expect(() => {
      index.set(0, NaN);
    }).toThrow(InputError);
    expect(index.value(0)).toBe(0.5);
  });
});
