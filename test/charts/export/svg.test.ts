import { describe, expect, it } from "vitest";
import { normalizeSvg, roundNumbers } from "../../../src/charts/export/svg.js";

describe("normalizeSvg", () => {
  const svg = (id: string): string =>
    `<svg class="main-svg" style=""><defs id="defs-${id}"><clipPath id="clip${id}xyplot"><rect ` +
    `width="10.12345"/></clipPath>` +
    `<linearGradient id="g${id}"/></defs><g class="trace${id}" clip-path="url(#clip${id}xyplot)" ` +
    `style="fill: url('#g${id}');"/>` +
    `<use xlink:href="#g${id}"/><text x="1.005" data-unformatted="a 1.23456">1.23456 #clip</text></svg>`;

  it("gives the same bytes whatever the random ids were", () => {
    expect(normalizeSvg(svg("b775ec"))).toBe(normalizeSvg(svg("0f1e2d")));
  });

  it("keeps references, rounds coordinates and leaves words alone", () => {
    expect(normalizeSvg(svg("b775ec"))).toBe(
      `<svg><defs id="i0"><clipPath id="i1"><rect width="10.12"/></clipPath><linearGradient ` +
        `id="i2"/></defs>` +
        `<g clip-path="url(#i1)" style="fill: url(#i2);"/><use xlink:href="#i2"/><text x="1">1.23456 ` +
        "#clip</text></svg>\n",
    );
  });

  it("re-encodes bitmaps", () => {
    const source = "data:image/png;base64,AAAA";
    const image = { source, width: 1, height: 1, pixels: Uint8Array.of(1, 2, 3, 255) };
    const drawn = normalizeSvg(`<svg><image xlink:href="${source}"/></svg>`, [image]);
    expect(drawn).toMatch(/^<svg><image xlink:href="data:image\/png;base64,iVBORw0KGgo/);
    expect(drawn).not.toContain('AAAA"');
  });
});

it("roundNumbers rounds to a hundredth, whatever the notation", () => {
  expect(roundNumbers("M1.005,-2.999L.004,-.001h1e-7.5e3")).toBe("M1,-3L0,0h1e-7500");
  expect(roundNumbers("rgb(1, 2, 3); 12")).toBe("rgb(1, 2, 3); 12");
});
