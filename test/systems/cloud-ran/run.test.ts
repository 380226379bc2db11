import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bitsPerElement,
  drawSubframes,
  exponentialShares,
  missRateByCell,
  partitionedMissRate,
  runSubframes,
  SUBFRAME_POLICIES,
  subframesFromLoads,
  subframeSummary,
  type ChooseCore,
  type Subframes,
} from "../../../src/systems/cloud-ran/index.js";
import { CELLULAR, referenceTables, type Row } from "./reference.js";

/** A model in which each subframe takes the same time, with a deadline of 1600 us after its arrival. */
const constant = (base: number) => ({
  ...{ base, antenna: 0, modulation: 0, decode: 0, margin: 0, guardIterations: 0 },
  halfRtt: 400,
});
const MET = 0;
const GIVEN_UP = 1;
const LATE = 2;

function equal(cells: number, slots: number, mcs = 0, iterations = 1): Subframes {
  const column = (value: number): Uint8Array => new Uint8Array(cells * slots).fill(value);
  return { cells, slots, mcs: column(mcs), iterations: column(iterations) };
}

describe("runSubframes, by hand", () => {
  it.each(["global", "join-idle"])(
    "one core under %s: the third of three subframes of 600 us is late",
    (policy) => {
      const options = { cores: 1, model: constant(600) };
      expect([...runSubframes(equal(2, 1), policy, options).outcome]).toEqual([MET, MET]);
      const { outcome, response, busy } = runSubframes(equal(3, 1), policy, options);
      expect([...outcome]).toEqual([MET, MET, LATE]);
      // The third begins after 1200 and stops at its deadline.
      expect([...response]).toEqual([600, 1200, 1600]);
      expect(busy[0]).toBe(1600);
    },
  );

  it("a subframe that cannot begin before its deadline is late and takes no time", () => {
    const { outcome, response } = runSubframes(equal(4, 1), "global", { cores: 1, model: constant(800) });
    expect([...outcome]).toEqual([MET, MET, LATE, LATE]);
    expect([...response]).toEqual([800, 1600, NaN, NaN]);
  });

  it("gives up before decoding: 477.8 + 30 + 1096.05 = 1603.85 us do not fit into 1600, but into 1610", () => {
    const run = (halfRtt: number) =>
      runSubframes(equal(1, 1, 27), "partitioned", { cores: 2, model: { halfRtt } });
    expect(run(400).outcome[0]).toBe(GIVEN_UP);
    expect(run(400).response[0]).toBeCloseTo(477.8, 9);
    expect(run(390).outcome[0]).toBe(MET);
    expect(run(390).response[0]).toBeCloseTo(477.8 + (96.8 * 31704) / 8400, 9);
  });

  it("rt-opex with one cell moves 7 of 14 subtasks and saves half of the FFT", () => {
    const { moved, response, busy } = runSubframes(equal(1, 1, 27), "rt-opex", {
      cores: 2,
      model: { halfRtt: 300 },
    });
    expect(moved).toBe(7);
    expect(response[0]).toBeCloseTo(477.8 - 93 + (96.8 * 31704) / 8400, 9);
    expect(busy[1]).toBeCloseTo(93, 9);
  });

  it("rt-opex takes as many as the time before the helper's own subframe allows", () => {
    // A subtask may take 200 us: 5 in 1000 us go to core 2; then min(9 - 5, 5, floor(9 / 2)) = 4 to core 3.
    const parameters = { subtask: 200 };
    const { moved } = runSubframes(equal(2, 1), "rt-opex", { cores: 4, antennas: 1, parameters });
    expect(moved).toBe(9);
    // Without a limit: 7 to core 2 for the first cell, 7 to core 3 for the second.
    expect(runSubframes(equal(2, 1), "rt-opex", { cores: 4 }).moved).toBe(14);
  });

  it("rt-opex: what a helper has not done when its own subframe arrives goes back", () => {
    // An FFT of 4000 us has subtasks of 285.7; the rule allows for 60: 7 are taken, 3 are done within 1000 us.
    const { moved, busy } = runSubframes(equal(1, 1), "rt-opex", {
      cores: 2,
      antennas: 10,
      model: { antenna: 400 },
    });
    expect(moved).toBe(3);
    expect(busy[1]).toBeCloseTo((3 * 4000) / 14, 9);
  });

  it("join-idle takes an idle core where global does, and queues at its own core", () => {
    const run = runSubframes(equal(3, 1), "join-idle", { cores: 2, model: constant(600) });
    expect([...run.response]).toEqual([600, 600, 1200]);
    // Cores 0 and 1 do the first slot until 1600; in the second, from 1400, core 2 is the first cell's own.
    // The other cell finds no idle core and waits 200 at its own, core 0.
    const second = runSubframes(equal(2, 2), "join-idle", { cores: 3, model: constant(1200) });
    expect([...second.busy]).toEqual([2400, 1200, 1200]);
    expect([...second.response]).toEqual([1200, 1200, 1200, 1400]);
  });

  it("partitioned with one core for each cell: the next subframe waits", () => {
    const { response } = runSubframes(equal(1, 3), "partitioned", { cores: 1, model: constant(1200) });
    expect([...response]).toEqual([1200, 1400, 1600]);
  });

  it("refuses what makes no sense, with the remedy", () => {
    expect(() => runSubframes(equal(3, 1), "partitioned", { cores: 2 })).toThrow(
      "2 cores for 3 cells under partitioned, which gives each cell cores of its own; give at least 3 cores, " +
        "or policy global or join-idle",
    );
    expect(() => runSubframes(equal(1, 1), "globl", { cores: 1 })).toThrow(
      "unknown policy of subframes: globl",
    );
    expect(() => runSubframes(equal(1, 1), "global", { cores: 0 })).toThrow(
      "invalid cores of runSubframes: 0",
    );
    expect(() => runSubframes(equal(1, 1), "global", { cores: 1, model: { halfRtt: 2000 } })).toThrow(
      "halfRtt 2000 leaves no time in the budget 2000",
    );
  });

  it("runs a rule of one's own", () => {
    const own = { name: "mine", rule: "as global", create: () => ({ dispatch: "one-queue" as const }) };
    expect(runSubframes(equal(2, 1), own, { cores: 1 }).policy).toBe("mine");
  });
});

