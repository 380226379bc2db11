/**
 * The lab as a user meets it: the kernel installed for the user, under nbclient; and in JupyterLab the
 * launcher, a new notebook, the completion of names with their docs, and charts that a reader explores.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PYTHON } from "../../src/tools/jupyter/environment.js";
import { writeKernelSpec } from "../../src/tools/jupyter/kernel-spec.js";
import { makeOwnNotebooks } from "../../src/tools/jupyter/lab.js";
import { NOTEBOOKS, PROJECT } from "../../src/tools/jupyter/project.js";
import { launchBrowser } from "../../src/charts/export/browser.js";
import { hasEnvironment } from "./environment.js";
import { openPage, type WatchedPage } from "./browser.js";
import { startLab, type Lab } from "./start-lab.js";

const isStrict = process.env.CI !== undefined;
const browser = await launchBrowser();
if (!browser && isStrict) throw new Error("no Chromium starts here");
const isReady = await hasEnvironment();

// Below the project, which is the root of what JupyterLab shows.
mkdirSync(join(PROJECT, "out"), { recursive: true });
const folder = mkdtempSync(join(PROJECT, "out", "test-lab-"));
const mine = join(folder, "mine");
await makeOwnNotebooks(mine);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a notebook with nbclient; prints the folder of the kernelspec and the outputs as JSON. */
const NBCLIENT = `
import json, sys, nbformat
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, kernel_name="schedlab", resources={"metadata": {"path": sys.argv[2]}}).execute()
outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
print(json.dumps([KernelSpecManager().get_kernel_spec("schedlab").resource_dir, outputs]))
`;

it.skipIf(!isReady)("runs under nbclient that knows the kernel from the user's data only", async () => {
  const data = join(folder, "data");
  const installed = await writeKernelSpec(data);
  const { stdout, stderr, status } = spawnSync(PYTHON, ["-c", NBCLIENT, join(mine, "first.ipynb"), folder], {
    encoding: "utf8",
    env: { ...process.env, JUPYTER_DATA_DIR: data, JUPYTER_PREFER_ENV_PATH: "0" },
  });
  expect([status, stderr]).toEqual([0, expect.not.stringContaining("Error")]);
  const [used, outputs] = JSON.parse(stdout) as [string, { data: Record<string, string> }[]];
  expect(used).toBe(installed);
  expect(outputs).toHaveLength(1);
  for (const policy of ["no-migration", "least-loaded", "gini-greedy"])
    expect(outputs[0].data["text/html"]).toContain(policy);
});

