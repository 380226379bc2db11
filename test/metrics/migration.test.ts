import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { migrationFigures, type MigrationTable } from "../../src/metrics/migration.js";

interface Row {
  step: number;
  execution: number;
  from: number;
  to: number;
  start: number;
  seconds: number;
  downtime: number;
  bytes: number;
}

const COLUMNS = ["step", "execution", "from", "to", "start", "seconds", "downtime", "bytes"] as const;

function table(rows: Partial<Row>[]): MigrationTable {
  const whole = rows.map((row) => ({
    step: 0,
    execution: 0,
    from: 0,
    to: 1,
    start: (row.step ?? 0) * 300,
    seconds: 10,
    downtime: 0.3,
    bytes: 1e9,
    ...row,
  }));
  return Object.fromEntries(
    COLUMNS.map((name) => [name, Float64Array.from(whole, (row) => row[name])]),
  ) as unknown as MigrationTable;
}

const options = { machines: 4, linkBytesPerSecond: 125e6, duration: 3000 };

describe("migrationFigures", () => {
  it("agrees with a small table by hand", () => {
    const figures = migrationFigures(
      table([
        { execution: 1, start: 0, seconds: 10, bytes: 1e9, downtime: 0.2 },
        { execution: 2, start: 5, seconds: 10, bytes: 2e9, downtime: 0.1 },
        { execution: 1, step: 3, from: 1, to: 2, start: 900, bytes: 3e9, downtime: 0.4 },
      ]),
      options,
    );
    expect(figures).toEqual({
      migrations: 3,
      tasksMigrated: 2,
      bytes: 6e9,
      bytesPerMigration: 2e9,
      linkShare: 6e9 / (4 * 125e6 * 3000),
      downtime: expect.closeTo(0.7, 12) as number,
      pingPong: 0,
      peakFlows: 2,
    });
  });

  it("counts returns within ten steps of leaving", () => {
    const there = { execution: 7, step: 5, from: 0, to: 1 };
    const back = (step: number): Partial<Row> => ({ execution: 7, step, from: 1, to: 0 });
    const count = (...rows: Partial<Row>[]): number => migrationFigures(table(rows), options).pingPong;
    expect(count(there, back(15))).toBe(1);
    expect(count(there, back(16))).toBe(0);
    expect(count(there, { ...back(6), execution: 8 })).toBe(0);
    expect(migrationFigures(table([there, back(8)]), { ...options, pingPongSteps: 2 }).pingPong).toBe(0);
    // 0 -> 1 -> 2 -> 0 -> 1: returns to 0 (left at 1, back at 7) and to 1 (left at 4, back at 9).
    expect(
      count(
        { step: 1, from: 0, to: 1 },
        { step: 4, from: 1, to: 2 },
        { step: 7, from: 2, to: 0 },
        { step: 9, from: 0, to: 1 },
      ),
    ).toBe(2);
  });

  it("counts an aborted migration as traffic, not as downtime or as a return", () => {
    const moves = table([
      { step: 1, from: 0, to: 1 },
      { step: 4, from: 1, to: 0, bytes: 5e8 },
    ]);
    const figures = migrationFigures(moves, { ...options, completed: (row) => row === 0 });
    expect(figures).toMatchObject({ migrations: 2, bytes: 1.5e9, downtime: 0.3, pingPong: 0 });
  });

  it("a copy does not overlap with one that starts at its end, and a free copy overlaps with nothing", () => {
    const peak = (...rows: Partial<Row>[]): number => migrationFigures(table(rows), options).peakFlows;
    expect(peak({ start: 0, seconds: 10 }, { start: 10, seconds: 10 })).toBe(1);
    expect(peak({ start: 0, seconds: 10.5 }, { start: 10, seconds: 10 })).toBe(2);
    expect(peak({ start: 0, seconds: 10 }, { start: 2, seconds: 1 }, { start: 5, seconds: 1 })).toBe(2);
    expect(peak({ start: 5, seconds: 0 }, { start: 5, seconds: 0 })).toBe(0);
    expect(peak({ start: 5, seconds: 0 }, { start: 0, seconds: 10 }, { start: 5, seconds: 3 })).toBe(2);
  });

  it("is empty without migrations", () => {
    expect(migrationFigures(table([]), options)).toEqual({
      migrations: 0,
      tasksMigrated: 0,
      bytes: 0,
      bytesPerMigration: NaN,
      linkShare: 0,
      downtime: 0,
      pingPong: 0,
      peakFlows: 0,
    });
  });

  it("does not depend on the order of the rows; peak equals a count at every start", () => {
    const row = fc.record({
      step: fc.nat(30),
      execution: fc.nat(5),
      from: fc.nat(3),
      to: fc.nat(3),
      seconds: fc.integer({ min: 1, max: 900 }),
      bytes: fc.double({ min: 0, max: 1e9, noNaN: true }),
    });
    const distinct = {
      selector: ({ execution, step }: { execution: number; step: number }) => `${execution}/${step}`,
    };
    const rows = fc.uniqueArray(row, { ...distinct, maxLength: 40 });
    fc.assert(
      fc.property(rows, (list) => {
        const figures = migrationFigures(table(list), options);
        expect(migrationFigures(table([...list].reverse()), options)).toEqual(figures);
        const under = list.map(
          (a) => list.filter((b) => b.step <= a.step && a.step * 300 < b.step * 300 + b.seconds).length,
        );
        expect(figures.peakFlows).toBe(Math.max(0, ...under));
      }),
    );
  });

  it("refuses columns that do not match and negative bytes", () => {
    const short = { ...table([{}]), to: [] };
    expect(() => migrationFigures(short, options)).toThrow("to has 0 rows, execution 1");
    expect(() => migrationFigures(table([{ bytes: -1 }]), options)).toThrow("bytes of migration 0 is -1");
  });
});
