import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { gini, giniAuthor, giniWeighted } from "../../src/metrics/gini.js";
import { randomStream } from "../../src/base/random.js";

const FOLDER = new URL("../../../shared/data/google2011-utilization/", import.meta.url);

interface Machine {
  /** CPU used over capacity in each of 12 slots of five minutes. */
  readonly utilization: number[];
  readonly cpu: number;
  readonly memory: number;
}

/**
 * The machine-hour matrix as utilizations. The file holds CPU in units of the reference machine, so each row
 * is divided by its machine's capacity; rows with a negative slot (-1: not in the trace at the time) are
 * dropped.
 */
function readMachines(): Machine[] {
  const rows = (name: string, from: number): string[][] =>
    parse(gunzipSync(readFileSync(new URL(name, FOLDER))), { fromLine: from });
  const capacities = new Map(
    rows("machines.csv.gz", 2).map(([id, cpu, memory]) => [
      Number(id),
      { cpu: Number(cpu), memory: Number(memory) },
    ]),
  );
  const ids = rows("machine_id.csv.gz", 1).map(([, id]) => Number(id));
  return rows("hour_cpu.csv.gz", 1).flatMap((cells, row) => {
    const capacity = capacities.get(ids[row])!;
    const used = cells.map(Number);
    return used.some((value) => value < 0)
      ? []
      : [{ utilization: used.map((value) => value / capacity.cpu), ...capacity }];
  });
}

// Skipped if the real data is missing (it is not part of the project).
describe.skipIf(!existsSync(FOLDER))("Gini of a real hour of the Google 2011 cell", () => {
  const machines = existsSync(FOLDER) ? readMachines() : [];
  const slots = Array.from({ length: 12 }, (_, slot) => slot);

  it("is 0.338 to 0.378 in each of the twelve slots, over 12,436 machines", () => {
    // Recomputed from the same file by a short Python program.
    const expected = [
      0.3438, 0.346, 0.3379, 0.3502, 0.3586, 0.3567, 0.3501, 0.3633, 0.3599, 0.3776, 0.3767, 0.3783,
    ];
    expect(machines).toHaveLength(12_436);
    slots.forEach((slot) => {
      expect(gini(machines.map((m) => m.utilization[slot]))).toBeCloseTo(expected[slot], 4);
    });
  });

  it("is 0.330 for the hour's means, below the mean of the slots, for every variant", () => {
    const means = machines.map((m) => m.utilization.reduce((a, b) => a + b) / 12);
    expect(gini(means)).toBeCloseTo(0.3297, 4);
    expect(giniAuthor(means)).toBeCloseTo(gini(means), 6);
    const byCapacity = giniWeighted(
      means,
      machines.map((m) => m.cpu),
    );
    expect(Math.abs(byCapacity - gini(means))).toBeLessThan(0.02);
  });

  it("is 0.364 +- 0.0075 for 800 of the half-CPU machines at random", () => {
    const half = machines.filter((m) => m.cpu === 0.5);
    const random = randomStream(1, "subset");
    const draws = Array.from({ length: 600 }, (_, draw) => {
      for (let i = 0; i < 800; i++) {
        const j = i + Math.floor(random() * (half.length - i));
        [half[i], half[j]] = [half[j], half[i]];
      }
      return gini(half.slice(0, 800).map((m) => m.utilization[draw % 12]));
    });
    const mean = draws.reduce((a, b) => a + b) / draws.length;
    const bySlot = slots.map((slot) => draws.filter((_, draw) => draw % 12 === slot));
    const deviation =
      bySlot
        .map((list) => {
          const center = list.reduce((a, b) => a + b) / list.length;
          return Math.sqrt(list.reduce((sum, g) => sum + (g - center) ** 2, 0) / (list.length - 1));
        })
        .reduce((a, b) => a + b) / 12;
    expect(Math.abs(mean - 0.364)).toBeLessThan(0.003);
    expect(Math.abs(deviation - 0.0075)).toBeLessThan(0.001);
  });
});