describe.skipIf(!isReady || !browser)("JupyterLab", () => {
  const work = join(folder, "work");
  const figures = join(work, "figures");
  let lab: Lab;
  beforeAll(async () => {
    mkdirSync(work);
    lab = await startLab(join(folder, "home"), mine, { quick: true, figures });
  }, 120_000);
  afterAll(() => lab.close());

  it("offers this kernel only, makes notebooks in the own folder, and completes names with their docs", async () => {
    const { address } = lab;
    const specs = await fetch(`${address}/api/kernelspecs?token=test`);
    const { kernelspecs } = (await specs.json()) as { kernelspecs: object };
    expect(Object.keys(kernelspecs)).toEqual(["schedlab"]);

    const { page } = await openPage(browser!, 1500);
    await page.goto(`${address}/?token=test`, { waitUntil: "load" });
    const path = "window.jupyterapp?.shell.currentWidget?.context?.path";
    await page.waitForFunction(`${path} === "notebooks/00-quickstart.ipynb"`, { timeout: 60_000 });
    // The file browser follows the notebook to its folder first, and then goes to its own.
    await page.waitForSelector('.jp-BreadCrumbs-item[title$="/mine"]', { timeout: 30_000 });
    await page.evaluate("window.jupyterapp.commands.execute('launcher:create')");
    await page.waitForSelector(".jp-LauncherCard[data-category=Notebook]", { timeout: 30_000 });
    const cards = await textsOf(page, ".jp-LauncherCard[data-category=Notebook]");
    expect(cards).toEqual([expect.stringContaining("TypeScript (schedlab)")]);
    await page.click(".jp-LauncherCard[data-category=Notebook]");
    const own = `${mine.slice(PROJECT.length + 1).replaceAll("\\", "/")}/Untitled.ipynb`;
    await page.waitForFunction(`${path} === ${JSON.stringify(own)}`, { timeout: 30_000 });
    await page.waitForFunction(
      "window.jupyterapp.shell.currentWidget.sessionContext?.session?.kernel?.status === 'idle'",
      { timeout: 60_000 },
    );

    await runCell(page, 'import { experiment } from "schedlab";');
    const design = '{ trace: "synthetic", machines: 5, steps: 3, policies: "random" }';
    await runCell(page, `const runs = await experiment(${design});`);
    const policy = await completion(page, 'await experiment({ trace: "synthetic", policies: ["thresh');
    expect(policy).toEqual(["threshold", expect.stringContaining("Source (adapted)")]);
    const oneSetting = 'await experiment({ trace: "synthetic", policies: ["threshold"], set: { ho';
    expect(await completion(page, oneSetting)).toEqual(["hot", expect.stringContaining("default 0.8 load")]);
    const metric = await completion(page, 'runs.select("giniAu');
    expect(metric).toEqual(["giniAuthor", expect.stringContaining("the thesis author's variant")]);
    await page.close();
  });

  it("runs the quickstart, shows charts before their files are written, and saves it small", async () => {
    const { page, troubles } = await openInLab(lab, work, "00-quickstart");
    await page.evaluate(`new MutationObserver(() => {
      if (document.querySelector('.schedlab-figure')) window.firstChart ??= Date.now();
    }).observe(document.body, { childList: true, subtree: true })`);
    await runAll(page, 3);
    const prompts = (await page.evaluate(
      "[...document.querySelectorAll('.jp-InputPrompt')].map((it) => " +
        "it.textContent.trim()).filter(Boolean)",
    )) as string[];
    expect(prompts).toEqual(prompts.map((_, i) => `[${i + 1}]:`));
    const shown = await page.$$eval(".jp-OutputArea-output table tbody tr", (rows) => rows.length);
    expect(shown).toBe(5);
    await page.waitForFunction("document.querySelectorAll('a.schedlab-file').length >= 15", {
      timeout: 60_000,
    });
    const written = readdirSync(figures).map((name) => statSync(join(figures, name)).mtimeMs);
    expect(await page.evaluate("window.firstChart")).toBeLessThan(Math.min(...written));
    // The links under the charts lead to what the cells wrote, through the server.
    const answers = (await page.evaluate(
      "Promise.all([...document.querySelectorAll('a.schedlab-file')].map((it) => " +
        "fetch(it.href).then(({ status }) => status)))",
    )) as number[];
    expect(new Set(answers)).toEqual(new Set([200]));
    // plotly.js is the server's.
    expect(
      await page.$$eval(
        "script[src*='labextensions/schedlab'], script[src*='lab/extensions/schedlab']",
        (found) => found.length,
      ),
    ).toBe(1);
    const said = (await page.evaluate(
      "[...document.querySelectorAll('.jp-RenderedText[data-mime-type$=stderr]')].map((it) => it.textContent)",
    )) as string[];
    expect(said).toEqual([]);
    await page.evaluate("window.jupyterapp.commands.execute('docmanager:save')");
    const saved = join(work, "00-quickstart.ipynb");
    await expect
      .poll(() => readFileSync(saved, "utf8").includes("schedlab-figure"), { timeout: 20_000 })
      .toBe(true);
    expect(statSync(saved).size).toBeLessThan(1_000_000);
    expect(realTroubles(troubles)).toEqual([]);
    await page.close();
  });

  it("explores: a setting, a menu and a slider change what is drawn", async () => {
    const { page, troubles } = await openInLab(lab, work, "explore");
    await runAll(page, 4);
    /** Evaluates an expression on `live`, the n-th live chart of the notebook. */
    const onChart = (n: number, expression: string): Promise<unknown> =>
      page.evaluate(`((live) => ${expression})(document.querySelectorAll('[data-live]')[${n}])`);
    const [grid, over, metric] = [0, 1, 2];

    // A setting: the cell of the settings with another limit for gini-greedy.
    const greedy =
      "live.data.find(({ name, yaxis }) => name === 'gini-greedy' && yaxis === 'y').y.map(Number)";
    const before = (await onChart(over, greedy)) as number[];
    await page.evaluate(`(() => {
      const { content } = window.jupyterapp.shell.currentWidget;
      const at = content.widgets.findIndex(({ model }) => model.sharedModel.source.includes("const limit"));
      const { sharedModel } = content.widgets[at].model;
      sharedModel.setSource(sharedModel.source.replace("const limit = 0.25", "const limit = 0.5"));
      content.activeCellIndex = at;
    })()`);
    await page.evaluate("window.jupyterapp.commands.execute('notebook:run-cell')");
    await page.waitForFunction(
      `((live) => live?.data && ${greedy}.some((y, i) => y !== ${JSON.stringify(before)}[i]))(document.querySelectorAll('[data-live]')[${over}])`,
      { timeout: 60_000 },
    );
    const after = (await onChart(over, greedy)) as number[];
    const mean = (values: number[]): number => values.reduce((sum, y) => sum + y, 0) / values.length;
    expect(mean(after)).toBeGreaterThan(mean(before));

    // The menu of metrics: a click opens it, a click on its second entry chooses it.
    const charts = await page.$$("[data-live]");
    const names = "live.layout.updatemenus[0].buttons.map(({ label }) => label)";
    expect((await onChart(metric, names)) as string[]).toContain("Metric: utilization");
    await (await charts[metric].$(".updatemenu-header"))!.click();
    await (await charts[metric].$$(".updatemenu-dropdown-button"))[1].click();
    await page.waitForFunction(
      `document.querySelectorAll('[data-live]')[${metric}].layout.yaxis.title.text.includes('tilization')`,
    );
    const seen = (await onChart(
      metric,
      "live.data.filter(({ visible }) => visible).map(({ name }) => name)",
    )) as string[];
    expect(seen).toHaveLength(4);

    // The slider over time of the picture of all machines.
    const tiles =
      "JSON.stringify(live.data.filter(({ visible, z }) => visible !== false && z).map(({ z }) => z))";
    const atFirst = await onChart(grid, tiles);
    const rail = (await (await charts[grid].$(".slider-rail-touch-rect"))!.boundingBox())!;
    await page.mouse.click(rail.x + 0.6 * rail.width, rail.y + rail.height / 2);
    await expect.poll(() => onChart(grid, tiles), { timeout: 10_000 }).not.toBe(atFirst);
    expect(realTroubles(troubles)).toEqual([]);
    await page.close();
  });
});

