import { from } from "arquero";
import { describe, expect, it } from "vitest";
import { publishedTable } from "../../../../src/systems/giantvm/charts/against-published.js";
import { blindSpot } from "../../../../src/systems/giantvm/charts/blind-spot.js";
import { decisionsOverTime } from "../../../../src/systems/giantvm/charts/decisions-over-time.js";
import { giantVmDrawing } from "../../../../src/systems/giantvm/charts/giantvm-drawing.js";
import { latencyTail } from "../../../../src/systems/giantvm/charts/latency-tail.js";
import { pairedDifferences } from "../../../../src/systems/giantvm/charts/paired-differences.js";
import { testbedOverTime } from "../../../../src/systems/giantvm/charts/testbed-over-time.js";
import { runTestbed } from "../../../../src/systems/giantvm/testbed/run.js";

const EMPTY = { en: "", zh: "" };
const parameters = { dilation: 5000, duration: 60, background: 0 };
const naive = runTestbed("naive", { parameters });
const las = runTestbed("las", { parameters });
const textsOf = (figure: { layout: object }): string => JSON.stringify(figure.layout);

describe("the timelines of the testbed", () => {
  it("draw BE work where it is, and its moves", () => {
    const { data, layout } = testbedOverTime([naive, las]);
    // Under naive the three threads stay spread; under LaS they go from there to node 1 after ten seconds.
    const moves = data.filter(({ text }) => Array.isArray(text));
    expect(moves).toHaveLength(1);
    expect(moves[0]).toMatchObject({ text: ["* → 1", "* → 1", null], x: [1 / 6, 1 / 6, null] });
    expect(textsOf({ layout })).toContain("Naive: no moves");
    expect(textsOf({ layout })).toContain("LaS: 1 move");
  });

  it("draw one run, many runs, many hosts, and a run without LC or BE work", () => {
    const hosts = runTestbed("las", { parameters: { ...parameters, hosts: 16, cpus: 2 } });
    const ticks = testbedOverTime([hosts]).layout.yaxis as { ticktext: unknown[] };
    expect(ticks.ticktext).toHaveLength(16);
    const idle = runTestbed("without-be", { parameters, lc: false });
    expect(testbedOverTime([naive, las, hosts, idle]).layout).toHaveProperty("xaxis8");
    expect(testbedOverTime([idle]).says?.en).toBe("LC P99 in one run of the model: Without BE – (no moves).");
  });
});

describe("charts of the testbed", () => {
  it("put measured percentiles only beside configurations that were measured", () => {
    // The line, its measured points, and the entry of the legend.
    expect(latencyTail([naive]).data).toHaveLength(3);
    expect(latencyTail([runTestbed("las-robust", { parameters })]).data).toHaveLength(1);
  });

  it("show that LaS reads 0 on a saturated host without BE work", () => {
    const figure = blindSpot([las]);
    // The work leaves host 0 after the first of six intervals.
    expect(figure.says?.en).toContain("LaS reads 0 in 5 of 5");
    const still = runTestbed("las", { parameters: { ...parameters, duration: 10 } });
    expect(blindSpot([still]).says?.en).toContain("LaS never meets one");
  });

  it("draw a log of decisions: work where its moves put it, and moves that were made", () => {
    const reading = (stealTicks: number) => ({ stealTicks, stealShare: 0, busyShare: 0 });
    const move = { work: "be", from: 1, to: 0 };
    const decisions = [
      { seconds: 10, readings: [reading(5), reading(0)], moves: [] },
      { seconds: 20, readings: [reading(0), reading(300)], moves: [move] },
      { seconds: 30, readings: [reading(0), reading(0)], moves: [{ ...move, error: "gone" }] },
    ];
    const { data, says } = decisionsOverTime(decisions, EMPTY);
    // Upper lanes end at 0.42 of a row, and are 0.32 high: node 0 from 20 s on, node 1 before.
    expect(data[0].x).toEqual([20, 20, 30, 30, null, 0, 0, 20, 20]);
    expect(data[0].y).toEqual([0.42, 0.1, 0.1, 0.42, null, 1.42, 1.1, 1.1, 1.42]);
    expect(data[2]).toMatchObject({ x: [20, 20, null], text: ["1 → 0", "1 → 0", null] });
    expect(says?.en).toBe(
      "1 move in 3 decisions: the node left read 300 ticks of steal, the node entered 0 (medians).",
    );
    expect(decisionsOverTime(decisions.slice(0, 1), EMPTY).says?.en).toBe(
      "No move in 1 decision; the highest reading was 5 ticks of steal.",
    );
  });

  it("refuse runs and logs that they cannot draw", () => {
    expect(() => testbedOverTime([])).toThrow(/no run/);
    expect(() => latencyTail([])).toThrow(/no run/);
    expect(() => blindSpot([naive])).toThrow(/naive has no decider/);
    expect(() => decisionsOverTime([], EMPTY)).toThrow(/log is empty/);
    expect(() => publishedTable(from([]))).toThrow(/no rows/);
    expect(() => giantVmDrawing(las, { interval: 6 })).toThrow(/invalid interval: 6; the run has 6/);
  });

  it("say measured and modelled, with the deviation in percent", () => {
    const row = {
      configuration: "las",
      figure: "cpu",
      unit: "%",
      published: 40,
      modelled: 38,
      deviation: -0.05,
      standing: "predicted",
      sameOrder: true,
    };
    const { columns } = publishedTable(from([row]));
    expect(columns.map(({ values }) => values[0])).toEqual([
      "CPU utilization (%)",
      "LaS",
      40,
      38,
      -5,
      "predicted",
      "yes",
    ]);
  });
});

