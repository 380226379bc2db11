/** What every function of the Cloud RAN refuses: options and numbers of the wrong shape. */
import { describe, expect, it } from "vitest";
import { describeValue, InputError } from "../../../src/base/errors.js";
import {
  bitsPerSymbol,
  cellsFromRows,
  cellWorkload,
  coresOfCells,
  drawSubframes,
  exponentialShares,
  generateCells,
  highestRate,
  lostSlots,
  partitionedMissRate,
  poolBlocking,
  poolingOf,
  poolSize,
  processingTime,
  runSubframes,
  subframesFromLoads,
  type SubframePolicyDefinition,
  type Subframes,
} from "../../../src/systems/cloud-ran/index.js";

const cells = generateCells({ cells: 2, steps: 3 });
const subframes = drawSubframes([1], { cells: 1, slots: 2 });
const none = { migrations: { downtime: new Float64Array(0) } } as never;

/** Functions of options, with options that they take; the numbers among these are broken one by one. */
const OF_OPTIONS: Record<string, [call: (options: never) => unknown, good: object]> = {
  generateCells: [generateCells, { cells: 2, steps: 2, stepSeconds: 60, seed: 1 }],
  cellsFromRows: [
    (options) => cellsFromRows([{ cell: "a", time: 0, load: 1 }], options),
    { stepSeconds: 60, steps: 2 },
  ],
  coresOfCells: [(options) => coresOfCells(cells, options), { antennas: 2, iterations: 2, peak: 1 }],
  cellWorkload: [
    (options) => cellWorkload(cells, options),
    { servers: 2, coresPerServer: 4, memoryGib: 8, stateMib: 8, antennas: 2, iterations: 2, peak: 1 },
  ],
  drawSubframes: [(options) => drawSubframes([1], options), { cells: 1, slots: 1, seed: 1 }],
  subframesFromLoads: [
    (options) => subframesFromLoads([[1]], options),
    { cells: 1, slots: 1, seed: 1, peak: 1 },
  ],
  runSubframes: [(options) => runSubframes(subframes, "global", options), { cores: 1, antennas: 1 }],
  partitionedMissRate: [(options) => partitionedMissRate([1], options), { antennas: 1 }],
  processingTime: [(options) => processingTime(1, options), { antennas: 1, iterations: 1 }],
  highestRate: [highestRate, { antennas: 1, iterations: 1, time: 900 }],
  poolBlocking: [poolBlocking, { stations: 1, sessions: 1, load: 1 }],
};

/** Functions of a number. */
const OF_NUMBER: Record<string, [call: (value: never) => unknown, good: number]> = {
  exponentialShares: [exponentialShares, 0.25],
  bitsPerSymbol: [bitsPerSymbol, 1],
  processingTime: [(mcs) => processingTime(mcs, { iterations: 1 }), 1],
  poolingOf: [(count) => poolingOf(cells, count), 2],
  poolSize: [(target) => poolSize({ stations: 1, sessions: 1, load: 1 }, target), 0.5],
  lostSlots: [(slot) => lostSlots(none, none, slot), 500],
};

const WRONG = [NaN, Infinity, -Infinity, -1, 1e301, "2", "", true, {}, [1], [], new Date(0)] as const;

describe("numbers of the wrong shape", () => {
  const cases = Object.entries(OF_OPTIONS).flatMap(([name, [call, good]]) =>
    Object.keys(good).map((key) => [`${key} of ${name}`, call, good, key] as const),
  );
  it.each(cases)("%s", (_, call, good, key) => {
    expect(() => call(good as never)).not.toThrow();
    for (const value of WRONG) {
      const options = { ...good, [key]: value };
      expect(() => call(options as never), describeValue(value)).toThrow(InputError);
    }
  });

  it.each(Object.entries(OF_NUMBER))("the number that %s takes", (_, [call, good]) => {
    expect(() => call(good as never)).not.toThrow();
    for (const value of WRONG) expect(() => call(value as never), describeValue(value)).toThrow(InputError);
  });
});

describe("options of the wrong shape", () => {
  it.each(Object.entries(OF_OPTIONS))("%s", (_, [call, good]) => {
    const [key] = Object.keys(good);
    expect(() => call({ ...good, [`${key}z`]: 1 } as never)).toThrow(`${key}z (did you mean ${key}?)`);
    for (const options of [null, 5, "cores", true])
      expect(() => call(options as never), String(options)).toThrow(InputError);
  });

  it.each([
    "runSubframes",
    "coresOfCells",
    "cellWorkload",
    "processingTime",
    "highestRate",
    "partitionedMissRate",
  ])("the model of %s", (name) => {
    const [call, good] = OF_OPTIONS[name];
    for (const model of [null, 5, { slto: 500 }, { slot: NaN }, { base: "1" }, { halfRtt: 2000 }])
      expect(() => call({ ...good, model } as never), JSON.stringify(model)).toThrow(InputError);
  });

  it("a request that is none", () => {
    const options = { servers: 2, coresPerServer: 4, request: "max" as "mean" };
    expect(() => cellWorkload(cells, options)).toThrow(
      `request of cellWorkload is 'max'; give "mean" or "peak"`,
    );
  });
});

