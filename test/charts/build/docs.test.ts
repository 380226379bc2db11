import { readFileSync } from "node:fs";
import { compileFunction } from "node:vm";
import { describe, expect, it } from "vitest";
import { CHART_OPTIONS } from "../../../src/charts/build/options.js";
import {
  arrange,
  bands,
  bars,
  cells,
  choose,
  intervals,
  lines,
  overlay,
  points,
  type Figure,
} from "../../../src/index.js";

const BUILDERS = { arrange, bands, bars, cells, choose, intervals, lines, overlay, points };
const page = readFileSync(new URL("../../../docs/charts.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/```js( rows)?\n(.*?)```/gs)].map(([, isRows, code]) => ({ isRows, code }));
const rows = blocks.filter(({ isRows }) => isRows).map(({ code }) => code);
const examples = blocks
  .filter(({ isRows }) => !isRows)
  .map(({ code }) => ({ code, name: code.split("(")[0] }));

const draw = (code: string): Figure => {
  const run = compileFunction(`${rows.join("")}\nreturn ${code}`, Object.keys(BUILDERS)) as (
    ...builders: unknown[]
  ) => Figure;
  return run(...Object.values(BUILDERS));
};

describe("docs/charts.md", () => {
  it("has an example of every builder", () => {
    expect(new Set(examples.map(({ name }) => name))).toEqual(new Set(Object.keys(BUILDERS)));
  });

  it.each(examples)("$name draws what the page says", ({ code }) => {
    const { data, table } = draw(code);
    expect(data.length).toBeGreaterThan(0);
    for (const trace of data) expect((trace.x as unknown[]).length).toBeGreaterThan(0);
    expect(table.columns.length).toBeGreaterThanOrEqual(2);
  });

  it("names every option", () => {
    const sources = ["options", "lines", "points", "bars", "cells", "intervals"].map((name) =>
      readFileSync(new URL(`../../../src/charts/build/${name}.ts`, import.meta.url), "utf8"),
    );
    const interfaces = sources.flatMap((source) => [
      ...source.matchAll(/export interface (?:ChartOptions|\w+Options) (?:extends .*?)?\{(.*?)\n\}/gs),
    ]);
    const options = interfaces.flatMap(([, body]) =>
      [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, option]) => option),
    );
    expect(options.length).toBeGreaterThan(20);
    const shown = ["x", "y", "color", "fill"];
    for (const option of options.filter((each) => !shown.includes(each)))
      expect(page).toContain(`\`${option}\``);
  });

  it("builders take every option of ChartOptions", () => {
    const source = readFileSync(new URL("../../../src/charts/build/options.ts", import.meta.url), "utf8");
    const [, body] = /export interface ChartOptions \{(.*?)\n\}/s.exec(source)!;
    const options = [...body.matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, option]) => option);
    expect(new Set(CHART_OPTIONS)).toEqual(new Set(options));
  });
});