const anyModel = fc.record({
  halfRtt: fc.integer({ min: 0, max: 900 }),
  base: fc.double({ min: 0, max: 500, noNaN: true }),
  antenna: fc.double({ min: 0, max: 200, noNaN: true }),
  modulation: fc.double({ min: 0, max: 100, noNaN: true }),
  decode: fc.double({ min: 0, max: 200, noNaN: true }),
  margin: fc.integer({ min: 0, max: 100 }),
  guardIterations: fc.integer({ min: 0, max: 4 }),
});
const anyCase = fc.record({
  model: anyModel,
  cells: fc.integer({ min: 1, max: 6 }),
  slots: fc.integer({ min: 1, max: 40 }),
  antennas: fc.integer({ min: 1, max: 8 }),
  mean: fc.double({ min: 0.05, max: 2, noNaN: true }),
  seed: fc.nat(),
  more: fc.integer({ min: 0, max: 20 }),
});

const subframesOf = ({
  cells,
  slots,
  mean,
  seed,
}: {
  cells: number;
  slots: number;
  mean: number;
  seed: number;
}) => drawSubframes(exponentialShares(mean), { cells, slots, seed, iterations: [0.4, 0.3, 0.2, 0.1] });

const isMet = (outcome: Uint8Array): boolean[] => [...outcome].map((code) => code === MET);