describe("sizes beyond what a computer holds", () => {
  it.each<[string, () => unknown, string]>([
    ["cells", () => generateCells({ cells: 1e5, steps: 1e5 }), "100000 cells with 100000 steps each"],
    [
      "times",
      () => cellsFromRows([{ cell: "a", time: 1e15, load: 1 }]),
      "steps of 120 s each are too many: give at most 50000000 in all",
    ],
    ["subframes", () => drawSubframes([1], { cells: 4, slots: 5e7 }), "4 cells with 50000000 slots each"],
    ["loads", () => subframesFromLoads([[1]], { cells: 4, slots: 5e7 }), "4 cells with 50000000 slots each"],
    ["cores", () => runSubframes(subframes, "rt-opex", { cores: 1e9 }), "it must be at most 100000"],
    [
      "pools",
      () => poolBlocking({ stations: 1e4, sessions: 1e4, load: 1 }),
      "10000 base stations with 10000 sessions each",
    ],
  ])("%s", (_, call, message) => {
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });
});

describe("probabilities", () => {
  it.each(
    [[], [0, 0], [-1, 2], [NaN], [Infinity], "1", 1, null, { 0: 1 }, new Array(300).fill(1)].map((one) => [
      one,
    ]),
  )("%j is no list of them", (shares) => {
    const given = shares as number[];
    for (const call of [
      () => partitionedMissRate(given),
      () => partitionedMissRate([1], { iterations: given }),
      () => drawSubframes(given, { cells: 1, slots: 1 }),
      () => drawSubframes([1], { cells: 1, slots: 1, iterations: given }),
      () => subframesFromLoads([[1]], { iterations: given }),
    ])
      expect(call).toThrow(InputError);
  });

  it.each<[Record<number, number>, string]>([
    [{ 40: 0.1 }, "invalid mcs of exponentialShares: 40"],
    [{ 24.5: 0.1 }, "invalid mcs of exponentialShares: 24.5"],
    [{ top: 0.1 } as Record<string, number>, "invalid mcs of exponentialShares: NaN"],
    [{ 27: -0.1, 26: 0.2 }, "the probability of MCS 27 is -0.1"],
    [{ 27: 0.6, 26: 0.6 }, "add up to 1.2; give at most 1"],
    [
      Object.fromEntries(Array.from({ length: 28 }, (_, mcs) => [mcs, 0.5 / 28])),
      "give 1, because no other MCS",
    ],
  ])("%j cannot be fitted", (fitted, message) => {
    expect(() => exponentialShares(0.25, fitted)).toThrow(InputError);
    expect(() => exponentialShares(0.25, fitted)).toThrow(message);
  });

  it("of a mean so small that only MCS 0 is left add up to 1, or are refused", () => {
    expect(exponentialShares(0.001, { 5: 0.5 })[0]).toBeCloseTo(0.5, 12);
    expect(() => exponentialShares(0.001, { 0: 0.5 })).toThrow("give 1, because no other MCS");
    expect(exponentialShares(0.001, { 0: 1 })[0]).toBe(1);
  });
});

describe("rules and subframes of one's own", () => {
  const run =
    (policy: unknown, of: Subframes = subframes) =>
    () =>
      runSubframes(of, policy as SubframePolicyDefinition, { cores: 1 });
  const made = (parts: unknown) => ({ name: "mine", rule: "", create: () => parts });

  it.each<[string, unknown, string]>([
    ["nothing", undefined, "invalid policy of subframes: it is undefined"],
    ["null", null, "invalid policy of subframes: it is null"],
    ["a number", 3, "invalid policy of subframes: it is 3"],
    ["no name", { rule: "", create: () => ({}) }, "it is an object with rule, create"],
    ["no create", { name: "mine", rule: "" }, "it is an object with name, rule"],
    ["parts that are none", made(undefined), "create of policy mine returned undefined"],
    ["an unknown dispatch", made({ dispatch: "foo" }), "one of own-core, one-queue, idle-core"],
    [
      "a misspelt part",
      made({ dispatch: "own-core", subtask: { count: 14, time: 6 } }),
      "subtask (did you mean subtasks?)",
    ],
    [
      "subtasks that nothing would use",
      made({ dispatch: "one-queue", subtasks: { count: 14, time: 6 } }),
      "unknown part of policy mine with this dispatch: subtasks",
    ],
    ["half of the subtasks", made({ dispatch: "own-core", subtasks: { count: 14 } }), "needs time"],
    ["no core", made({ dispatch: () => undefined }), "gave subframe 0 of cell 0 to core undefined"],
    ["another core", made({ dispatch: () => 1 }), "give a whole number from 0 to 0"],
    [
      "a create that throws",
      {
        ...made({}),
        create: () => {
          throw new Error("no luck");
        },
      },
      "policy mine cannot be created: no luck",
    ],
  ])("%s", (_, policy, message) => {
    expect(run(policy)).toThrow(InputError);
    expect(run(policy)).toThrow(message);
  });

  it.each<[string, Partial<Subframes>, string]>([
    ["a scheme that is none", { mcs: Uint8Array.of(1, 40) }, "invalid mcs of subframe 1: 40"],
    ["too few schemes", { mcs: Uint8Array.of(1) }, "mcs of subframes: give a Uint8Array of cells x slots, 2"],
    ["a list", { iterations: [1, 1] as never }, "iterations of subframes: give a Uint8Array"],
    ["no cells", { cells: 0 }, "invalid cells of subframes: 0"],
  ])("%s", (_, changes, message) => {
    expect(run("global", { ...subframes, ...changes })).toThrow(InputError);
    expect(run("global", { ...subframes, ...changes })).toThrow(message);
  });

  it("loads of cells that do not hold together", () => {
    for (const changes of [
      { load: new Float64Array(5) },
      { steps: 4 },
      { load: new Float64Array(6).fill(NaN) },
    ])
      expect(() => coresOfCells({ ...cells, ...changes })).toThrow(InputError);
  });
});
