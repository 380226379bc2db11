import { describe, expect, it } from "vitest";
import { checkLanguage, fileName, localize } from "../../src/charts/figure.js";
import { InputError } from "../../src/base/errors.js";

describe("localize", () => {
  const text = { en: "load", zh: "负载" };

  it("replaces every Text, however deep, and nothing else", () => {
    const value = {
      a: [1, text, { b: text, c: null }],
      en: "not a Text: it has three keys",
      zh: "",
      d: true,
    };
    expect(localize(value, "zh")).toEqual({ ...value, a: [1, "负载", { b: "负载", c: null }] });
    expect(localize(text, "en")).toBe("load");
  });
});

it("fileName keeps letters of any script, digits, dots and dashes", () => {
  expect(fileName("my policy/v2: 阈值_0.5")).toBe("my-policy-v2-阈值_0.5");
});

it("checkLanguage names the known languages", () => {
  expect(() => {
    checkLanguage("fr");
  }).toThrow(new InputError("unknown language: fr; known: en, zh"));
});
