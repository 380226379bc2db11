import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { simulate } from "../../src/simulate/simulate.js";
import { createPolicy } from "../../src/policies/index.js";
import type { Workload } from "../../src/workload/workload.js";
import { tinyWorkload } from "../tiny-workload.js";

/** Two machines, three tasks of two steps each; machine 1 leaves. */
const sound = (): Workload =>
  tinyWorkload({
    machines: [{}, {}],
    tasks: [{ cpu: [0.1, 0.2] }, { cpu: [0.3, 0.1], lc: true }, { cpu: [0.2, 0.2], start: 300 }],
    steps: 3,
    events: [{ time: 600, machine: 1, kind: "remove" }],
  });

const replay = (workload: Workload): unknown => simulate(workload, createPolicy("threshold"));

/** The workload with one value of a column changed. */
function changed(
  table: "machines" | "machineEvents" | "executions" | "usage",
  column: string,
  row: number,
  value: number,
): Workload {
  const workload = sound();
  const columns = workload[table] as unknown as Record<string, Float64Array>;
  columns[column][row] = value;
  return workload;
}

describe("a workload that does not hold together is an error at simulate, which names table, column and row:", () => {
  it.each([
    [
      "a machine that is none",
      changed("executions", "machine", 1, 2),
      "executions.machine of row 1 is 2, outside -1 to 1",
    ],
    [
      "an end before its start",
      changed("executions", "end", 2, 5),
      "executions.end of row 2 is 5, before its start 300",
    ],
    ["a start that is no number", changed("executions", "start", 0, NaN), "executions.start of row 0 is NaN"],
    [
      "an endless execution",
      changed("executions", "end", 0, Infinity),
      "executions.end of row 0 is Infinity",
    ],
    [
      "a submit time that is no number",
      changed("executions", "submit", 0, NaN),
      "executions.submit of row 0 is NaN",
    ],
    [
      "a negative request",
      changed("executions", "cpuRequest", 1, -1),
      "executions.cpuRequest of row 1 is -1",
    ],
    [
      "a class that is none",
      changed("executions", "taskClass", 0, 2),
      "executions.taskClass of row 0 is 2, outside 0 to 1",
    ],
    ["a capacity that is no number", changed("machines", "cpu", 0, NaN), "machines.cpu of row 0 is NaN"],
    ["an event of no kind", changed("machineEvents", "kind", 0, 3), "machineEvents.kind of row 0 is 3"],
    [
      "a first step after the end",
      changed("usage", "firstStep", 2, 3),
      "usage.firstStep of execution 2 is 3, outside",
    ],
    [
      "executions out of order",
      changed("usage", "firstStep", 0, 1),
      "usage.firstStep of execution 1 is 0, before that",
    ],
    [
      "usage after the end",
      changed("usage", "firstStep", 2, 2),
      "execution 2 has 2 samples from step 2 on, of 3 steps",
    ],
    [
      "machine events out of order",
      {
        ...sound(),
        machineEvents: {
          time: Float64Array.of(600, 300),
          machine: Int32Array.of(1, 1),
          kind: Uint8Array.of(1, 0),
          cpu: Float64Array.of(1, 1),
          memory: Float64Array.of(1, 1),
        },
      },
      "machineEvents.time of row 1 is 300, before 600",
    ],
    ["a tiny machine", changed("machines", "cpu", 0, 1e-10), "machines.cpu of row 0 is 1e-10"],
    ["an absurd request", changed("executions", "cpuRequest", 0, 1e16), "executions.cpuRequest of row 0 is"],
    ["an unknown outcome", changed("executions", "outcome", 0, 9), "executions.outcome of row 0 is 9"],
    ["a mark that is none", changed("executions", "initial", 0, 2), "executions.initial of row 0 is 2"],
    ["too many steps", { ...sound(), steps: 1e9 }, "steps is 1000000000, outside 0 to 10000000"],
    ["an endless step", { ...sound(), stepSeconds: Infinity }, "stepSeconds is Infinity"],
    ["no origin", { ...sound(), originSeconds: NaN }, "originSeconds is NaN"],
    ["use that is no number", changed("usage", "cpu", 3, NaN), "usage.cpu of sample 3 is NaN"],
    ["negative memory", changed("usage", "memory", 0, -0.5), "usage.memory of sample 0 is -0.5"],
  ])("%s", (_, workload, message) => {
    const attempt = (): unknown => replay(workload);
    expect(attempt).toThrow(InputError);
    expect(attempt).toThrow(`invalid workload: ${message}`);
  });

  it("columns of unequal length", () => {
    const workload = sound();
    const short = {
      ...workload,
      executions: { ...workload.executions, end: workload.executions.end.subarray(1) },
    };
    expect(() => replay(short)).toThrow("executions.end has 2 rows, not 3");
  });

  it("no machine, no sample", () => {
    const one = tinyWorkload({ machines: [{}], tasks: [{ cpu: [0.5] }], steps: 1 });
    const none = { id: new BigInt64Array(0), cpu: new Float64Array(0), memory: new Float64Array(0) };
    expect(() => replay({ ...one, machines: { ...none, up: new Uint8Array(0) } })).toThrow(
      "machines has no rows",
    );
    const empty = { firstStep: Int32Array.of(0), cpu: new Float32Array(0), memory: new Float32Array(0) };
    expect(() => replay({ ...one, usage: { ...empty, offsets: Int32Array.of(0, 0) } })).toThrow(
      "execution 0 has no sample of usage",
    );
  });
});

it("whatever one value is changed to, simulate gives finite figures or an InputError", () => {
  const tables = ["machines", "machineEvents", "executions", "usage"] as const;
  const places = tables.flatMap((table) =>
    Object.entries(sound()[table]).flatMap(([column, values]) =>
      values instanceof BigInt64Array
        ? []
        : Array.from(values as ArrayLike<number>, (_, row) => ({ table, column, row })),
    ),
  );
  const value = fc.oneof(
    fc.constantFrom(NaN, Infinity, -Infinity, -1, 0, 1, 2, 1e300),
    fc.double(),
    fc.integer(),
  );
  fc.assert(
    fc.property(fc.constantFrom(...places), value, ({ table, column, row }, wrong) => {
      try {
        const { summary } = simulate(changed(table, column, row, wrong), createPolicy("no-migration"));
        expect(summary.utilization).toBeGreaterThanOrEqual(0);
        expect(summary.gini).toBeGreaterThanOrEqual(0);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
      }
    }),
    { numRuns: 400 },
  );
});
