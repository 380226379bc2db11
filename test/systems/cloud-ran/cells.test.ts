import { describe, expect, it } from "vitest";
import { simulate } from "../../../src/index.js";
import { generateWorkload } from "../../../src/traces/synthetic/generate.js";
import {
  cellsFromRows,
  cellWorkload,
  coresOfCells,
  generateCells,
  lostSlots,
  pickCells,
  poolingOf,
  sumOfLoads,
  type CellRow,
} from "../../../src/systems/cloud-ran/index.js";
import { supercomDays } from "./supercom.js";

describe("cellsFromRows", () => {
  it("means the rows of a step, and fills gaps from before", () => {
    const cells = cellsFromRows(
      [
        { cell: "a", time: 130, load: 2 },
        { cell: "a", time: 239, load: 4 },
        { cell: "b", time: 500, load: 1 },
        { cell: "a", time: 490, load: 7 },
      ],
      { stepSeconds: 120 },
    );
    expect(cells).toEqual({
      ...{ ids: ["a", "b"], stepSeconds: 120, steps: 5 },
      load: Float64Array.of(3, 3, 3, 3, 7, 1, 1, 1, 1, 1),
    });
  });

  it("refuses rows that make no sense", () => {
    const many = cellsFromRows(
      Array.from({ length: 200_000 }, (_, i) => ({ cell: "a", time: 120 * i, load: 1 })),
    );
    expect(many.steps).toBe(200_000);
    expect(() => cellsFromRows([])).toThrow("cells has no rows");
    expect(() => cellsFromRows([{ cell: "a", time: 0, load: -1 }])).toThrow('cells, row 1, column "load"');
    const misspelt: object[] = [{ cell: "a", time: 0, laod: 1 }];
    expect(() => cellsFromRows(misspelt as CellRow[])).toThrow("unknown column laod");
  });
});

describe("pickCells", () => {
  it("keeps the cells that pass", () => {
    const cells = generateCells({ cells: 6, steps: 10 });
    const homes = pickCells(cells, (id) => id.startsWith("home"));
    expect(homes.ids).toEqual(["home-2", "home-5"]);
    expect(homes.load.slice(10)).toEqual(cells.load.slice(40, 50));
  });
});

describe("pooling, by hand", () => {
  const cells = cellsFromRows([
    { cell: "a", time: 0, load: 4 },
    { cell: "a", time: 120, load: 1 },
    { cell: "b", time: 0, load: 1 },
    { cell: "b", time: 120, load: 3 },
  ]);

  it("adds peaks and loads", () => {
    expect([...sumOfLoads(cells)]).toEqual([5, 4]);
    expect(poolingOf(cells)).toEqual({ sumOfPeaks: 7, peakOfSum: 5, meanOfSum: 4.5, ratio: 1.4 });
    expect(poolingOf(cells, 1).sumOfPeaks).toBe(4);
  });

  it("takes the cores of the load: FFT always, decoding by the bits, modulation by what the bits fill", () => {
    const { load } = coresOfCells(cells, { antennas: 2, iterations: 1 });
    // At the peak: 28.4 + 186 + 6 * 43.9 + 96.8 * 31704 / 8400 = 843.15 us in each 1000.
    expect(load[0]).toBeCloseTo(0.8431509, 6);
    // A quarter of 31704 bits are 7926, below the 7992 of MCS 9: QPSK. 28.4 + 186 + 87.8 + 91.338.
    expect(load[1]).toBeCloseTo(0.3935378, 6);
    // With 5G's slot of 500 us the same work takes twice the cores.
    expect(coresOfCells(cells, { iterations: 1, model: { slot: 500 } }).load[0]).toBeCloseTo(1.6863, 4);
  });
});

describe("generateCells", () => {
  it("gives the same for the same seed, with days that pool", () => {
    const cells = generateCells({ cells: 12, seed: 4 });
    expect(generateCells({ cells: 12, seed: 4 })).toEqual(cells);
    expect(generateCells({ cells: 12, seed: 5 }).load).not.toEqual(cells.load);
    expect(poolingOf(cells).ratio).toBeGreaterThan(1.2);
    expect(cells.load.every((load) => load > 0 && Number.isFinite(load))).toBe(true);
    // A cell does not depend on how many there are.
    expect(generateCells({ cells: 3, seed: 4 }).load).toEqual(cells.load.slice(0, 3 * 720));
  });

  it("is busiest at its kind's hours", () => {
    const { load, steps } = generateCells({ cells: 300, seed: 1 });
    const at = (kind: number, hour: number): number => {
      let sum = 0;
      for (let c = kind; c < 300; c += 3) sum += load[c * steps + 30 * hour];
      return sum;
    };
    expect(at(0, 12)).toBeGreaterThan(2 * at(0, 21));
    expect(at(1, 21)).toBeGreaterThan(2 * at(1, 12));
    expect(at(2, 18)).toBeGreaterThan(2 * at(2, 13));
  });
});

