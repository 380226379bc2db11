import { describe, expect, it } from "vitest";
import { readDefaults } from "../../../src/tools/jupyter/parameter-cell.js";
import { assignParameters } from "../../../src/tools/jupyter/set-parameters.js";

function readCell(source: string): ReturnType<typeof readDefaults> {
  return readDefaults({ cells: [{ cell_type: "code", source }], metadata: {} });
}

describe("readDefaults", () => {
  it("finds every literal, wherever the first code cell calls notebook()", () => {
    const cell = `import { notebook } from "schedlab";
      const { parameters, publish } = notebook("03", {
        trace: "synthetic", seeds: 10, "share": .5, // a comment: { seeds: 3 }
        least: -2, isFair: false, workers: 1 + 1, days,
      }, { quick: { seeds: 5 } });`;
    expect(readCell(cell)).toEqual({
      trace: "synthetic",
      seeds: 10,
      share: 0.5,
      least: -2,
      isFair: false,
      workers: undefined,
      days: undefined,
    });
  });

  it.each(["notebook('03', defaults)", "notebook('03', { ...defaults, seeds: 3 })", "1 + 1", "notebook("])(
    "does not guess: %s",
    (cell) => {
      expect(readCell(cell)).toBeUndefined();
    },
  );

  it("skips text, and knows that a notebook without code has no parameters to read", () => {
    const text = { cell_type: "markdown", source: "notebook('00', { a: 1 })" };
    const code = { cell_type: "code", source: ["notebook(", "'01', { b: 2 })"] };
    expect(readDefaults({ cells: [text, code], metadata: {} })).toEqual({ b: 2 });
    expect(readDefaults({ cells: [text], metadata: {} })).toBeUndefined();
  });
});

describe("assignParameters", () => {
  const two = [
    { name: "00-a", defaults: { trace: "synthetic", machines: 800, isFair: false } },
    { name: "03-b", defaults: { machines: 800, seeds: 10, workers: undefined } },
  ];

  it("gives each notebook its own parameters, in the types of their defaults", () => {
    const given = { machines: "5", seeds: "1e1", isFair: "true", trace: "7", workers: "2" };
    expect(assignParameters(two, given)).toEqual([
      { machines: 5, isFair: true, trace: "7" },
      { machines: 5, seeds: 10, workers: 2 },
    ]);
  });

  it("refuses a name that no notebook has, with what they have", () => {
    expect(() => assignParameters(two, { sedes: "20" })).toThrow(
      "no chosen notebook has a parameter sedes (did you mean seeds?); " +
        "known: isFair, machines, seeds, trace, workers",
    );
  });

  it.each([
    [{ seeds: "many" }, "invalid seeds of notebook 03-b: many; give a number, such as its default 10"],
    [{ machines: "" }, "invalid machines of notebook 00-a: ; give a number"],
    [{ isFair: "1" }, "invalid isFair of notebook 00-a: 1; give true or false"],
  ])("refuses %j", (given: Record<string, string>, message) => {
    expect(() => assignParameters(two, given)).toThrow(message);
  });

  it("leaves a notebook that cannot be read to check for itself", () => {
    const unread = [...two, { name: "04-c", defaults: undefined }];
    expect(assignParameters(unread, { sedes: "20" })).toEqual([{}, {}, { sedes: 20 }]);
  });
});
