/**
 * The notebooks as a user meets them: `reproduce` runs them all, Chromium opens the site without a network,
 * and a real JupyterLab server runs the quickstart. Needs Python with venv, and its packages the first time.
 */
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { setTimeout as delay } from "node:timers/promises";
import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { ensureEnvironment, JUPYTER_VARIABLES, PYTHON } from "../../src/tools/jupyter/environment.js";
import { labArguments } from "../../src/tools/jupyter/lab.js";
import { NOTEBOOKS, PROJECT } from "../../src/tools/jupyter/project.js";
import { openBrowser, openPage } from "./browser.js";

const isStrict = process.env.CI !== undefined;
const note = (text: string): void => void process.stderr.write(`${text}\n`);

/** Whether there is a Python environment: in CI it is a failure to have none. */
async function hasEnvironment(): Promise<boolean> {
  try {
    await ensureEnvironment(note);
    return true;
  } catch (error) {
    if (isStrict || !(error instanceof InputError)) throw error;
    note(`skipped: notebooks are not run here: ${error.message}`);
    return false;
  }
}
const browser: Browser | undefined = await openBrowser();
if (!browser) {
  if (isStrict) throw new Error("no Chromium starts here");
  note("skipped: no Chromium starts here");
}
const isReady = await hasEnvironment();

// Below the project, which is the root of what JupyterLab shows.
mkdirSync(join(PROJECT, "out"), { recursive: true });
const folder = mkdtempSync(join(PROJECT, "out", "test-"));
const names = readdirSync(NOTEBOOKS)
  .filter((name) => name.endsWith(".ipynb"))
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

function writeNotebook(path: string, sources: readonly string[]): void {
  const cells = sources.map((source, i) => ({
    cell_type: "code",
    id: `cell-${i}`,
    metadata: {},
    execution_count: null,
    outputs: [],
    source,
  }));
  const kernelspec = { name: "schedlab", display_name: "TypeScript (schedlab)", language: "typescript" };
  writeFileSync(path, JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 }));
}

