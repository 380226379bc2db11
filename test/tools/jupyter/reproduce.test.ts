import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parametersOf, parseReproduceArguments } from "../../../src/tools/jupyter/reproduce.js";
import { PROJECT } from "../../../src/tools/jupyter/project.js";

describe("parseReproduceArguments", () => {
  it("reads what the README names", () => {
    const options = parseReproduceArguments(
      "--trace google2011:DIR --machines 100 --only 01,03 --language zh --quick --jobs 3".split(" "),
    );
    expect(options).toMatchObject({
      trace: "google2011:DIR",
      machines: 100,
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
    [["--nonsense"], "unknown option '--nonsense'"],
    [["03"], "too many arguments"],
  ])("refuses %j", (given, message) => {
    expect(() => parseReproduceArguments(given)).toThrow(message);
  });
});

it("gives notebooks only the requested parameters, and the folder of charts", () => {
  expect(parametersOf({ machines: 5 })).toEqual({ machines: 5, figures: "../figures" });
});

it("separates the charts of a quick run, unless --out is given", () => {
  expect(parametersOf({ quick: true }).figures).toBe("../out/quick/figures");
  expect(parametersOf({ quick: true, out: join(PROJECT, "mine") }).figures).toBe("../mine/figures");
  expect(parametersOf({ quick: true, notebooks: join("deep", "notes") }).figures).toBe("out/quick/figures");
});

it("makes paths of traces and charts relative to the notebooks' folder", () => {
  const notebooks = join(process.cwd(), "deep", "notes");
  const tracesOf = (trace: string): unknown => parametersOf({ trace, notebooks }).trace;
  expect(tracesOf("google2011:data/sample")).toBe("google2011:../../data/sample");
  expect(tracesOf("day.arrow")).toBe("../../day.arrow");
  expect(tracesOf("swf:/logs/a.swf")).toBe("swf:/logs/a.swf");
  expect(tracesOf("synthetic:days=1")).toBe("synthetic:days=1");
  expect(parametersOf({ notebooks, out: "deep" }).figures).toBe("../figures");
  expect(parametersOf({ notebooks }).figures).toBe("figures");
  expect(() => tracesOf("google2012:data")).toThrow("unknown trace");
});
