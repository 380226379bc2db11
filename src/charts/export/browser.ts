/**
 * Starts the Chromium that draws charts. A module of its own, so that who needs only the choice of a browser,
 * as all notebooks do, does not load puppeteer's types.
 */
import type { Browser } from "puppeteer-core";
import { findBrowsers, type BrowserChoice, type BrowserProgram } from "./find-browsers.js";

/** Starts the first browser that starts; undefined where none does. */
export async function launchBrowser(choice: BrowserChoice = "auto"): Promise<Browser | undefined> {
  for (const program of await findBrowsers(choice)) {
    const browser = await launch(program);
    if (browser !== undefined) return browser;
  }
  return undefined;
}

/** Returns undefined where the program does not start, for example because a shared library is missing. */
async function launch({ path, libraries }: BrowserProgram): Promise<Browser | undefined> {
  const { launch: start } = await import("puppeteer-core");
  const folders = [libraries, process.env.LD_LIBRARY_PATH].filter((folder) => folder !== undefined);
  const env = libraries === undefined ? process.env : { ...process.env, LD_LIBRARY_PATH: folders.join(":") };
  return start({
    executablePath: path,
    headless: "shell",
    pipe: true,
    // The browser ends when the pipe closes. Puppeteer's own handlers would also end a notebook when it is
    // interrupted.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    env,
    // Root cannot use Chromium's sandbox; that is safe because the page loads only our own files.
    args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none", "--force-color-profile=srgb"],
  }).catch(() => undefined);
}
