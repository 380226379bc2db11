/** A headless Chromium that notes everything that goes wrong on its pages. */
import type { Browser, Page } from "puppeteer-core";
import { findBrowsers } from "../../src/charts/export/browser.js";

/** Returns a browser, or undefined where none starts. */
export async function openBrowser(): Promise<Browser | undefined> {
  const { launch } = await import("puppeteer-core");
  for (const { path, libraries } of await findBrowsers()) {
    const env = libraries === undefined ? process.env : { ...process.env, LD_LIBRARY_PATH: libraries };
    try {
      return await launch({
        executablePath: path,
        headless: "shell",
        pipe: true,
        env,
        args: ["--no-sandbox"],
      });
    } catch {
      // Try the next one.
    }
  }
  return undefined;
}

export interface WatchedPage {
  readonly page: Page;
  /** Errors on the console, exceptions and failed requests, in order. */
  readonly troubles: readonly string[];
}

/** Opens an empty page in a window of this width, in CSS pixels. */
export async function openPage(browser: Browser, width: number): Promise<WatchedPage> {
  const page = await browser.newPage();
  await page.setViewport({ width, height: 1600 });
  const troubles: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") troubles.push(`${message.text()} ${message.location().url ?? ""}`);
  });
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("requestfailed", (request) => {
    troubles.push(`${request.url()}: ${request.failure()?.errorText ?? "failed"}`);
  });
  return { page, troubles };
}
