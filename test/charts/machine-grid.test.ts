import { describe, expect, it } from "vitest";
import type { Figure, JsonObject } from "../../src/charts/figure.js";
import { machineGrid, tilesOf } from "../../src/charts/machine-grid.js";
import { toLive } from "../../src/charts/live/live.js";
import { madeUpRun } from "./made-up-runs.js";

/** Returns the levels of a panel, rows from the top, one digit each: 3 LC, 2 BE, 1 free, 0 nothing. */
function levels(z: unknown): string[] {
  const { bdata, shape } = z as { bdata: string; shape: string };
  const [, columns] = shape.split(",").map(Number);
  const bytes = [...Buffer.from(bdata, "base64")];
  return Array.from({ length: bytes.length / columns }, (_, row) =>
    bytes.slice(row * columns, (row + 1) * columns).join(""),
  ).reverse();
}

function mapsOf({ data }: Figure): JsonObject[] {
  return data.filter(({ type }) => type === "heatmap");
}

describe("machineGrid", () => {
  it("fills a tile from below with tenths of LC and BE use; a machine that is down is blank", () => {
    const run = madeUpRun({ policy: "a", machines: [[0.74, NaN]], lc: [[0.26, NaN]] });
    // One row of two tiles; the machine that was never up comes last.
    expect(levels(mapsOf(machineGrid([run]))[0].z)).toEqual([
      ...["10", "10", "10"],
      ...["20", "20", "20", "20"],
      ...["30", "30", "30"],
    ]);
  });

  it("keeps each machine's place in both panels: fullest first under the first run", () => {
    const before = madeUpRun({ policy: "a", machines: [[0.1, 0.9, 0.5]], lc: [[0, 0.9, 0]] });
    const after = madeUpRun({ policy: "b", machines: [[0.6, 0.2, 0.5]], lc: [[0, 0.2, 0]] });
    const figure = machineGrid([before, after]);
    const { values } = figure.table.columns.find(({ name }) => name === "machine")!;
    expect(values).toEqual(["1", "2", "0", "1", "2", "0"]);
    const [first, second] = mapsOf(figure).map(({ z }) => levels(z));
    // The lowest level of the three tiles in one row.
    expect(first.at(-1)).toBe("322");
    expect(second[4]).toBe("112");
    expect(figure.says?.en).toBe(
      "CPU use of the fullest machine at 0:00 h: 90 % under a and 60 % under b; of the emptiest: 10 % and 20 %.",
    );
  });

  it("has about twelve times, and stands still where the runs differ most", () => {
    const gini = (most: number): number[] => Array.from({ length: 100 }, (_, i) => (i === most ? 0.1 : 0.3));
    const machines = Array.from({ length: 100 }, () => [0.5, 0.25]);
    const before = madeUpRun({ policy: "a", machines, steps: { gini: gini(-1) } });
    const after = madeUpRun({ policy: "b", machines, steps: { gini: gini(45) } });
    const { animation, data } = machineGrid([before, after]);
    expect(animation?.steps.map(({ name }) => name.en)).toEqual(
      "0:00 0:45 1:30 2:15 3:00 3:45 4:30 5:15 6:00 6:45 7:30 8:15".split(" "),
    );
    expect(animation?.shown).toBe(5);
    for (const { changes } of animation!.steps) {
      expect(changes).toHaveLength(data.length);
      changes.forEach((change, i) => {
        expect("z" in change).toBe(data[i].type === "heatmap");
      });
    }
  });

  it.each([
    [1, 1, 1, 1],
    [2, 1, 2, 1],
    [5, 2, 3, 1],
    [800, 20, 40, 1],
    [801, 14, 29, 2],
    [12_000, 20, 40, 15],
  ])("lays %i machines out in %i x %i tiles", (machines, rows, columns, perTile) => {
    const cpu = Float32Array.from({ length: machines }, (_, m) => m / machines);
    const { tiles, perTile: found } = tilesOf({ machines, cpu, lc: cpu });
    expect([tiles.rows, tiles.columns, found]).toEqual([rows, columns, perTile]);
    expect(tiles.machines.flat().sort((a, b) => a - b)).toEqual([...new Array(machines).keys()]);
  });

  it("stays below 400 KB for 800 machines, live", () => {
    const machines = Array.from({ length: 20 }, (_, step) =>
      Array.from({ length: 800 }, (_, m) => ((m * 7 + step) % 100) / 100),
    );
    const runs = ["a", "b"].map((policy) => madeUpRun({ policy, machines }));
    const live = toLive(machineGrid(runs));
    expect(live.frames).toHaveLength(12);
    expect(JSON.stringify(live).length).toBeLessThan(400_000);
  });

  it("draws one step and machines that were never up", () => {
    const down = madeUpRun({ policy: "a", machines: [[NaN, NaN]] });
    const figure = machineGrid([down]);
    expect(figure.animation).toBeUndefined();
    expect(figure.says).toBeUndefined();
    expect(figure.table.columns.find(({ name }) => name === "lc")?.values).toEqual([null, null]);
  });
});
