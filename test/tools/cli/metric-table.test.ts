import { describe, expect, it } from "vitest";
import { metricColumn, markdownTable, sortRows } from "../../../src/tools/cli/metric-table.js";
import { layOut, textColumns } from "../../../src/tools/cli/text-table.js";
import { METRICS } from "../../../src/simulate/metrics/catalogue.js";
import type { Metric } from "../../../src/simulate/metrics/metric.js";

const base = { description: "d", run: () => 0 };
const COST: Metric = {
  ...base,
  name: "cost",
  label: "Cost of it",
  short: "cost",
  unit: "GB",
  better: "less",
};
const SHARE: Metric = { ...base, name: "share", label: "Share", unit: "%", scale: 100, better: "more" };
const SIZE: Metric = { ...base, name: "size", label: "A label that is rather long" };

const column = (metric: Metric, values: readonly number[], bounds: readonly number[] = []): string[] => {
  const rows = values.map((value, row) => ({
    values: { [metric.name]: value },
    competes: !bounds.includes(row),
  }));
  const { head, cells } = metricColumn(rows, metric);
  return [...head, ...cells];
};

describe("metricColumn", () => {
  it("has decimal points below each other, and a star beside the best", () => {
    // Over three decades: four digits each.
    expect(column(COST, [784.4, 3190, 84.29])).toEqual(["cost ", "GB ", " 784.4  ", "3190    ", "  84.29*"]);
  });

  it("writes values in the metric's unit, and marks the highest where more is better", () => {
    expect(column(SHARE, [0.9995, 0.9712])).toEqual(["Share ", "% ", "99.95*", "97.12 "]);
  });

  it("marks all that read as the best", () => {
    const marked = ["99.95*", "99.95*", "90.00 ", "80.00 "];
    expect(column(SHARE, [0.99951, 0.99949, 0.9, 0.8]).slice(2)).toEqual(marked);
  });

  it("marks none where more than half are equally good", () => {
    expect(column(SHARE, [0.5, 0.5, 0.4])).toEqual(["Share", "%", "50", "50", "40"]);
  });

  it("never marks a bound, a value that is not there, the only one, or one of equals", () => {
    expect(column(COST, [0.5, 2, 3], [0]).slice(2)).toEqual(["0.5 ", "2.0*", "3.0 "]);
    expect(column(COST, [NaN, 2, 3]).slice(2)).toEqual(["- ", "2*", "3 "]);
    expect(column(COST, [2])).toEqual(["cost", "GB", "2"]);
    expect(column(COST, [2, 1], [1])).toEqual(["cost", "GB", "2", "1"]);
    expect(column(COST, [2, 2])).toEqual(["cost", "GB", "2", "2"]);
    expect(column(COST, [NaN, NaN])).toEqual(["cost", "GB", "-", "-"]);
  });

  it("has a long label on several lines, and no marks where neither more nor less is better", () => {
    expect(column(SIZE, [1, 2])).toEqual(["A label that", "is rather", "long", "1", "2"]);
  });

  it("has means with the arms of their intervals and a mark of the verdict", () => {
    const rows = [
      { values: { cost: 0.25 }, arms: { cost: 0.0125 }, marks: { cost: "<" } },
      { values: { cost: 0.5 }, arms: { cost: 0.125 } },
      { values: { cost: 0.75 }, arms: { cost: NaN }, marks: { cost: "" } },
    ];
    expect(metricColumn(rows, COST).cells).toEqual(["0.25 ±0.01<*", "0.50 ±0.13  ", "0.75        "]);
  });
});

describe("sortRows", () => {
  const sorted = (metric: Metric, ...values: number[]): number[] =>
    sortRows(
      values.map((value) => ({ values: { [metric.name]: value } })),
      metric,
    ).map((row) => row.values[metric.name]);

  it("has the best first and what is not defined last", () => {
    expect(sorted(COST, 3, NaN, 1, 2)).toEqual([1, 2, 3, NaN]);
    expect(sorted(SHARE, 3, NaN, 1, 2)).toEqual([3, 2, 1, NaN]);
    expect(sorted(SIZE, 3, 1)).toEqual([1, 3]);
  });

  it("keeps the order of equal rows", () => {
    const rows = ["b", "a", "c"].map((name) => ({ name, values: { cost: 1 } }));
    expect(sortRows(rows, COST).map(({ name }) => name)).toEqual(["b", "a", "c"]);
  });
});

it("markdownTable has bold best values, units and pipes that do not end a cell", () => {
  const rows = [{ values: { cost: 1, share: 0.5 } }, { values: { cost: 2, share: 0.5 } }];
  const keys = textColumns([{ policy: "a|b" }, { policy: "c" }]);
  expect(markdownTable(keys, [COST, SHARE], rows)).toBe(
    "| policy | cost (GB) | Share (%) |\n" +
      "| :-- | --: | --: |\n" +
      "| a\\|b | **1** | 50 |\n" +
      "| c | 2 | 50 |\n",
  );
});

it("every short head of the catalogue fits a narrow column", () => {
  const short = METRICS.filter((metric) => metric.short !== undefined);
  expect(short.length).toBeGreaterThanOrEqual(10);
  for (const metric of short) expect(column(metric, [0, 1])[0].trim().length).toBeLessThanOrEqual(10);
});

it("a table of metrics that is too wide becomes several of equal parts", () => {
  const rows = [{ values: { cost: 1, share: 0.25 } }, { values: { cost: 2, share: 0.5 } }];
  const columns = [
    ...textColumns([{ policy: "a-long-name" }, { policy: "b" }]),
    ...[COST, SHARE].map((metric) => metricColumn(rows, metric)),
  ];
  const wide = [
    "             cost   Share",
    "policy         GB       %",
    "a-long-name     1*     25",
    "b               2      50*",
  ];
  const narrow = [
    ...["             cost", "policy         GB", "a-long-name     1*", "b               2", ""],
    ...["             Share", "policy           %", "a-long-name     25", "b               50*"],
  ];
  expect(layOut(columns, { width: 26 }).trimEnd().split("\n")).toEqual(wide);
  expect(layOut(columns, { width: 25 }).trimEnd().split("\n")).toEqual(narrow);
  // Nothing is cut, however narrow.
  expect(layOut(columns, { width: 5 }).trimEnd().split("\n")).toEqual(narrow);
});
