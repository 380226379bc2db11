import { expect, it } from "vitest";
import { drawBelow, javaDraws, labDraws, lehmerDraws } from "../../src/architectures/draws.js";

/** java.util.Random as its documentation describes it, in whole numbers of any size. */
function javaByDocumentation(seed: bigint): (bound: number) => number {
  const mask = (1n << 48n) - 1n;
  let state = (seed ^ 0x5deece66dn) & mask;
  const next = (): bigint => {
    state = (state * 0x5deece66dn + 0xbn) & mask;
    return state >> 17n;
  };
  return (bound) => {
    const n = BigInt(bound);
    if ((n & -n) === n) return Number((n * next()) >> 31n);
    let bits: bigint, value: bigint;
    do {
      bits = next();
      value = bits % n;
    } while (bits - value + (n - 1n) >= 1n << 31n);
    return Number(value);
  };
}

it("draws the same numbers as java.util.Random, including rejections", () => {
  for (const seed of [0, 1, 42, -7, 123456789012]) {
    const draws = javaDraws(seed);
    const expected = javaByDocumentation(BigInt(seed));
    for (let i = 0; i < 500; i++) {
      const bound = [1, 2, 30, 64, 12_508, 1_500_000_000, 2_147_483_647][i % 7];
      expect(drawBelow(draws, bound)).toBe(expected(bound));
    }
  }
});

it("gives the known first numbers of java.util.Random(0) and of the minimal standard generator", () => {
  const java = javaDraws(0);
  expect(Array.from({ length: 5 }, () => drawBelow(java, 100))).toEqual([60, 48, 29, 47, 15]);
  // Park and Miller 1988: beginning at 1, the 10,000th number is 1043618065.
  const minimal = lehmerDraws(1);
  let last = 0;
  for (let i = 0; i < 10_000; i++) last = drawBelow(minimal, 2147483647);
  expect(last).toBe(1043618065);
});

it("gives different streams for different seeds and keys, within the bound", () => {
  const numbers = (seed: number, key: string): number[] => {
    const draws = labDraws(seed, key);
    return Array.from({ length: 20 }, () => drawBelow(draws, 1000));
  };
  expect(numbers(1, "a")).toEqual(numbers(1, "a"));
  expect(numbers(1, "a")).not.toEqual(numbers(2, "a"));
  expect(numbers(1, "a")).not.toEqual(numbers(1, "b"));
  expect(Math.max(...numbers(1, "a"))).toBeLessThan(1000);
});
