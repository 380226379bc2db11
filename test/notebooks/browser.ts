/** A headless Chromium that notes everything that goes wrong on its pages. */
import type { Browser, Page } from "puppeteer-core";

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
