import { expect, it } from "vitest";
import { oneNaN, withOneNaN } from "../../../src/base/columns/one-nan.js";
import type { Metric } from "../../../src/simulate/metrics/metric.js";
import { simulate } from "../../../src/simulate/simulate.js";
import { encodeParquet } from "../../../src/study/sweep/parquet.js";
import { tinyWorkload } from "../../tiny-workload.js";

const QUIET = 0x7ff8_0000_0000_0000n;
/** The quiet NaN, the same with the other sign, and with another bit. */
const NANS = [QUIET, 0xfff8_0000_0000_0000n, 0x7ff8_0000_0000_0001n];
const [plain, negative, marked] = new Float64Array(BigUint64Array.from(NANS).buffer);

const bits = (...values: number[]): bigint[] => [...new BigUint64Array(Float64Array.from(values).buffer)];

it("these NaNs differ in their bytes", () => {
  expect(new Set(NANS).size).toBe(3);
  expect(bits(plain, negative)).toEqual(NANS.slice(0, 2));
});

it("gives NaNs of either sign one form, and keeps numbers", () => {
  expect(bits(...[plain, negative, marked].map(oneNaN))).toEqual([QUIET, QUIET, QUIET]);
  const numbers = [0, -0, 1.5, -Infinity, 5e-324];
  expect(bits(...numbers.map(oneNaN))).toEqual(bits(...numbers));
});

it("gives it to columns of 64 and 32 bits in place, also where they begin within a buffer", () => {
  const long = new Float64Array(BigUint64Array.from([...NANS, ...bits(-0, 2)]).buffer).subarray(1);
  const short = new Float32Array(Uint32Array.of(0x7fc0_0000, 0xffc0_0000, 0x7f80_0001, 0x3f80_0000).buffer);
  const whole = Int32Array.of(-1, 2);
  const columns = withOneNaN({ long, short, whole, machines: 3 });
  expect(columns.long).toBe(long);
  expect(bits(...long)).toEqual([QUIET, QUIET, ...bits(-0, 2)]);
  expect([...new Uint32Array(short.buffer)]).toEqual([0x7fc0_0000, 0x7fc0_0000, 0x7fc0_0000, 0x3f80_0000]);
  expect([...whole]).toEqual([-1, 2]);
});

it("columns of a run have it, whatever a metric gives", () => {
  const workload = tinyWorkload({ machines: [{}], tasks: [{ cpu: [0.1, 0.1] }], steps: 2 });
  const odd = {
    name: "odd",
    label: "Odd",
    description: "a NaN of either sign",
    step: ({ facts }) => (facts.step === 0 ? negative : plain),
    run: () => negative,
  } as const satisfies Metric;
  const run = simulate(workload, "no-migration", { metrics: ["lcTail", odd] });
  for (const column of [run.steps.lcTail, run.steps.odd]) expect(bits(...column)).toEqual([QUIET, QUIET]);
  expect(bits(run.summary.odd)).toEqual([QUIET]);
});

it("files of equal results have equal bytes", () => {
  const file = (nan: number): Uint8Array =>
    encodeParquet([{ name: "lcTail", kind: "number", values: [1, nan, null] }], {});
  expect(file(negative)).toEqual(file(plain));
});
