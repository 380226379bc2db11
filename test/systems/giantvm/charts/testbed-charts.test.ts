import { from } from "arquero";
import { describe, expect, it } from "vitest";
import { publishedTable } from "../../../../src/systems/giantvm/charts/against-published.js";
import { blindSpot } from "../../../../src/systems/giantvm/charts/blind-spot.js";
import { decisionsOverTime } from "../../../../src/systems/giantvm/charts/decisions-over-time.js";
import { latencyTail } from "../../../../src/systems/giantvm/charts/latency-tail.js";
import { testbedOverTime } from "../../../../src/systems/giantvm/charts/testbed-over-time.js";
import { runTestbed } from "../../../../src/systems/giantvm/testbed/run.js";

const EMPTY = { en: "", zh: "" };
const parameters = { dilation: 5000, duration: 60, background: 0 };
const naive = runTestbed("naive", { parameters });
const las = runTestbed("las", { parameters });

describe("charts of the testbed", () => {
  it("draw the node of BE work only while there is one", () => {
    const { table } = testbedOverTime([naive, las]);
    const nodes = table.columns.find(({ name }) => name === "node")?.values;
    // Under naive the work stays spread; under LaS it is on node 1 from the first decision on.
    expect(nodes).toEqual([...new Array<null>(6).fill(null), null, 1, 1, 1, 1, 1]);
  });

  it("put measured percentiles only beside configurations that were measured", () => {
    expect(latencyTail([naive]).data).toHaveLength(2);
    expect(latencyTail([runTestbed("las-robust", { parameters })]).data).toHaveLength(1);
  });

  it("show that LaS reads 0 on a saturated host without BE work", () => {
    const { columns } = blindSpot([las]).table;
    const rows = columns[0].values.map((series, i) => [series, columns[1].values[i], columns[2].values[i]]);
    const blind = rows.filter(
      ([series, pressure]) => series === "LaS: without BE" && Number(pressure) > 99.9,
    );
    expect(blind).toHaveLength(5);
    expect(blind.every(([, , steal]) => steal === 0)).toBe(true);
  });

  it("mark a move at the steal of its source node", () => {
    const reading = (stealTicks: number) => ({ stealTicks, stealShare: 0, busyShare: 0 });
    const decisions = [
      { seconds: 10, readings: [reading(5), reading(0)], moves: [] },
      { seconds: 20, readings: [reading(0), reading(300)], moves: [{ work: "be", from: 1, to: 0 }] },
    ];
    const { data } = decisionsOverTime(decisions, EMPTY);
    expect(data).toHaveLength(3);
    expect(data[2]).toMatchObject({ x: [20], y: [300], text: ["1 → 0"] });
  });

  it("refuse runs and logs that they cannot draw", () => {
    expect(() => testbedOverTime([])).toThrow(/no run/);
    expect(() => latencyTail([])).toThrow(/no run/);
    expect(() => blindSpot([naive])).toThrow(/naive has no decider/);
    expect(() => decisionsOverTime([], EMPTY)).toThrow(/log is empty/);
    expect(() => publishedTable(from([]))).toThrow(/no rows/);
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
