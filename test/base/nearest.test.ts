import { describe, expect, it } from "vitest";
import { didYouMean, nearestName } from "../../src/base/nearest.js";

describe("nearestName", () => {
  const known = ["synthetic", "google2011", "planetlab"];
  it.each([
    ["sintetic", "synthetic"], // two edits: y to i, h dropped
    ["google2019", "google2011"],
    ["Google", "google2011"], // four letters short; a third of ten, rounded up, is four
    ["PlanetLab", "planetlab"],
    ["swf", undefined],
    ["", undefined],
  ])("%s gives %s", (name, nearest) => {
    expect(nearestName(name, known)).toBe(nearest);
  });
});

describe("didYouMean", () => {
  it("is empty where nothing is near", () => {
    expect(didYouMean("plannetlab", ["planetlab"])).toBe(" (did you mean planetlab?)");
    expect(didYouMean("swf", ["planetlab"])).toBe("");
  });
});
