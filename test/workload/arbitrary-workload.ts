import fc from "fast-check";
import { LC_RULES, OUTCOME, type Workload } from "../../src/workload/workload.js";

/** Small sound workloads, with every value that a column may have. */
export function arbitraryWorkload(): fc.Arbitrary<Workload> {
  return fc
    .tuple(
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: 0, max: 5 }),
      fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 6 }),
    )
    .chain(([machines, changes, lengths]) => {
      const samples = lengths.reduce((sum, length) => sum + length, 0);
      const events = machines === 0 ? 0 : changes;
      return fc.record({
        source: fc.constantFrom("google2011", "planetlab", "synthetic"),
        stepSeconds: fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
        steps: fc.integer({ min: 100, max: 10_000 }),
        originSeconds: fc.double({ noNaN: true, noDefaultInfinity: true }),
        lcRule: fc.constantFrom(...LC_RULES),
        machines: fc.record({
          id: int64s(machines),
          cpu: sizes(machines),
          memory: sizes(machines),
          up: codes(machines, 0, 1),
        }),
        machineEvents: fc.record({
          time: amounts(events).map((times) => times.sort()),
          machine: rows(events, 0, machines - 1),
          kind: codes(events, 0, 1, 2),
          cpu: sizes(events),
          memory: sizes(events),
        }),
        executions: fc
          .record({
            job: int64s(lengths.length),
            index: rows(lengths.length, -(2 ** 31), 2 ** 31 - 1),
            taskClass: codes(lengths.length, 0, 1),
            priority: bytes(lengths.length),
            schedulingClass: bytes(lengths.length),
            submit: doubles(lengths.length, -1e15),
            start: amounts(lengths.length),
            end: amounts(lengths.length),
            outcome: codes(lengths.length, ...Object.values(OUTCOME)),
            cpuRequest: amounts(lengths.length),
            memoryRequest: amounts(lengths.length),
            machine: rows(lengths.length, -1, machines - 1),
            initial: codes(lengths.length, 0, 1),
            measured: codes(lengths.length, 0, 1),
          })
          .map(({ end, ...columns }) => ({
            ...columns,
            end: end.map((time, row) => Math.max(time, columns.start[row])),
          })),
        usage: fc.record({
          offsets: fc.constant(Int32Array.from([0, ...lengths.map((_, row) => sum(lengths, row + 1))])),
          firstStep: rows(lengths.length, 0, 90).map((steps) => steps.sort()),
          cpu: floats(samples),
          memory: floats(samples),
        }),
        provenance: fc.record({
          inputs: fc.array(fc.record({ path: fc.string(), sha256: fc.string() }), { maxLength: 2 }),
          options: fc.dictionary(name, fc.oneof(fc.string(), fc.integer(), fc.boolean()), {
            noNullPrototype: true,
          }),
          usage: fc.constantFrom("measured" as const, "modelled" as const, "mixed" as const),
          report: fc.dictionary(name, fc.nat(), { noNullPrototype: true }),
        }),
      });
    });
}

const name = fc.stringMatching(/^[a-z][a-zA-Z]{0,8}$/);

const exactly = (length: number): { minLength: number; maxLength: number } => ({
  minLength: length,
  maxLength: length,
});

const sum = (lengths: number[], end: number): number => lengths.slice(0, end).reduce((a, b) => a + b, 0);

const doubles = (length: number, min: number): fc.Arbitrary<Float64Array> =>
  fc.float64Array({ ...exactly(length), min, max: 1e15, noNaN: true });
const amounts = (length: number): fc.Arbitrary<Float64Array> => doubles(length, 0);
/** Capacities of machines. */
const sizes = (length: number): fc.Arbitrary<Float64Array> =>
  fc
    .array(
      fc.oneof(fc.constantFrom(0, -0), fc.double({ min: 1e-9, max: 1000, noNaN: true })),
      exactly(length),
    )
    .map((values) => Float64Array.from(values));
const floats = (length: number): fc.Arbitrary<Float32Array> =>
  fc.float32Array({ ...exactly(length), min: 0, max: 1000, noNaN: true });
const codes = (length: number, ...known: number[]): fc.Arbitrary<Uint8Array> =>
  fc.array(fc.constantFrom(...known), exactly(length)).map((values) => Uint8Array.from(values));
const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array(exactly(length));
const int64s = (length: number): fc.Arbitrary<BigInt64Array> => fc.bigInt64Array(exactly(length));
const rows = (length: number, min: number, max: number): fc.Arbitrary<Int32Array> =>
  fc.int32Array({ ...exactly(length), min, max: Math.max(min, max) });