describe.skipIf(!isReady)("npm run reproduce", () => {
  it("names the failing cell, its error and its line, and fails", async () => {
    const notebooks = join(folder, "failing");
    mkdirSync(notebooks);
    writeNotebook(join(notebooks, "00-good.ipynb"), ["1 + 1"]);
    writeNotebook(join(notebooks, "01-bad.ipynb"), [
      'import { createPolicy } from "schedlab";',
      'const fine = 1;\ncreatePolicy("no-such-policy");',
      "'never reached'",
    ]);
    const out = join(folder, "failed");
    const { code, output } = await reproduce("--notebooks", notebooks, "--out", out);
    expect(code).toBe(1);
    expect(output).toMatch(/^00-good: ok, 1 cells/m);
    expect(output).toMatch(
      /^01-bad: FAILED in code cell 2 of 3: InputError: unknown policy: no-such-policy/m,
    );
    expect(output).toMatch(/in cell \[2\], line 2:\n +createPolicy\("no-such-policy"\);/);
    expect(output).toMatch(/^1 of 2 notebooks ran/m);
    // The page is there all the same, with the error on it.
    expect(readFileSync(join(out, "site", "01-bad.html"), "utf8")).toContain("no-such-policy");
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
    }, 300_000);

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

    it.skipIf(!browser).each([...names, "index"])(
      "shows %s offline, charts live, without an error",
      async (name) => {
        const { page, troubles } = await openPage(browser!);
        await page.setOfflineMode(true);
        const path = join(folder, "site", `${name}.html`);
        await page.goto(pathToFileURL(path).href, { waitUntil: "load" });
        const figures = await page.$$eval(".schedlab-figure", (found) => found.length);
        if (name === "00-quickstart") expect(figures).toBeGreaterThan(0);
        await page.waitForFunction(
          `document.querySelectorAll('.schedlab-figure[data-drawn="live"]').length === ${figures}`,
          { timeout: 30_000 },
        );
        const shapes = await page.$$eval(".schedlab-figure .main-svg", (found) => found.length);
        expect(shapes).toBeGreaterThanOrEqual(figures);
        expect(troubles).toEqual([]);
        await page.close();
      },
    );

    it("has an index with a picture and a link for each notebook", () => {
      const html = readFileSync(join(folder, "site", "index.html"), "utf8");
      for (const name of names) expect(html).toContain(`href="${name}.html"`);
      if (browser) expect(html).toContain("data:image/png;base64,");
      for (const file of ["plotly.js", "mathjax.js"])
        expect(existsSync(join(folder, "site", file))).toBe(true);
    });
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("no free port");
  return address.port;
}

describe.skipIf(!isReady || !browser)("JupyterLab", () => {
  it("opens the quickstart, runs all its cells and shows its charts, without an error", async () => {
    const work = join(folder, "lab");
    const home = join(folder, "home");
    mkdirSync(work);
    cpSync(join(NOTEBOOKS, "00-quickstart.ipynb"), join(work, "00-quickstart.ipynb"));
    const port = await freePort();
    const given = [
      "--no-browser",
      "--expose-app-in-browser",
      `--ServerApp.port=${port}`,
      "--ServerApp.port_retries=0",
      "--IdentityProvider.token=test",
    ];
    const server = spawn(PYTHON, labArguments(given, { notebooks: [], isRoot: process.getuid?.() === 0 }), {
      cwd: PROJECT,
      stdio: ["ignore", "ignore", "pipe"],
      env: {
        ...process.env,
        ...JUPYTER_VARIABLES,
        JUPYTER_CONFIG_DIR: home,
        JUPYTER_DATA_DIR: join(home, "data"),
        JUPYTER_RUNTIME_DIR: join(home, "runtime"),
        JUPYTERLAB_WORKSPACES_DIR: join(home, "workspaces"),
        SCHEDLAB_PARAMETERS: JSON.stringify({ quick: true, figures: join(work, "figures") }),
      },
    });
    let log = "";
    server.stderr.setEncoding("utf8").on("data", (text: string) => (log += text));
    try {
      const address = `http://127.0.0.1:${port}`;
      const isUp = (): Promise<boolean> =>
        fetch(`${address}/api/status?token=test`).then(
          ({ ok }) => ok,
          () => false,
        );
      for (let tries = 0; !(await isUp()); tries++) {
        if (tries === 900) throw new Error(`JupyterLab does not answer:\n${log}`);
        await delay(100);
      }
      const { page, troubles } = await openPage(browser!);
      const path = `${work.slice(PROJECT.length + 1)}/00-quickstart.ipynb`;
      await page.goto(`${address}/lab/tree/${path}?token=test`, { waitUntil: "load" });
      await page.waitForFunction(
        "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'",
        { timeout: 60_000 },
      );
      await page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')");
      await page.waitForFunction(
        "document.querySelectorAll('.schedlab-figure[data-drawn=\"live\"] .main-svg').length >= 3",
        { timeout: 60_000 },
      );
      const prompts = (await page.evaluate(
        "[...document.querySelectorAll('.jp-InputPrompt')].map((it) => " +
          "it.textContent.trim()).filter(Boolean)",
      )) as string[];
      expect(prompts).toEqual(prompts.map((_, i) => `[${i + 1}]:`));
      const shown = await page.$$eval(".jp-OutputArea-output table tbody tr", (rows) => rows.length);
      expect(shown).toBe(2);
      const said = (await page.evaluate(
        "[...document.querySelectorAll('.jp-RenderedText[data-mime-type$=stderr]')].map((it) => it.textContent)",
      )) as string[];
      expect(said).toEqual([]);
      // Chromium calls an answer without a body (204) aborted.
      expect(troubles.filter((trouble) => !trouble.endsWith("net::ERR_ABORTED"))).toEqual([]);
      await page.close();
    } finally {
      server.kill("SIGTERM");
      if (server.exitCode === null) await new Promise((resolve) => server.once("exit", resolve));
    }
  });
});