describe("the drawing of a GiantVM", () => {
  it("puts threads on the nodes where they are, at each interval", () => {
    const { data, animation } = giantVmDrawing(las);
    const counts = (texts: unknown) =>
      (texts as (string | { en: string })[]).map((one) => (typeof one === "string" ? one : one.en));
    expect(counts(data[1].text)).toEqual(["", "3 BE threads", "", ""]);
    expect(animation?.steps).toHaveLength(6);
    const [threads] = animation!.steps[0].changes;
    expect(threads.x).toHaveLength(3);
    expect(counts(animation!.steps[0].changes[1].text)).toEqual([
      "1 BE thread",
      "1 BE thread",
      "1 BE thread",
      "",
    ]);
  });

  it("names the measured times of a page", () => {
    // 7.79 us and 102.5 us over 60 ns.
    expect(giantVmDrawing(las).says?.en).toContain("130 and 1708 times a local access");
  });

  it("draws two hosts and sixteen", () => {
    for (const hosts of [2, 16]) {
      const run = runTestbed("naive", { parameters: { ...parameters, hosts, cpus: 40 } });
      const { annotations } = giantVmDrawing(run).layout as { annotations: object[] };
      const arrows = annotations.filter((one) => "arrowside" in one);
      expect(arrows).toHaveLength(hosts);
    }
  });
});

describe("paired differences", () => {
  // Twelve seeds; the other has half the moves, 2 % less P99 and the same rest.
  const runs = from(
    ["las", "las-robust"].flatMap((configuration, robust) =>
      Array.from({ length: 12 }, (_, seed) => ({
        configuration,
        seed,
        moves: (20 + (seed % 3)) * (1 - 0.5 * robust),
        movesToLc: 0,
        movedMb: (100 + seed) * (1 - 0.5 * robust),
        p95: 2,
        p99: (3 + 0.01 * seed) * (1 - 0.02 * robust),
        p999: 4,
        qps: 500,
        beThroughput: 0.9,
        cpu: 40,
        gini: (0.4 + 0.001 * seed) * (1 + 0.03 * robust),
      })),
    ),
  );

  it("put large and small changes into panels of their own, and say which are better", () => {
    const figure = pairedDifferences(runs, { configuration: "las-robust", baseline: "las" });
    const { columns } = figure.table;
    const [panel, metric] = ["panel", "metric"].map(
      (name) => columns.find((one) => one.name === name)!.values,
    );
    const inLarge = metric.filter((_, i) => panel[i] === "Changes of 20 % and more");
    expect(inLarge).toEqual(["moves", "movedMb"]);
    // Moves to host 0 have no percentage: there is none.
    expect(metric).not.toContain("movesToLc");
    expect(figure.says?.en).toBe(
      "LaS, robust against LaS: figures that are better: 3 (most: Moves −50 %); " +
        "worse: 1 (most: Gini coefficient over CPUs +3 %).",
    );
  });
});