describe("properties", () => {
  it("partitioned misses exactly what the closed form says", () => {
    fc.assert(
      fc.property(anyCase, ({ model, antennas, ...size }) => {
        const subframes = subframesOf(size);
        const run = runSubframes(subframes, "partitioned", { cores: 2 * size.cells, antennas, model });
        // Counts of each pair of MCS and iterations, one pair at a time, so that the sum is exact.
        let missed = 0;
        subframes.mcs.forEach((mcs, i) => {
          const shares = Array.from({ length: 28 }, (_, m) => (m === mcs ? 1 : 0));
          const iterations = [1, 2, 3, 4].map((n) => (n === subframes.iterations[i] ? 1 : 0));
          missed += partitionedMissRate(shares, { antennas, iterations, model });
        });
        expect(run.outcome.filter((code) => code !== MET).length).toBe(missed);
      }),
    );
  });

  /** Slots of LTE and 5G, any deadline, and the cores of a cell with which no subframe ever waits. */
  const anySlots = fc.record({
    slot: fc.constantFrom(1000, 500, 250, 125, 62.5),
    budget: fc.integer({ min: 1000, max: 4000 }),
  });
  const enough = ({ slot, budget, halfRtt }: { slot: number; budget: number; halfRtt: number }): number =>
    Math.ceil((budget - halfRtt) / slot);

  it("with enough cores, every rule meets what partitioned meets, as if each subframe ran alone", () => {
    fc.assert(
      fc.property(anyCase, anySlots, ({ model, antennas, more, ...size }, times) => {
        const subframes = subframesOf(size);
        const values = { ...model, ...times };
        const least = enough(values) * size.cells;
        const met = (policy: string, cores: number): boolean[] =>
          isMet(runSubframes(subframes, policy, { cores, antennas, model: values }).outcome);
        const alone = met("partitioned", 64 * size.cells);
        expect(met("partitioned", least)).toEqual(alone);
        for (const { name } of SUBFRAME_POLICIES)
          expect(met(name, least + more).every((is, i) => is || !alone[i])).toBe(true);
      }),
    );
  });

  it("more cores never hurt partitioned, if the greater number is enough", () => {
    fc.assert(
      fc.property(anyCase, anySlots, fc.nat(70), ({ model, antennas, more, ...size }, times, fewer) => {
        const subframes = subframesOf(size);
        const values = { ...model, ...times };
        const all = enough(values);
        const met = (cores: number): boolean[] =>
          isMet(
            runSubframes(subframes, "partitioned", { cores: cores * size.cells, antennas, model: values })
              .outcome,
          );
        const [few, many] = [met(1 + (fewer % all)), met(all + more)];
        expect(few.every((was, i) => !was || many[i])).toBe(true);
      }),
    );
  });

  it("below that number more cores can hurt: another subframe goes before", () => {
    // Decoding takes 690 us an iteration; subframe 0 takes two. Slots of 250 us, 1600 us for each.
    const model = {
      ...{ base: 0, antenna: 0, modulation: 0, margin: 0, guardIterations: 0, slot: 250 },
      decode: 690 / bitsPerElement(0),
    };
    const subframes = { cells: 1, slots: 4, mcs: new Uint8Array(4), iterations: Uint8Array.of(2, 1, 1, 1) };
    const third = (cores: number) => {
      const { outcome, response } = runSubframes(subframes, "partitioned", { cores, model });
      return [outcome[3], Math.round(response[3])];
    };
    // On 2 cores it waits 190 us for subframe 1, on 3 cores 630 us for subframe 0, on 7 for none.
    expect([2, 3, 7].map(third)).toEqual([
      [MET, 880],
      [MET, 1320],
      [MET, 690],
    ]);
    subframes.iterations[3] = 2;
    expect([2, 3, 7].map(third)).toEqual([
      [MET, 1570],
      [LATE, 1600],
      [MET, 1380],
    ]);
  });

  it("the built-in rules are these functions of who is free", () => {
    const firstFree = (free: ArrayLike<number>): number => {
      let least = 0;
      for (let core = 1; core < free.length; core++) if (free[core] < free[least]) least = core;
      return least;
    };
    const written: Record<string, ChooseCore> = {
      partitioned: ({ cell, slot, cells, free }) => (slot % Math.floor(free.length / cells)) * cells + cell,
      global: ({ free }) => firstFree(free),
      "join-idle": ({ cell, slot, cells, free, arrival }) => {
        const own = (slot * cells + cell) % free.length;
        if (free[own] <= arrival) return own;
        const idle = Array.from(free).findIndex((time) => time <= arrival);
        return idle < 0 ? own : idle;
      },
    };
    fc.assert(
      fc.property(anyCase, anySlots, ({ model, antennas, more, ...size }, times) => {
        const subframes = subframesOf(size);
        const options = { cores: size.cells + more, antennas, model: { ...model, ...times } };
        for (const [name, dispatch] of Object.entries(written)) {
          const own = { name: "own", rule: "", create: () => ({ dispatch }) };
          const [a, b] = [name, own].map((policy) => runSubframes(subframes, policy, options));
          expect([a.outcome, a.response, a.busy]).toEqual([b.outcome, b.response, b.busy]);
        }
      }),
    );
  });

  it("no core works longer than the time there is, and no subframe beyond its deadline", () => {
    fc.assert(
      fc.property(anyCase, ({ model, antennas, more, ...size }) => {
        const subframes = subframesOf(size);
        for (const { name } of SUBFRAME_POLICIES) {
          const run = runSubframes(subframes, name, { cores: size.cells + more, antennas, model });
          const end = (size.slots - 1) * 1000 + 2000 - model.halfRtt;
          expect(Math.max(...run.busy)).toBeLessThan(end + 1e-6);
          for (const time of run.response) expect(time > 2000 - model.halfRtt).toBe(false);
          expect(missRateByCell(run).reduce((a, b) => a + b, 0) / size.cells).toBeCloseTo(
            subframeSummary(run).missRate,
            9,
          );
        }
      }),
    );
  });
});

