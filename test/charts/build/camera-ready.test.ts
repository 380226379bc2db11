import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { lines } from "../../../src/charts/build/lines.js";
import { exportFigure } from "../../../src/charts/export/figure-files.js";
import { createRenderer } from "../../../src/charts/export/renderer.js";
import { requireBrowser } from "../export/require-browser.js";

const renderer = createRenderer();
afterAll(() => renderer.close());

const ROWS = [0.7, 0.9].flatMap((hot) =>
  ["mine", "theirs"].flatMap((policy, p) =>
    [0, 1800, 3600].map((time) => ({ hot, policy, time, gini: 0.3 + p * 0.1 + time / 1e5 })),
  ),
);

describe("three lines of code draw a user's table", () => {
  it("camera-ready: drawing, rows and manifest", async () => {
    const folder = await mkdtemp(join(tmpdir(), "own-chart-"));
    try {
      const figure = lines(ROWS, { x: "time", y: "gini", color: "policy", facet: "hot" });
      const { files } = await exportFigure(figure, join(folder, figure.name), { renderer });
      expect(figure.name).toBe("gini-over-time-by-policy-by-hot");
      const read = (extension: string): Promise<string> =>
        readFile(join(folder, `${figure.name}.${extension}`), "utf8");
      expect((await read("csv")).split("\n").slice(0, 3)).toEqual([
        "policy,hot,time (h),gini",
        "mine,0.7,0,0.3",
        "mine,0.7,0.5,0.318",
      ]);
      expect(JSON.parse(await read("json"))).toMatchObject({ kind: "schedlab-figure", figure });
      if (!requireBrowser(files.find((file) => file.endsWith(".svg")))) return;
      const svg = await read("svg");
      for (const words of ["mine", "theirs", "hot: 0.7", "hot: 0.9", "Time (hours)"])
        expect(svg).toContain(`>${words}</text>`);
      // The title is too long for a panel, so it has two lines.
      for (const words of ["Gini", "coefficient"]) expect(svg).toContain(`>${words}</tspan>`);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
