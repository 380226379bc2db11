import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { exportFigure } from "../../../src/charts/export/figure-files.js";
import { readManifest } from "../../../src/charts/export/manifest.js";
import { redraw } from "../../../src/charts/export/redraw.js";
import { inspectFonts } from "../../../src/charts/export/pdf.js";
import { createRenderer } from "../../../src/charts/export/renderer.js";
import { FIGURES } from "../every-figure.js";
import { TITLES, titledFigure } from "../titled-figure.js";
import { requireBrowser } from "./require-browser.js";

const renderer = createRenderer();
afterAll(() => renderer.close());

const figure = FIGURES.find(({ name }) => name === "gini-over-time")!;
const folder = (): Promise<string> => mkdtemp(join(tmpdir(), "schedlab-figure-"));

describe("exportFigure", () => {
  it("writes SVG, PDF, PNG, data and manifest, Chinese in an embedded, subset font", async () => {
    const path = join(await folder(), "new", "gini");
    const { files, skipped } = await exportFigure(figure, path, { language: "zh", renderer });
    if (!requireBrowser(skipped === undefined ? files : undefined)) return;
    expect(files).toEqual(
      ["svg", "pdf", "png", "csv", "tex", "json"].map((extension) => `${path}.${extension}`),
    );

    const svg = await readFile(`${path}.svg`, "utf8");
    expect(svg).toContain("基尼系数");
    expect(svg).toContain('width="320"');

    const pdf = await readFile(`${path}.pdf`);
    const fonts = inspectFonts(pdf);
    expect(fonts.embedded).toBeGreaterThan(0);
    expect(fonts.missing).toBe(0);
    expect(fonts.type3).toBe(0);
    expect(fonts.subsets.length).toBe(fonts.embedded);
    expect(fonts.subsets.every((name) => name.includes("NotoSansSC"))).toBe(true);
    expect(pdf.toString("latin1")).toMatch(/\/CreationDate \(D:19700101000000/);
    // 320 pixels at 96 per inch are 240 points.
    expect(pdf.toString("latin1")).toMatch(/\/MediaBox \[0 0 240 /);
    expect(pdf.toString("latin1").match(/\/Type \/Page\b/g)).toHaveLength(1);

    const png = await readFile(`${path}.png`);
    // 3.33 in at 300 dots per inch.
    expect(png.readUInt32BE(16)).toBe(1000);
    // 300 dots per inch are 11,811 per meter.
    expect(png.toString("latin1", 37, 41)).toBe("pHYs");
    expect([png.readUInt32BE(41), png.readUInt32BE(45), png[49]]).toEqual([11_811, 11_811, 1]);
  });

  it("redraws the same bytes from the manifest, and also in another language", async () => {
    const path = join(await folder(), "gini");
    const { skipped } = await exportFigure(figure, path, { width: "page", renderer });
    if (!requireBrowser(skipped === undefined ? path : undefined)) return;
    const read = (): Promise<Buffer[]> =>
      Promise.all(["svg", "pdf", "csv", "json"].map((extension) => readFile(`${path}.${extension}`)));
    const before = await read();
    await writeFile(`${path}.svg`, "lost");
    await redraw(`${path}.json`, { renderer });
    expect(await read()).toEqual(before);
    await redraw(`${path}.json`, { renderer, language: "zh" });
    expect(await readManifest(`${path}.json`)).toMatchObject({
      options: { width: "page", language: "zh" },
    });
    expect(await readFile(`${path}.svg`, "utf8")).toContain("基尼系数");
  });

  it("draws every title, in both notations", async () => {
    const path = join(await folder(), "titled");
    const { skipped } = await exportFigure(
      titledFigure((text) => ({ text })),
      path,
      { width: "page", renderer },
    );
    if (!requireBrowser(skipped === undefined ? path : undefined)) return;
    const svg = await readFile(`${path}.svg`, "utf8");
    for (const title of TITLES) expect(svg).toContain(title);
  });

  it("gives the same SVG from a new browser and after other charts", async () => {
    const fresh = createRenderer();
    const first = await fresh.svg(figure);
    await fresh.close();
    if (!requireBrowser(first)) return;
    await renderer.svg(FIGURES[1], { width: "slide" });
    expect(await renderer.svg(figure)).toBe(first);
  });

  it("without a browser says so in one sentence and still writes data and manifest", async () => {
    const path = join(await folder(), "gini");
    const none = createRenderer({ browser: "none" });
    const { files, skipped } = await exportFigure(figure, path, { renderer: none });
    expect(skipped).toBe(
      "no Chromium was found or it does not start: SVG, PDF and PNG are skipped; install Chromium or set " +
        "CHROME_PATH",
    );
    expect(files).toEqual([`${path}.csv`, `${path}.tex`, `${path}.json`]);
    expect((await readFile(`${path}.csv`, "utf8")).split("\n")[0]).toBe("policy,time (h),gini");
    expect(await readManifest(`${path}.json`)).toMatchObject({ kind: "schedlab-figure", figure });
  });

  it("leaves nothing behind where the path cannot be written", async () => {
    const at = await folder();
    await writeFile(join(at, "file"), "");
    const none = createRenderer({ browser: "none" });
    await expect(exportFigure(figure, join(at, "file", "gini"), { renderer: none })).rejects.toThrow(
      /cannot write .*: a (part of the path is a file|file is where a folder)/,
    );
    expect(await readdir(at)).toEqual(["file"]);
  });

  it("refuses a file that is not a manifest", async () => {
    const path = join(await folder(), "other.json");
    await writeFile(path, "{}");
    await expect(redraw(path)).rejects.toThrow(`${path} is not the manifest of a chart or a table`);
  });
});

describe("inspectFonts", () => {
  const pdf = (text: string): Uint8Array => new TextEncoder().encode(text);

  it("finds fonts that are not embedded, and Type 3", () => {
    const missing = "<</Type /FontDescriptor /FontName /Helvetica>> <</Type /Font /Subtype /Type3>>";
    expect(inspectFonts(pdf(missing))).toEqual({ embedded: 0, subsets: [], type3: 1, missing: 1 });
    const embedded = "<</Type /FontDescriptor /FontName /ABCDEF+Noto /FontFile2 7 0 R>> /FontFile3";
    expect(inspectFonts(pdf(embedded))).toMatchObject({ embedded: 2, subsets: ["ABCDEF+Noto"] });
  });
});