describe("subframesFromLoads", () => {
  it("gives cells the traces in turn, at evenly spaced places of each", () => {
    const { mcs, slots } = subframesFromLoads([[0, 1, 2, 27], [54]], { cells: 3 });
    expect(slots).toBe(4);
    // Cells 0 and 2 have the first trace, the latter from its middle on; cell 1 has the second.
    expect([...mcs]).toEqual([0, 27, 2, 1, 27, 27, 2, 27, 0, 27, 27, 1]);
  });

  it("takes a peak for all, and refuses negative loads", () => {
    expect([...subframesFromLoads([[1, 2]], { cells: 1, peak: 27 }).mcs]).toEqual([1, 2]);
    expect([...subframesFromLoads([[0, 0]], { cells: 1 }).mcs]).toEqual([0, 0]);
    expect(() => subframesFromLoads([[1], [2, -1]])).toThrow("trace 2, load 2 is -1");
    expect(() => subframesFromLoads([])).toThrow("no trace of loads");
  });
});

describe("exponentialShares", () => {
  it("has the given probabilities, and scales the others", () => {
    const shares = exponentialShares(0.3);
    // Loads from 1 on: e^(-1 / 0.3).
    expect(shares[27]).toBeCloseTo(0.035674, 6);
    const fitted = exponentialShares(0.3, { 27: 0.02, 24: 0.5 });
    expect(fitted[27] + fitted[24]).toBeCloseTo(0.52, 12);
    expect(fitted.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(fitted[3] / fitted[9]).toBeCloseTo(shares[3] / shares[9], 12);
    expect(() => exponentialShares(0.3, { 3: 1.1 })).toThrow(
      "the probability of MCS 3 is 1.1; give a number from 0 to 1",
    );
    expect(() => exponentialShares(0)).toThrow("invalid mean of exponentialShares: 0");
  });
});

describe("drawSubframes", () => {
  it("draws the given shares, and the same for the same seed", () => {
    const { mcs, iterations } = drawSubframes([0, 1, 0, 3], { cells: 2, slots: 20_000, seed: 3 });
    const share = mcs.filter((m) => m === 1).length / mcs.length;
    expect(mcs.every((m) => m === 1 || m === 3)).toBe(true);
    // Four standard deviations.
    expect(Math.abs(share - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / mcs.length));
    expect(Math.max(...iterations)).toBe(3);
    expect(drawSubframes([0, 1, 0, 3], { cells: 2, slots: 20_000, seed: 3 })).toEqual({
      ...{ cells: 2, slots: 20_000 },
      mcs,
      iterations,
    });
  });

  it("refuses probabilities that are none", () => {
    expect(() => drawSubframes([0, 0], { cells: 1, slots: 1 })).toThrow("invalid probabilities of MCS: 0, 0");
    expect(() => drawSubframes([1], { cells: 1, slots: 1, iterations: [-1, 2] })).toThrow(
      "invalid probabilities of iterations: -1, 2",
    );
  });
});

const file = join(CELLULAR, "rt-opex-cell-load-95.txt");

describe.skipIf(!existsSync(file))("95 real loads at four offsets", () => {
  const loads = existsSync(file) ? readFileSync(file, "utf8").trim().split(/\s+/).map(Number) : [];
  const missed = (policy: string, halfRtt: number): number => {
    const subframes = subframesFromLoads([loads], { cells: 4, slots: 10 * loads.length });
    return subframeSummary(runSubframes(subframes, policy, { cores: 8, model: { halfRtt } })).missRate;
  };

  it("partitioned misses the greatest load only, from 397 us on; rt-opex from 490 us on", () => {
    expect([390, 396, 397, 420, 500].map((half) => missed("partitioned", half))).toEqual([
      0,
      0,
      ...Array<unknown>(3).fill(expect.closeTo(1 / 95, 12)),
    ]);
    expect([420, 480, 489, 490, 500].map((half) => missed("rt-opex", half))).toEqual([
      0,
      0,
      0,
      ...Array<unknown>(2).fill(expect.closeTo(1 / 95, 12)),
    ]);
  });
});

/** RTT/2 from which a rule misses MCS 27 with an FFT of this time for an antenna. */
function stepOf(policy: string, antenna: number): number {
  const misses = (halfRtt: number): boolean =>
    runSubframes(equal(4, 4, 27), policy, { cores: 8, model: { halfRtt, antenna } }).outcome.some(
      (code) => code > 0,
    );
  let halfRtt = 300;
  while (!misses(halfRtt)) halfRtt++;
  return halfRtt;
}

const figures = referenceTables("rt-opex-figures.csv");

describe.skipIf(figures.length === 0)("published curves", () => {
  const curve = (rows: Row[], series: string) =>
    rows
      .filter((row) => row.figure === "miss_rtt_all_var_bs4" && row.series.startsWith(series))
      .map(({ x, y }) => ({ x: Number(x), y: Number(y) }));
  const at = (points: { x: number; y: number }[], x: number): number =>
    points.find((point) => point.x === x)!.y;

  it.each(figures)("%s: partitioned rises between the two predicted steps of MCS 27", (_, rows) => {
    expect([93, 84].map((antenna) => stepOf("partitioned", antenna))).toEqual([397, 415]);
    const points = curve(rows, "Partitioned (8");
    const plateau = at(points, 480);
    expect(at(points, 380)).toBeLessThan(0.05 * plateau);
    expect(at(points, 400)).toBeLessThan(0.5 * plateau);
    expect(at(points, 420)).toBeGreaterThan(0.9 * plateau);
  });

  it.each(figures)("%s: rt-opex meets partitioned only where its own step is", (_, rows) => {
    expect([93, 84].map((antenna) => stepOf("rt-opex", antenna))).toEqual([490, 499]);
    const [own, moved] = [curve(rows, "Partitioned (8"), curve(rows, "RT-OPEX (8")];
    expect(at(moved, 420)).toBeLessThan(0.5 * at(own, 420));
    expect(at(moved, 480)).toBeGreaterThan(0.9 * at(own, 480));
  });
});
