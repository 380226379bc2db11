/**
 * Draws the screenshots of docs/lab.md and README.md: JupyterLab with the notebook explore, a page of the site,
 * and a terminal of 80 columns. Part of `npm run readme`; alone: `node test/readme/screenshots.mjs`.
 */
import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join, relative } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launchBrowser } from "../../dist/charts/export/browser.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const main = (tool) => join(root, "dist", "tools", tool, "main.js");
const picture = (name) => join(root, "data", "readme", `${name}.png`);

/** @returns {Promise<number>} a port that nothing listens on */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits until JupyterLab answers. */
async function waitFor(address) {
  for (let tries = 0; tries < 600; tries++) {
    const isUp = await globalThis.fetch(address).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await pause(200);
  }
  throw new Error(`nothing answers at ${address}`);
}

/** A copy of the notebook explore in JupyterLab, which saves what it runs. */
async function drawLab(browser, folder) {
  copyFileSync(join(root, "notebooks", "explore.ipynb"), join(folder, "explore.ipynb"));
  const port = await freePort();
  const given = ["--no-browser", "--expose-app-in-browser", `--ServerApp.port=${port}`];
  const server = spawn(
    process.execPath,
    [main("jupyter"), "lab", ...given, "--IdentityProvider.token=shown"],
    {
      cwd: root,
      stdio: "ignore",
      env: { ...process.env, JUPYTERLAB_WORKSPACES_DIR: join(folder, "..", "workspaces") },
    },
  );
  try {
    const address = `http://127.0.0.1:${port}`;
    await waitFor(`${address}/api/status?token=shown`);
    const page = await browser.newPage();
    await page.setViewport({ width: 1500, height: 1500 });
    await page.goto(`${address}/lab/tree/${relative(root, folder)}/explore.ipynb?token=shown`, {
      waitUntil: "load",
    });
    await page.waitForFunction(
      "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'",
      { timeout: 60_000 },
    );
    await page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')");
    await page.waitForFunction(
      "[...document.querySelectorAll('.jp-InputPrompt')].every((it) => it.textContent.trim() !== '[*]:')",
      { timeout: 120_000 },
    );
    // The cell of the settings at the top, with its charts below.
    await page.evaluate(`(async () => {
      const { content } = window.jupyterapp.shell.currentWidget;
      const at = content.widgets.findIndex(({ model }) => model.type === "code" && model.sharedModel.source.includes("beWork"));
      content.activeCellIndex = at;
      await content.scrollToItem(at, "start");
    })()`);
    await page.waitForFunction("document.querySelector('.schedlab-figure[data-drawn=live]:has(img)')", {
      timeout: 60_000,
    });
    await pause(1000);
    await page.screenshot({ path: picture("lab") });
  } finally {
    server.kill("SIGTERM");
    if (server.exitCode === null) await new Promise((resolve) => server.once("exit", resolve));
  }
}

/** The page of notebook 00, made quickly. */
async function drawPage(browser, folder) {
  execFileSync(process.execPath, [main("jupyter"), "reproduce", "--quick", "--only", "00", "--out", folder], {
    cwd: root,
  });
  const page = await browser.newPage();
  await page.setViewport({ width: 1300, height: 1000 });
  await page.goto(pathToFileURL(join(folder, "site", "00-quickstart.html")).href);
  await page.waitForFunction("document.querySelector('[data-drawn=live]')", { timeout: 60_000 });
  await page.evaluate("document.querySelector('main .schedlab-figure').scrollIntoView({ block: 'center' })");
  await pause(1000);
  await page.screenshot({ path: picture("page") });
}

/** A command in a terminal of 80 columns. */
async function drawTerminal(browser, command) {
  const [, ...given] = command.split(" ");
  const output = execFileSync(process.execPath, [main("cli"), ...given], { encoding: "utf8" });
  const escaped = `$ ${command}\n${output}`.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
  const page = await browser.newPage();
  await page.setViewport({ width: 760, height: 400, deviceScaleFactor: 2 });
  await page.setContent(
    `<pre style="margin: 0; padding: 16px; width: 80ch; font: 14px/1.35 monospace; color: #eee; ` +
      `background: #1e1e1e; display: inline-block">${escaped}</pre>`,
  );
  await (await page.$("pre")).screenshot({ path: picture("terminal") });
}

const browser = await launchBrowser();
if (browser === undefined) console.log("kept: the screenshots (no browser to make them with)");
else {
  // Below the project, which is the root of what JupyterLab shows.
  mkdirSync(join(root, "out"), { recursive: true });
  const folder = mkdtempSync(join(root, "out", "screenshots-"));
  try {
    await drawTerminal(browser, "schedlab compare synthetic");
    await drawPage(browser, folder);
    const work = join(folder, "notebooks");
    mkdirSync(work);
    await drawLab(browser, work);
    console.log("made: lab.png, page.png, terminal.png");
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}
