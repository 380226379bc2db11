import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { createRenderer } from "../../src/charts/export/renderer.js";
import { requireBrowser } from "./export/require-browser.js";
import { FIGURES } from "./every-figure.js";

/**
 * `UPDATE_SNAPSHOTS=1 npx vitest run test/charts` accepts the figures as they are drawn now: look at them
 * first.
 */
const accept = process.env.UPDATE_SNAPSHOTS !== undefined;
const renderer = createRenderer();
afterAll(() => renderer.close());

const cases = FIGURES.flatMap((figure) =>
  (["en", "zh"] as const).map((language) => ({ name: `${figure.name}-${language}`, figure, language })),
);

describe("each chart looks as it did", () => {
  it.each(cases)("$name", async ({ name, figure, language }) => {
    const svg = await renderer.svg(figure, { language });
    if (!requireBrowser(svg)) return;
    const path = new URL(`snapshots/${name}.svg`, import.meta.url);
    const changed = new URL(`snapshots/${name}-changed.svg`, import.meta.url);
    if (accept) writeFileSync(path, svg);
    const expected = readIfThere(path);
    if (svg === expected) rmSync(changed, { force: true });
    else writeFileSync(changed, svg);
    expect(svg === expected, `${name}: compare ${name}.svg with ${name}-changed.svg`).toBe(true);
  });
});

it("keeps no picture of a chart that is gone", () => {
  const names = readdirSync(new URL("snapshots/", import.meta.url))
    .filter((name) => name.endsWith(".svg"))
    .map((name) => name.replace(/\.svg$/, ""));
  expect(names.sort()).toEqual(cases.map(({ name }) => name).sort());
});

function readIfThere(path: URL): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
