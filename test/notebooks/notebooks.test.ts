/**
 * The notebooks as a user meets them: `reproduce` runs them all, and Chromium opens the site without a
 * network. Needs Python with venv, and its packages the first time.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../../src/charts/export/browser.js";
import type { Figure } from "../../src/charts/figure.js";
import { MIGRATIONS } from "../../src/cluster/migration/presets.js";
import { POLICIES } from "../../src/policies/index.js";
import { ORDERS } from "../../src/systems/dag/registry.js";
import type { Notebook } from "../../src/tools/jupyter/notebook-faults.js";
import { isPaperNotebook, NOTEBOOKS, PROJECT } from "../../src/tools/jupyter/project.js";
import { openPage, type WatchedPage } from "./browser.js";
import { hasEnvironment } from "./environment.js";
import { writeNotebook } from "./write-notebook.js";

const isStrict = process.env.CI !== undefined;
const note = (text: string): void => void process.stderr.write(`${text}\n`);

const browser: Browser | undefined = await launchBrowser();
if (!browser) {
  if (isStrict) throw new Error("no Chromium starts here");
  note("skipped: no Chromium starts here");
}
const isReady = await hasEnvironment();

// Below the project, which is the root of what JupyterLab shows.
mkdirSync(join(PROJECT, "out"), { recursive: true });
const folder = mkdtempSync(join(PROJECT, "out", "test-"));
const names = readdirSync(NOTEBOOKS)
  .filter(isPaperNotebook)
  .map((name) => name.replace(/\.ipynb$/, ""))
  .sort();

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Finished {
  readonly code: number | null;
  readonly output: string;
}

function reproduce(...given: string[]): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const main = join(PROJECT, "dist", "tools", "jupyter", "main.js");
    const child = spawn(process.execPath, [main, "reproduce", ...given], { cwd: PROJECT });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    }
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ code, output });
    });
  });
}

/** The weight in bytes that no page of a quick run exceeds: the heaviest, 03-policies, has 770 kB. */
const HEAVIEST = 1_000_000;

/** Returns the links and sources of a page that lead to no file beside it, and to no element in it. */
function deadLinks(path: string): string[] {
  const html = readFileSync(path, "utf8");
  const links = Array.from(html.matchAll(/ (?:href|src|srcset)="([^"]*)"/g), ([, link]) => link);
  const isDead = (link: string): boolean => {
    if (link.startsWith("data:")) return false;
    if (link.startsWith("#")) return !html.includes(` id="${link.slice(1)}"`);
    return !existsSync(join(dirname(path), decodeURIComponent(link)));
  };
  return links.filter(isDead);
}

/**
 * Names that must look the same everywhere: all built-in ones, and the policy of notebook 09. A name that an
 * order of tasks has, too, means two things.
 */
const NAMED = new Set([...POLICIES.map(({ name }) => name), ...Object.keys(MIGRATIONS), "drain"]);
for (const { name } of ORDERS) NAMED.delete(name);

function manifestsIn(figures: string): string[] {
  return readdirSync(figures)
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(figures, name));
}

/** Returns color, dash and marker of the named series in a figure's manifest. */
function looksOf(file: string): { name: string; kind: string; value: string }[] {
  // A table's manifest has no figure.
  const { figure } = JSON.parse(readFileSync(file, "utf8")) as { figure?: Figure };
  return (figure?.data ?? []).flatMap((trace) => {
    const { type, name, mode, line, marker } = trace as Record<string, unknown> as {
      type?: string;
      name?: { en: string };
      mode?: string;
      line?: { color: string; dash?: string };
      marker?: { symbol?: string; line?: { color: string } };
    };
    // The line of a bar is its outline, which is the same for all.
    if (type === "bar" || name === undefined || !NAMED.has(name.en)) return [];
    const looks = { color: line?.color ?? marker?.line?.color, dash: line?.dash, symbol: marker?.symbol };
    const drawn = { ...looks, symbol: mode === "lines" ? undefined : looks.symbol };
    return Object.entries(drawn).flatMap(([kind, value]) =>
      value === undefined ? [] : [{ name: name.en, kind, value }],
    );
  });
}

/** Opens a page of the site from its file, without a network. */
async function openSitePage(name: string, width: number): Promise<WatchedPage> {
  const opened = await openPage(browser!, width);
  await opened.page.setOfflineMode(true);
  const url = pathToFileURL(join(folder, "site", `${name}.html`)).href;
  await opened.page.goto(url, { waitUntil: "load" });
  return opened;
}

