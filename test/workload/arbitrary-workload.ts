import fc from "fast-check";
import { LC_RULES, OUTCOME, type Workload } from "../../src/workload/workload.js";

/** Small workloads that hold together, with every value that a column's type can hold. */
export function arbitraryWorkload(): fc.Arbitrary<Workload> {
  return fc
    .tuple(
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: 0, max: 5 }),
      fc.array(fc.nat(4), { maxLength: 6 }),
    )
    .chain(([machines, events, lengths]) => {
      const samples = lengths.reduce((sum, length) => sum + length, 0);
      return fc.record({
        source: fc.constantFrom("google2011", "planetlab", "synthetic"),
        stepSeconds: fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
        steps: fc.nat(10_000),
        originSeconds: fc.double(),
        lcRule: fc.constantFrom(...LC_RULES),
        machines: fc.record({
          id: int64s(machines),
          cpu: doubles(machines),
          memory: doubles(machines),
          up: bytes(machines),
        }),
        machineEvents: fc.record({
          time: doubles(machines === 0 ? 0 : events),
          machine: rows(machines === 0 ? 0 : events, 0, machines - 1),
          kind: bytes(machines === 0 ? 0 : events),
          cpu: doubles(machines === 0 ? 0 : events),
          memory: doubles(machines === 0 ? 0 : events),
        }),
        executions: fc.record({
          job: int64s(lengths.length),
          index: rows(lengths.length, -(2 ** 31), 2 ** 31 - 1),
          taskClass: bytes(lengths.length),
          priority: bytes(lengths.length),
          schedulingClass: bytes(lengths.length),
          submit: doubles(lengths.length),
          start: doubles(lengths.length),
          end: doubles(lengths.length),
          outcome: fc
            .array(fc.constantFrom(...Object.values(OUTCOME)), exactly(lengths.length))
            .map((codes) => Uint8Array.from(codes)),
          cpuRequest: doubles(lengths.length),
          memoryRequest: doubles(lengths.length),
          machine: rows(lengths.length, -1, machines - 1),
          initial: bytes(lengths.length),
          measured: bytes(lengths.length),
        }),
        usage: fc.record({
          offsets: fc.constant(Int32Array.from([0, ...lengths.map((_, row) => sum(lengths, row + 1))])),
          firstStep: rows(lengths.length, 0, 2 ** 31 - 1),
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

const doubles = (length: number): fc.Arbitrary<Float64Array> => fc.float64Array(exactly(length));
const floats = (length: number): fc.Arbitrary<Float32Array> => fc.float32Array(exactly(length));
const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array(exactly(length));
const int64s = (length: number): fc.Arbitrary<BigInt64Array> => fc.bigInt64Array(exactly(length));
const rows = (length: number, min: number, max: number): fc.Arbitrary<Int32Array> =>
  fc.int32Array({ ...exactly(length), min, max: Math.max(min, max) });
