import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { hashFraction } from "../../src/base/random.js";
import { chooseMachines, keepsUnplaced } from "../../src/workload/subset.js";
import type { MachineColumns } from "../../src/workload/workload.js";

/** Machines in ascending order of id; `down` ones are not up at the start. */
function machinesOf(shapes: readonly [number, number][], down: readonly number[] = []): MachineColumns {
  return {
    id: new BigInt64Array(shapes.map((_, row) => BigInt(10 * row + 5))),
    cpu: Float64Array.from(shapes, ([cpu]) => cpu),
    memory: Float64Array.from(shapes, ([, memory]) => memory),
    up: Uint8Array.from(shapes, (_, row) => (down.includes(row) ? 0 : 1)),
  };
}

const small: [number, number] = [0.5, 0.25];
const middle: [number, number] = [0.5, 0.4995];
const large: [number, number] = [1, 1];
const mixed = machinesOf([small, middle, middle, large, middle, small], [4]);

describe("chooseMachines", () => {
  test("auto takes the most common shape if it has enough machines, else any", () => {
    const three = machinesOf([small, middle, middle, large, middle, small]);
    expect([...chooseMachines(three, { machines: 3 }).rows]).toEqual([1, 2, 4]);
    expect([...chooseMachines(three, { machines: 6 }).rows]).toEqual([0, 1, 2, 3, 4, 5]);
    const four = chooseMachines(three, { machines: 4 });
    expect(four.rows).toHaveLength(4);
    expect(four.fraction).toBeCloseTo(4 / 6, 12);
    expect([...four.rows]).toEqual([...chooseMachines(three, { machines: 4, shape: "any" }).rows]);
  });

  test("a shape given is the only one; a machine that is not up at the start is no candidate", () => {
    const shape = { cpu: 0.5, memory: 0.4995 };
    expect([...chooseMachines(mixed, { machines: 2, shape }).rows]).toEqual([1, 2]);
    expect(() => chooseMachines(mixed, { machines: 3, shape })).toThrow(
      "machines 3: the trace begins with 2 of this shape",
    );
  });

  test("all keeps those too that are not up; by default so does a trace of less than 800", () => {
    for (const options of [{ machines: "all" as const }, {}]) {
      const { rows, isWhole, fraction } = chooseMachines(mixed, options);
      expect([...rows]).toEqual([0, 1, 2, 3, 4, 5]);
      expect({ isWhole, fraction }).toEqual({ isWhole: true, fraction: 1 });
    }
    const ofShape = chooseMachines(mixed, { machines: "all", shape: { cpu: 1, memory: 1 } });
    expect({ ...ofShape, rows: [...ofShape.rows] }).toEqual({ rows: [3], isWhole: false, fraction: 0.2 });
  });

  test("800 machines by default", () => {
    const many = machinesOf(Array.from({ length: 1000 }, (_, row) => (row % 10 === 0 ? large : middle)));
    const { rows, fraction } = chooseMachines(many);
    expect(rows).toHaveLength(800);
    expect(fraction).toBe(0.8);
    expect(rows.every((row) => many.cpu[row] === 0.5)).toBe(true);
  });

  test("picks those with the smallest hash: another seed, another pick", () => {
    const many = machinesOf(Array.from({ length: 50 }, () => middle));
    const expected = [...many.id]
      .sort((a, b) => hashFraction(3, `machine/${a.toString()}`) - hashFraction(3, `machine/${b.toString()}`))
      .slice(0, 10)
      .sort((a, b) => Number(a - b));
    const rows = chooseMachines(many, { machines: 10, seed: 3 }).rows;
    expect([...rows].map((row) => many.id[row])).toEqual(expected);
    expect([...chooseMachines(many, { machines: 10, seed: 4 }).rows]).not.toEqual([...rows]);
  });

  test("a larger pick holds a smaller one", () => {
    const many = machinesOf(Array.from({ length: 60 }, () => middle));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 59 }), fc.integer(), (machines, seed) => {
        const fewer = chooseMachines(many, { machines, seed }).rows;
        const more = new Set(chooseMachines(many, { machines: machines + 1, seed }).rows);
        expect(fewer).toHaveLength(machines);
        expect(fewer.every((row) => more.has(row))).toBe(true);
      }),
    );
  });

  test.each([0, -1, 1.5, NaN, Infinity])("%d machines is an error", (machines) => {
    expect(() => chooseMachines(mixed, { machines })).toThrow(InputError);
    expect(() => chooseMachines(mixed, { machines })).toThrow(/give a whole number of at least 1/);
  });

  test("more machines than there are: the error says how many, by shape", () => {
    expect(() => chooseMachines(mixed, { machines: 6 })).toThrow(
      "machines 6: the trace begins with 5 (2 of cpu 0.5, memory 0.4995; 2 of cpu 0.5, memory 0.25; " +
        '1 of cpu 1, memory 1); give at most that many, or "all"',
    );
  });

  test("an unknown shape: the error lists those there are", () => {
    const shape = { cpu: 0.25, memory: 1 };
    for (const machines of [1, "all" as const, undefined]) {
      expect(() => chooseMachines(mixed, { machines, shape })).toThrow(
        /^unknown machine shape cpu 0\.25, memory 1: the trace has [23] of cpu 0\.5/,
      );
    }
  });
});

describe("keepsUnplaced", () => {
  test("keeps about the share asked for, all of them at 1", () => {
    const kept = (fraction: number): number[] =>
      Array.from({ length: 2000 }, (_, i) => i).filter((i) => keepsUnplaced(1, BigInt(i), 0, fraction));
    expect(kept(1)).toHaveLength(2000);
    expect(kept(0)).toHaveLength(0);
    // Binomial: mean 500, standard deviation 19.4.
    expect(Math.abs(kept(0.25).length - 500)).toBeLessThan(80);
    const half = new Set(kept(0.5));
    expect(kept(0.25).every((i) => half.has(i))).toBe(true);
  });
});
