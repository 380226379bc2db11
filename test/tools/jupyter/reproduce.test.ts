import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ParameterValue } from "../../../src/notebook/notebook-parameters.js";
import type { Defaults } from "../../../src/tools/jupyter/parameter-cell.js";
import {
  parametersOf,
  parseReproduceArguments,
  type ReproduceOptions,
} from "../../../src/tools/jupyter/reproduce.js";
import { isPaperNotebook, PROJECT } from "../../../src/tools/jupyter/project.js";

describe("parseReproduceArguments", () => {
  it("reads what the README names", () => {
    const options = parseReproduceArguments(
      "--trace google2011:DIR --machines 100 --set seeds=20 --set log=a=b --only 01,03 --language zh --quick --jobs 3".split(
        " ",
      ),
    );
    expect(options).toMatchObject({
      trace: "google2011:DIR",
      machines: 100,
      set: { seeds: "20", log: "a=b" },
      only: ["01", "03"],
      language: "zh",
      quick: true,
      jobs: 3,
    });
  });

  it.each([
    [["--machines", "0"], "a whole number of at least 1"],
    [["--machines", "x"], "a whole number of at least 1"],
    [["--language", "fr"], "Allowed choices are en, zh"],
    [["--set", "seeds"], "invalid --set seeds; give name=value"],
    [["--set", "language=zh"], "invalid --set language=zh; use --language"],
    [["--nonsense"], "unknown option '--nonsense'"],
    [["03"], "too many arguments"],
  ])("refuses %j", (given, message) => {
    expect(() => parseReproduceArguments(given)).toThrow(message);
  });
});

/** Returns the parameters of one notebook with these parameters. */
function ofOne(options: ReproduceOptions, defaults: Defaults = {}): Record<string, ParameterValue> {
  return parametersOf(options, [{ name: "03-policies", defaults }])[0];
}

it("gives notebooks only the requested parameters, and the folder of charts", () => {
  expect(ofOne({ machines: 5 }, { machines: 800, seed: 1 })).toEqual({ machines: 5, figures: "../figures" });
  expect(ofOne({ language: "zh", quick: true })).toEqual({
    language: "zh",
    quick: true,
    figures: "../out/quick/figures",
  });
});

it("separates the charts of a quick run, unless --out is given", () => {
  expect(ofOne({ quick: true }).figures).toBe("../out/quick/figures");
  expect(ofOne({ quick: true, out: join(PROJECT, "mine") }).figures).toBe("../mine/figures");
  expect(ofOne({ quick: true, notebooks: join("deep", "notes") }).figures).toBe("out/quick/figures");
});

it("makes paths of traces and charts relative to the notebooks' folder", () => {
  const notebooks = join(process.cwd(), "deep", "notes");
  const tracesOf = (trace: string): unknown => ofOne({ trace, notebooks }, { trace: "synthetic" }).trace;
  expect(tracesOf("google2011:data/sample")).toBe("google2011:../../data/sample");
  expect(tracesOf("day.arrow")).toBe("../../day.arrow");
  expect(tracesOf("swf:/logs/a.swf")).toBe("swf:/logs/a.swf");
  expect(tracesOf("synthetic:days=1")).toBe("synthetic:days=1");
  expect(ofOne({ notebooks, out: "deep" }).figures).toBe("../figures");
  expect(ofOne({ notebooks }).figures).toBe("figures");
  expect(() => tracesOf("google2012:data")).toThrow("unknown trace");
});

it.each([
  ["03-policies.ipynb", true],
  ["10-x.ipynb", true],
  ["explore.ipynb", false],
  ["3-x.ipynb", false],
  ["03-x.ipynb.tmp", false],
  ["copy of 03-x.ipynb", false],
])("takes %s for a notebook of the paper: %s", (file, is) => {
  expect(isPaperNotebook(file)).toBe(is);
});
