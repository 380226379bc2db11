import { describe, expect, test } from "vitest";
import { buildMachines, type MachineRows, type Machines } from "../../../src/workload/build/machines.js";

const [ADD, REMOVE, UPDATE] = [0, 1, 2];
type Row = [time: number, id: number, kind: number, cpu?: number, memory?: number];

function rowsOf(rows: readonly Row[]): MachineRows {
  return {
    id: new BigInt64Array(rows.map(([, id]) => BigInt(id))),
    time: Float64Array.from(rows, ([time]) => time),
    kind: Uint8Array.from(rows, ([, , kind]) => kind),
    cpu: Float64Array.from(rows, (row) => row[3] ?? NaN),
    memory: Float64Array.from(rows, (row) => row[4] ?? NaN),
  };
}

function build(
  rows: readonly Row[],
  named: bigint[] = [],
): { machines: Machines; counts: Record<string, number> } {
  const counts: Record<string, number> = {};
  return { machines: buildMachines(rowsOf(rows), named, 600, counts), counts };
}

const changes = ({ machines }: { machines: Machines }): number[][] =>
  Array.from(machines.events.time, (time, row) => [
    time,
    machines.events.machine[row],
    machines.events.kind[row],
    machines.events.cpu[row],
    machines.events.memory[row],
  ]);

describe("buildMachines", () => {
  test("what happens until step 0 is the state it begins with; the rest are events, in order of time", () => {
    const result = build([
      [900, 9, REMOVE],
      [0, 9, ADD, 0.5, 0.25],
      [500, 9, UPDATE, 0.5, 0.5],
      [700, 4, ADD, 1, 1],
      [800, 9, UPDATE, 0.75, 0.5],
      [0, 5, ADD, 1, 0.5],
      [600, 5, REMOVE],
      [1000, 9, ADD, 0.5, 0.5],
    ]);
    const { machines } = result;
    expect([...machines.id]).toEqual([4n, 5n, 9n]);
    expect([...machines.up]).toEqual([0, 0, 1]);
    expect([...machines.cpu]).toEqual([1, 1, 0.5]);
    expect([...machines.memory]).toEqual([1, 0.5, 0.5]);
    expect(changes(result)).toEqual([
      [700, 0, ADD, 1, 1],
      [800, 2, UPDATE, 0.75, 0.5],
      [900, 2, REMOVE, 0.75, 0.5],
      [1000, 2, ADD, 0.5, 0.5],
    ]);
  });

  test("REMOVE and ADD in one microsecond: the machine comes back where it was up, goes where it was not", () => {
    expect(
      changes(
        build([
          [0, 1, ADD, 1, 1],
          [700, 1, ADD, 0.5, 0.5],
          [700, 1, REMOVE],
        ]),
      ),
    ).toEqual([
      [700, 0, REMOVE, 1, 1],
      [700, 0, ADD, 0.5, 0.5],
    ]);
    expect(
      changes(
        build([
          [700, 1, REMOVE],
          [700, 1, ADD, 0.5, 0.5],
        ]),
      ),
    ).toEqual([
      [700, 0, ADD, 0.5, 0.5],
      [700, 0, REMOVE, 0.5, 0.5],
    ]);
  });

  test("an event without capacity keeps the last known one; without any it is dropped", () => {
    const known = build([
      [0, 1, ADD, 0.5, 0.25],
      [700, 1, REMOVE],
      [800, 1, ADD],
    ]);
    expect(changes(known)[1]).toEqual([800, 0, ADD, 0.5, 0.25]);
    expect(known.counts["machines.withoutCapacity"]).toBe(1);
    const unknown = build([
      [0, 1, ADD],
      [800, 1, ADD, 1, 1],
    ]);
    expect([...unknown.machines.up]).toEqual([0]);
    expect(changes(unknown)).toEqual([[800, 0, ADD, 1, 1]]);
  });

  test("an ADD of a machine that is up is an UPDATE; a REMOVE of one that is not is dropped", () => {
    const result = build([
      [0, 1, ADD, 1, 1],
      [700, 1, ADD, 0.5, 1],
      [800, 1, REMOVE],
      [900, 1, REMOVE],
    ]);
    expect(changes(result)).toEqual([
      [700, 0, UPDATE, 0.5, 1],
      [800, 0, REMOVE, 0.5, 1],
    ]);
    expect(result.counts["machines.redundantEvents"]).toBe(2);
  });

  test("a machine that only tasks name is never up; where there is no table at all, up from the start", () => {
    const beside = build([[0, 1, ADD, 1, 1]], [1n, 2n]);
    expect([...beside.machines.id]).toEqual([1n, 2n]);
    expect([...beside.machines.up]).toEqual([1, 0]);
    expect([...beside.machines.cpu]).toEqual([1, 0.5]);
    expect(beside.counts["machines.assumedCapacity"]).toBe(1);
    const alone = build([], [2n]);
    expect([...alone.machines.up]).toEqual([1]);
    expect([...alone.machines.memory]).toEqual([0.5]);
  });
});