/** Returns by how many pixels a page is wider than its window. */
async function overflow(page: Page): Promise<number> {
  return (await page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")) as number;
}

function openCells(page: Page): Promise<number> {
  return page.$$eval("details.code[open]", (found) => found.length);
}

describe.skipIf(!isReady)("npm run reproduce", () => {
  it("names the failing cell, its error and its line, and fails", async () => {
    const notebooks = join(folder, "failing");
    mkdirSync(notebooks);
    writeNotebook(join(notebooks, "01-bad.ipynb"), [
      'import { createPolicy } from "schedlab";',
      'const fine = 1;\ncreatePolicy("no-such-policy");',
      "'never reached'",
    ]);
    const out = join(folder, "failed");
    const { code, output } = await reproduce("--notebooks", notebooks, "--out", out);
    expect(code).toBe(1);
    expect(output).toMatch(
      /^01-bad: FAILED in code cell 2 of 3: InputError: unknown policy: no-such-policy/m,
    );
    expect(output).toMatch(/in cell \[2\], line 2:\n +createPolicy\("no-such-policy"\);/);
    expect(output).toMatch(/^0 of 1 notebooks ran/m);
    // The page is there nevertheless, with the error on it, above the code and not folded.
    const page = readFileSync(join(out, "site", "01-bad.html"), "utf8");
    expect(page).toMatch(/<div class="cell" id="failed">(?:(?!<details)[^])*unknown policy: no-such-policy/);
    expect(page).toContain('<a href="#failed">');
    expect(readFileSync(join(out, "site", "index.html"), "utf8")).toContain("A cell of this notebook failed");
  });

  it("refuses what it does not know", async () => {
    const wrong = await reproduce("--only", "99");
    expect(wrong.code).toBe(2);
    expect(wrong.output).toMatch(/^schedlab: no notebook starts with 99; there are 00-quickstart/);
    expect((await reproduce("--machine", "3")).output).toMatch(/unknown option '--machine'/);
  });

  describe("on every notebook, quickly", () => {
    let done: Finished;
    beforeAll(async () => {
      done = await reproduce("--quick", "--out", folder);
    }, 900_000);

    it("runs each to its end", () => {
      expect(done.output).toMatch(new RegExp(`^${names.length} of ${names.length} notebooks ran`, "m"));
      expect(done.code).toBe(0);
      for (const name of names) expect(done.output).toMatch(new RegExp(`^${name}: ok, `, "m"));
    });

    it("leaves figures, counted cells, and no path of this machine", () => {
      expect(readdirSync(join(folder, "figures")).some((name) => name.startsWith("00-"))).toBe(true);
      for (const name of names) {
        const text = readFileSync(join(folder, "out", "notebooks", `${name}.ipynb`), "utf8");
        expect(text).not.toContain(PROJECT);
        const { cells } = JSON.parse(text) as { cells: { cell_type: string; execution_count?: number }[] };
        const counts = cells.filter((cell) => cell.cell_type === "code").map((cell) => cell.execution_count);
        expect(counts).toEqual(counts.map((_, i) => i + 1));
      }
    });

    it("leaves notebooks/ as it was", () => {
      for (const name of names) {
        const text = readFileSync(join(NOTEBOOKS, `${name}.ipynb`), "utf8");
        expect(text).not.toMatch(/"execution_count": \d/);
      }
    });

    it("makes a site that holds all it links to, and can be sent as a folder", () => {
      const site = join(folder, "site");
      const pages = readdirSync(site).filter((name) => name.endsWith(".html"));
      expect(pages).toHaveLength(names.length + 1);
      const dead = pages.flatMap((page) => deadLinks(join(site, page)).map((link) => `${page}: ${link}`));
      expect(dead).toEqual([]);
      const left = readdirSync(site, { recursive: true }).filter((name) => String(name).endsWith(".tmp"));
      expect(left).toEqual([]);
    });

    it.each(names)("links %s to its neighbors, its notebook, its files and its headings", (name) => {
      const html = readFileSync(join(folder, "site", `${name}.html`), "utf8");
      const at = names.indexOf(name);
      for (const next of [names[at - 1], names[at + 1]].filter(Boolean)) {
        expect(html.match(new RegExp(`href="${next}.html"`, "g"))).toHaveLength(2);
      }
      expect(html).toContain(`href="notebooks/${name}.ipynb"`);
      expect(html.match(/<li class="level-2"><a href="#/g)?.length).toBeGreaterThan(1);
      if (browser) expect(html).toMatch(/href="figures\/\d\d-[^"]*\.pdf"/);
      expect(html).toMatch(
        new RegExp(`<code>npm run reproduce -- --only ${name} --quick</code><br>\\d{4}-.*UTC, schedlab \\d`),
      );
    });

    it.each(names)("keeps %s light", (name) => {
      expect(statSync(join(folder, "site", `${name}.html`)).size).toBeLessThan(HEAVIEST);
    });

    it.skipIf(!browser).each([...names, "index"])(
      "shows %s offline on a desk, charts live and code folded, without an error",
      async (name) => {
        const { page, troubles } = await openSitePage(name, 1300);
        const figures = await page.$$eval("main .schedlab-figure", (found) => found.length);
        if (name === "00-quickstart") expect(figures).toBeGreaterThan(0);
        await page.waitForFunction(
          `document.querySelectorAll('.schedlab-figure[data-drawn="live"]').length === ${figures}`,
          { timeout: 30_000 },
        );
        const shapes = await page.$$eval("main .schedlab-figure .main-svg", (found) => found.length);
        expect(shapes).toBeGreaterThanOrEqual(figures);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        expect(await openCells(page)).toBe(0);
        if (name !== "index") {
          await page.click(".all-code");
          expect(await openCells(page)).toBeGreaterThan(0);
          expect(await overflow(page)).toBeLessThanOrEqual(0);
        }
        expect(troubles).toEqual([]);
        await page.close();
      },
    );

    it.skipIf(!browser).each([...names, "index"])(
      "shows %s offline on a phone, with still charts in their narrow form, without an error",
      async (name) => {
        const { page, troubles } = await openSitePage(name, 390);
        await page.evaluate("document.querySelectorAll('details').forEach((it) => { it.open = true; })");
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        const sources = (await page.evaluate(
          "[...document.querySelectorAll('.schedlab-figure:not(.schedlab-wide) img')].map((it) => it.currentSrc)",
        )) as string[];
        for (const source of sources) expect(source).toMatch(/\/figures\/\d\d-[^/]*\.svg$/);
        expect(await page.$$eval(".main-svg", (found) => found.length)).toBe(0);
        expect(troubles).toEqual([]);
        await page.close();
      },
    );

    it("gives each policy and mechanism one look in all charts, which no other has in the same chart", () => {
      const looks = new Map<string, Map<string, Set<string>>>();
      for (const file of manifestsIn(join(folder, "figures"))) {
        const inChart = new Map<string, string>();
        for (const { name, kind, value } of looksOf(file)) {
          const ofName = looks.get(name) ?? new Map<string, Set<string>>();
          looks.set(name, ofName.set(kind, (ofName.get(kind) ?? new Set()).add(value)));
          if (kind !== "color") continue;
          // Colors may repeat in a chart of many policies; colors and markers together may not.
          inChart.set(name, value);
        }
        if (inChart.size <= 5) expect(new Set(inChart.values()).size, file).toBe(inChart.size);
      }
      expect(looks.get("gini-greedy")).toBeDefined();
      const changing = [...looks].flatMap(([name, kinds]) =>
        [...kinds].flatMap(([kind, values]) =>
          values.size > 1 ? [`${name}: ${kind} ${[...values].join(" ")}`] : [],
        ),
      );
      expect(changing).toEqual([]);
    });

    it("has a front page with one figure on top, and the picture that each notebook names", () => {
      const html = readFileSync(join(folder, "site", "index.html"), "utf8");
      for (const name of names) expect(html).toContain(`<a class="card" href="${name}.html">`);
      if (!browser) return;
      expect(html.match(/<figure /g)).toHaveLength(1);
      for (const name of names) {
        const { metadata } = JSON.parse(readFileSync(join(NOTEBOOKS, `${name}.ipynb`), "utf8")) as Notebook;
        const file = `figures/${name.slice(0, 2)}-${String(metadata.schedlab?.picture)}.svg`;
        expect(html).toContain(`<img alt="" src="${file}"`);
      }
    });
  });
});