/** Opens a copy of a notebook in a workspace of its own of JupyterLab, and waits for its kernel. */
async function openInLab({ address }: Lab, work: string, name: string): Promise<WatchedPage> {
  cpSync(join(NOTEBOOKS, `${name}.ipynb`), join(work, `${name}.ipynb`));
  const opened = await openPage(browser!, 1600);
  // JupyterLab draws only cells that are seen: make the window taller than the notebook.
  await opened.page.setViewport({ width: 1600, height: 6000 });
  const path = `${work.slice(PROJECT.length + 1)}/${name}.ipynb`;
  await opened.page.goto(`${address}/lab/workspaces/${name}/tree/${path}?token=test`, { waitUntil: "load" });
  await opened.page.waitForFunction(
    `((open) => open?.context?.path === ${JSON.stringify(path)} &&
      open.sessionContext?.session?.kernel?.status === 'idle')(window.jupyterapp?.shell.currentWidget)`,
    { timeout: 60_000 },
  );
  return opened;
}

/** Runs all cells, waits for this number of live charts with their images, and for the end of all cells. */
async function runAll(page: Page, figures: number): Promise<void> {
  await page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')");
  await page.waitForFunction(
    `document.querySelectorAll('.schedlab-figure[data-drawn="live"]:has(img)').length >= ${figures} &&
      [...document.querySelectorAll('.jp-InputPrompt')].every((it) => it.textContent.trim() !== '[*]:')`,
    { timeout: 90_000 },
  );
}

/** What reaches the page besides answers without a body (204), which Chromium calls aborted. */
function realTroubles(troubles: readonly string[]): string[] {
  return troubles.filter((trouble) => !trouble.endsWith("net::ERR_ABORTED"));
}

async function textsOf(page: Page, selector: string): Promise<string[]> {
  const all = `[...document.querySelectorAll(${JSON.stringify(selector)})]`;
  return (await page.evaluate(`${all}.map(({ textContent }) => textContent)`)) as string[];
}

const ACTIVE = "window.jupyterapp.shell.currentWidget.content.activeCell";

/** Puts text into the last cell, as typing does but without the closing brackets that JupyterLab adds. */
async function setCell(page: Page, text: string): Promise<void> {
  await page.evaluate(
    `${ACTIVE}.model.sharedModel.setSource(${JSON.stringify(text)});
     ${ACTIVE}.editor.focus();
     ${ACTIVE}.editor.setCursorPosition({ line: 0, column: ${text.length} });`,
  );
}

async function runCell(page: Page, text: string): Promise<void> {
  await setCell(page, text);
  const failed = `await window.jupyterapp.commands.execute("notebook:run-cell-and-insert-below")`;
  await page.evaluate(`(async () => { ${failed} })()`);
}

/** Presses Tab; returns the only item that is offered, with its docs. */
async function completion(page: Page, text: string): Promise<[string, string]> {
  await setCell(page, text);
  // JupyterLab completes a single item at once where it has one only; the popup shows while it has docs.
  await page.evaluate('window.jupyterapp.commands.execute("completer:invoke-notebook")');
  await page.waitForFunction(
    "document.querySelector('.jp-Completer:not(.lm-mod-hidden) .jp-Completer-docpanel')?.textContent.trim()",
    { timeout: 30_000 },
  );
  const popup = ".jp-Completer:not(.lm-mod-hidden)";
  const items = await textsOf(page, `${popup} .jp-Completer-match`);
  const docs = await textsOf(page, `${popup} .jp-Completer-docpanel`);
  await page.keyboard.press("Escape");
  return [items.join(), docs.join()];
}