describe("cellWorkload", () => {
  const cells = generateCells({ cells: 6, steps: 48, stepSeconds: 300 });

  it("has an LC task for each cell with its CPU in servers", () => {
    const workload = cellWorkload(cells, { servers: 3, coresPerServer: 4 });
    const { load } = coresOfCells(cells);
    expect(workload.executions.taskClass).toEqual(new Uint8Array(6).fill(1));
    workload.usage.cpu.forEach((cpu, i) => {
      expect(cpu).toBeCloseTo(load[i] / 4, 6);
    });
    expect(workload.executions.memoryRequest[0]).toBeCloseTo(8 / 1024 / 64, 12);
    expect(workload.steps).toBe(48);
  });

  it("keeps the best-effort work of another workload", () => {
    const beside = generateWorkload({ machines: 3, cpu: 1, memory: 1, steps: 48 });
    const workload = cellWorkload(cells, { servers: 3, coresPerServer: 4, bestEffort: beside });
    const work = ({ executions, usage }: typeof beside): number =>
      usage.cpu.reduce((sum, cpu, i) => {
        const row = usage.offsets.findIndex((offset) => offset > i) - 1;
        return executions.taskClass[row] === 0 ? sum + cpu : sum;
      }, 0);
    expect(work(workload)).toBeCloseTo(work(beside), 3);
    expect(() =>
      cellWorkload(generateCells({ cells: 1 }), { ...{ servers: 1, coresPerServer: 4 }, bestEffort: beside }),
    ).toThrow("best-effort work in steps of 300 s beside cells in steps of 120 s; give the same");
  });

  it("refuses a cell that needs more than a server", () => {
    expect(() => cellWorkload(cells, { servers: 3, coresPerServer: 1 })).toThrow(
      "cell office-1 needs 1.21 cores, more than a server has",
    );
  });
});

describe("lostSlots", () => {
  it("is the downtime of cells' completed migrations over the slot", () => {
    const migrations = {
      execution: Int32Array.of(0, 1, 0),
      downtime: Float64Array.of(0.05, 0.2, 0.1),
      outcome: Uint8Array.of(1, 1, 0),
    } as never;
    const executions = { taskClass: Uint8Array.of(1, 0) } as never;
    expect(lostSlots({ migrations }, { executions })).toBeCloseTo(50, 9);
    expect(lostSlots({ migrations }, { executions }, 250)).toBeCloseTo(200, 9);
  });
});

const days = { down: supercomDays("down"), up: supercomDays("up") };

describe.skipIf(days.down.length === 0)("36 real days of LTE cells", () => {
  it.each([
    ["down", 3.07],
    ["up", 4.77],
  ] as const)("%s: the peaks of two minutes add up to %f times the peak of the sum", (direction, ratio) => {
    const cells = cellsFromRows(days[direction], { steps: 720 });
    expect(cells.ids).toHaveLength(36);
    expect(poolingOf(cells).ratio).toBeCloseTo(ratio, 2);
  });

  it("take some 44 % fewer cores together", () => {
    const { sumOfPeaks, peakOfSum, meanOfSum } = poolingOf(
      coresOfCells(cellsFromRows(days.down, { steps: 720 })),
    );
    expect(sumOfPeaks).toBeCloseTo(43.5, 1);
    expect(1 - peakOfSum / sumOfPeaks).toBeCloseTo(0.44, 2);
    expect(meanOfSum).toBeGreaterThan(17);
    expect(meanOfSum).toBeLessThan(18);
  });

  it("run on servers of the clock loop, where policies move them only if they may", () => {
    const workload = cellWorkload(cellsFromRows(days.down, { steps: 720 }), {
      servers: 9,
      coresPerServer: 3,
    });
    const run = (moveLatencyCritical: number) =>
      simulate(workload, "quincy-flow", { model: { referenceCores: 2, moveLatencyCritical } });
    const [stay, move] = [run(0), run(1)];
    expect(stay.summary.migrations).toBe(0);
    expect(stay.counts.refused.latencyCritical).toBe(0);
    expect(move.summary.migrations).toBeGreaterThan(0);
    expect(move.summary.gini).toBeLessThan(stay.summary.gini);
    expect(move.summary.lcViolations).toBeLessThan(stay.summary.lcViolations);
    expect(lostSlots(move, workload)).toBeCloseTo(1000 * move.summary.downtimeSeconds, 6);
  });
});
