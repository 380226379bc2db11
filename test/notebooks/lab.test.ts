/**
 * The lab as a user meets it: the kernel installed for the user, under nbclient; and in JupyterLab the
 * launcher, a new notebook, and the completion of names with their docs.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "puppeteer-core";
import { afterAll, describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { ensureEnvironment, JUPYTER_VARIABLES, PYTHON } from "../../src/tools/jupyter/environment.js";
import { writeKernelSpec } from "../../src/tools/jupyter/kernel-spec.js";
import { labArguments, makeOwnNotebooks } from "../../src/tools/jupyter/lab.js";
import { PROJECT } from "../../src/tools/jupyter/project.js";
import { openBrowser, openPage } from "./browser.js";

const isStrict = process.env.CI !== undefined;
const note = (text: string): void => void process.stderr.write(`${text}\n`);

async function hasEnvironment(): Promise<boolean> {
  try {
    await ensureEnvironment(note);
    return true;
  } catch (error) {
    if (isStrict || !(error instanceof InputError)) throw error;
    note(`skipped: the lab is not opened here: ${error.message}`);
    return false;
  }
}
const browser = await openBrowser();
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
  it("offers this kernel only, makes notebooks in the own folder, and completes names with their docs", async () => {
    const port = await freePort();
    const home = join(folder, "home");
    const given = [
      "--no-browser",
      "--expose-app-in-browser",
      `--ServerApp.port=${port}`,
      "--ServerApp.port_retries=0",
      "--IdentityProvider.token=test",
    ];
    const setting = {
      notebooks: ["00-quickstart.ipynb"],
      isRoot: process.getuid?.() === 0,
      begin: mine,
    };
    const server = spawn(PYTHON, labArguments(given, setting), {
      cwd: PROJECT,
      stdio: "ignore",
      env: {
        ...process.env,
        ...JUPYTER_VARIABLES,
        JUPYTER_CONFIG_DIR: home,
        JUPYTER_DATA_DIR: join(home, "data"),
        JUPYTER_RUNTIME_DIR: join(home, "runtime"),
        JUPYTERLAB_WORKSPACES_DIR: join(home, "workspaces"),
      },
    });
    try {
      const address = `http://127.0.0.1:${port}`;
      const isUp = (): Promise<boolean> =>
        fetch(address).then(
          () => true,
          () => false,
        );
      for (let tries = 0; !(await isUp()); tries++) {
        if (tries === 900 || server.exitCode !== null) throw new Error("JupyterLab does not answer");
        await delay(100);
      }
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
      expect(await completion(page, oneSetting)).toEqual([
        "hot",
        expect.stringContaining("default 0.8 load"),
      ]);
      const metric = await completion(page, 'runs.select("giniAu');
      expect(metric).toEqual(["giniAuthor", expect.stringContaining("the thesis author's variant")]);
    } finally {
      server.kill("SIGTERM");
      if (server.exitCode === null) await new Promise((resolve) => server.once("exit", resolve));
    }
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
