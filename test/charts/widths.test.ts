import { describe, expect, it } from "vitest";
import { sizeOf, WIDTHS, type Width } from "../../src/charts/widths.js";

describe("sizeOf", () => {
  it.each([
    // 96 pixels, 72.27 TeX points and 2.54 cm make an inch.
    ["345pt", 458],
    ["722.7pt", 960],
    ["3.5in", 336],
    ["8.5cm", 321],
    ["127 mm", 480],
    ["500px", 500],
  ] as const)("%s is %i pixels", (width, pixels) => {
    expect(sizeOf(width as Width).width).toBe(pixels);
  });

  it("lies between a column and a page, in everything", () => {
    // 496 is in the middle of 320 and 672.
    expect(sizeOf("496px")).toEqual({
      ...WIDTHS.page,
      width: 496,
      font: 11,
      scale: 1.075,
      flatten: 0.8,
      ticks: 7,
    });
    expect(sizeOf("320px")).toEqual(WIDTHS.column);
    expect(sizeOf("672px")).toEqual(WIDTHS.page);
  });

  it("has the fonts of the nearest beyond them", () => {
    expect(sizeOf("200px")).toEqual({ ...WIDTHS.column, width: 200 });
    expect(sizeOf("1000px")).toEqual({ ...WIDTHS.page, width: 1000 });
  });

  it("keeps the shape of a figure that is made for a page", () => {
    // 345 pt are 458 px, 0.68 of a page: fonts of 11 px become 7.5 px, rounded.
    expect(sizeOf("345pt", "page")).toEqual({ ...WIDTHS.page, width: 458, font: 8, scale: (1.15 * 8) / 11 });
    expect(sizeOf("2in", "page").font).toBe(8);
    expect(sizeOf("column", "page")).toEqual(WIDTHS.page);
  });

  it.each([
    [
      "345",
      "unknown width: 345; give column, page, slide, screen, or a number with a unit (pt, in, cm, mm, px)",
    ],
    ["poster", "unknown width: poster; give column"],
    ["3 em", "unknown width: 3 em; give column"],
    ["-3in", "unknown width: -3in; give column"],
    ["constructor", "unknown width: constructor; give column"],
    ["1.9in", "invalid width: 1.9in is 1.9 in; give 2 in to 40 in"],
    ["2m", "unknown width: 2m"],
    ["200cm", "invalid width: 200cm is 78.7 in; give 2 in to 40 in"],
  ])("refuses %s", (width, message) => {
    expect(() => sizeOf(width as Width)).toThrow(message);
  });
});
