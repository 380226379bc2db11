import { chmod, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findBrowsers } from "../../../src/charts/export/find-browsers.js";
import { answer } from "../../../src/charts/export/page.js";

describe("findBrowsers", () => {
  it("prefers CHROME_PATH to PATH, and skips missing programs", async () => {
    const folder = await mkdtemp(join(tmpdir(), "schedlab-browser-"));
    const program = join(folder, "chromium");
    await writeFile(program, "#!/bin/sh\n");
    await chmod(program, 0o755);
    expect(await findBrowsers("system", { PATH: `/nonexistent:${folder}` })).toEqual([{ path: program }]);
    expect(await findBrowsers("system", { PATH: "", CHROME_PATH: program })).toEqual([{ path: program }]);
    expect(await findBrowsers("system", { PATH: folder, CHROME_PATH: "/nonexistent" })).toEqual([]);
    expect(await findBrowsers("none", { PATH: folder })).toEqual([]);
  });
});

describe("the page", () => {
  it("gets plotly and the font from files, and nothing from elsewhere", async () => {
    expect((await answer("http://schedlab.invalid/"))?.contentType).toBe("text/html");
    expect((await answer("http://schedlab.invalid/font/400.css"))?.body.toString()).toContain("Noto Sans SC");
    expect(await answer("http://schedlab.invalid/font/../../../package.json")).toBeUndefined();
    expect(await answer("https://example.org/plotly.js")).toBeUndefined();
  });
});
