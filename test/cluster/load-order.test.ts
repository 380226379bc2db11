import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLoadOrder } from "../../src/cluster/load-order.js";

describe("load order", () => {
  it("gives the least loaded that pass, ties by number, without machines that have no capacity", () => {
    const load = Float64Array.of(0.5, 0.1, 0.3, 0.1, 0);
    const order = createLoadOrder(Float64Array.of(1, 1, 1, 1, 0), load);
    expect(order.coldest(() => true, 3)).toEqual([1, 3, 2]);
    expect(order.coldest((m) => m !== 1)).toEqual([3]);
    expect(order.coldest((m) => m === 0, 1, 2)).toEqual([]);
    load[1] = 0.9;
    order.update(1);
    load[0] = 0.05;
    order.update(0);
    expect(order.coldest(() => true, 9)).toEqual([0, 3, 2, 1]);
  });

  it("gives the least loaded at or above a load", () => {
    const order = createLoadOrder(Float64Array.of(1, 1, 1, 1, 0), Float64Array.of(0.5, 0.1, 0.3, 0.1, 0.4));
    expect(order.coldestFrom(0.1, () => true)).toBe(1);
    expect(order.coldestFrom(0.2, () => true)).toBe(2);
    expect(order.coldestFrom(0.2, (m) => m !== 2)).toBe(0);
    expect(order.coldestFrom(0.2, (m) => m !== 2, 1)).toBe(-1);
    expect(order.coldestFrom(0.6, () => true)).toBe(-1);
  });

  it("gives the most loaded at or below a load", () => {
    const order = createLoadOrder(Float64Array.of(1, 1, 1, 1, 0), Float64Array.of(0.5, 0.1, 0.3, 0.1, 0.4));
    expect(order.hottestUpTo(0.5, () => true)).toBe(0);
    expect(order.hottestUpTo(0.45, () => true)).toBe(2);
    expect(order.hottestUpTo(0.45, (m) => m !== 2)).toBe(3);
    expect(order.hottestUpTo(0.45, (m) => m !== 2, 1)).toBe(-1);
    expect(order.hottestUpTo(0.1, (m) => m !== 3)).toBe(1);
    expect(order.hottestUpTo(0.05, () => true)).toBe(-1);
  });

  it("leaves out machines without capacity, for every load", () => {
    const load = Float64Array.of(0.5, 0.1, 0.3);
    const order = createLoadOrder(Float64Array.of(1, 0, 1), load);
    expect(order.coldest(() => true, 3)).toEqual([2, 0]);
    load[1] = 0.4;
    order.update(1);
    expect(order.coldest(() => true, 3)).toEqual([2, 0]);
  });

  it("sorts infinite and equal loads, with 0 equal to -0", () => {
    const load = Float64Array.of(Infinity, 0, -0, 0.5, Infinity, 0, -Infinity, 0.5);
    const order = createLoadOrder(new Float64Array(8).fill(1), load);
    expect(order.coldest(() => true, 8)).toEqual([6, 1, 2, 5, 3, 7, 0, 4]);
  });

  it("stays sorted after any updates and resets", () => {
    const change = fc.record({
      machine: fc.nat(9),
      load: fc.integer({ min: 0, max: 5 }),
      reset: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const load = new Float64Array(10);
        const order = createLoadOrder(new Float64Array(10).fill(1), load);
        for (const { machine, load: value, reset } of changes) {
          load[machine] = value;
          if (reset) order.reset();
          else order.update(machine);
          const expected = Array.from(load.keys()).sort((a, b) => load[a] - load[b] || a - b);
          // A reset is for changes of all loads; an update is for the change of one machine.
          expect(order.coldest(() => true, 10)).toEqual(expected);
        }
      }),
    );
  });
});
