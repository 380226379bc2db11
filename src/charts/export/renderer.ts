/** Draws many charts on one page of a headless Chromium. */
import type { Browser, Page } from "puppeteer-core";
import type { Figure, Language } from "../figure.js";
import { FONT_FAMILY, toPlotly } from "../theme.js";
import type { Width } from "../widths.js";
import { launchBrowser } from "./browser.js";
import type { BrowserChoice } from "./find-browsers.js";
import { answer, DRAW, PAGE_ADDRESS, SHOW } from "./page.js";
import { withoutDates } from "./pdf.js";
import { withResolution } from "./png.js";
import { normalizeSvg } from "./svg.js";

export interface RenderOptions {
  readonly width?: Width;
  readonly language?: Language;
}

/** One chart in three formats. */
export interface Rendering {
  readonly svg: string;
  readonly pdf: Uint8Array;
  readonly png: Uint8Array;
}

export interface Renderer {
  /**
   * Returns the chart as SVG only, several times faster than `render`; undefined where there is no browser.
   */
  svg(figure: Figure, options?: RenderOptions): Promise<string | undefined>;
  /**
   * Returns the chart as SVG and as PNG with a dot for each CSS pixel; undefined where there is no browser.
   */
  still(figure: Figure, options?: RenderOptions): Promise<Pick<Rendering, "svg" | "png"> | undefined>;
  /** Returns the chart as SVG, PDF and PNG (300 dots per inch); undefined where there is no browser. */
  render(figure: Figure, options?: RenderOptions): Promise<Rendering | undefined>;
  /**
   * Ends the browser. Not needed at the end of a program: an idle browser does not keep it alive and ends
   * with it.
   */
  close(): Promise<void>;
}

export interface RendererOptions {
  /** "auto" (default): the system's browser, else the npm package's; "system": only the system's; "none". */
  readonly browser?: BrowserChoice;
  /** Seconds without a chart after which the browser ends. Default 20. */
  readonly idle?: number;
}

/** Starting a browser takes two seconds; an idle one takes some hundred megabytes of memory. */
const IDLE = 20;

/** Resolutions of PNGs, in dots per inch: of files, and of stills on a screen, as CSS has it. */
const [FILE_DPI, STILL_DPI] = [300, 96];

/**
 * Returns a renderer. The browser starts with the first chart and ends when it was idle for a while; charts
 * are drawn one after the other.
 */
export function createRenderer({ browser: choice = "auto", idle = IDLE }: RendererOptions = {}): Renderer {
  let opened: Promise<Opened | undefined> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  function close(): Promise<void> {
    clearTimeout(timer);
    const closed = last.then(async () => {
      const current = await opened;
      opened = undefined;
      if (current === undefined) return;
      keepAlive(current.browser, true);
      await current.browser.close();
    });
    last = closed.catch(() => undefined);
    return closed;
  }

  function inTurn<T>(work: (page: Page) => Promise<T>): Promise<T | undefined> {
    clearTimeout(timer);
    const turn = last.then(async () => {
      opened ??= openPage(choice);
      const current = await opened;
      if (current === undefined) return undefined;
      keepAlive(current.browser, true);
      try {
        return await work(current.page);
      } finally {
        keepAlive(current.browser, false);
        // If the browser has died, the next chart starts a new one.
        if (!current.browser.connected) opened = undefined;
        clearTimeout(timer);
        timer = setTimeout(() => void close(), 1000 * idle).unref();
      }
    });
    last = turn.catch(() => undefined);
    return turn;
  }

  return {
    svg: (figure, options = {}) => inTurn((page) => drawSvg(page, figure, options)),
    still: (figure, options = {}) => inTurn((page) => drawImage(page, figure, options, STILL_DPI)),
    render: (figure, options = {}) => inTurn((page) => drawAll(page, figure, options)),
    close,
  };
}

interface Opened {
  readonly browser: Browser;
  readonly page: Page;
}

async function openPage(choice: BrowserChoice): Promise<Opened | undefined> {
  const browser = await launchBrowser(choice);
  if (browser === undefined) return undefined;
  const page = await browser.newPage();
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    void answer(request.url())
      .catch(() => undefined)
      .then((found) => (found === undefined ? request.abort() : request.respond({ status: 200, ...found })));
  });
  await page.goto(PAGE_ADDRESS, { waitUntil: "load" });
  return { browser, page };
}

/** Makes the browser keep the program alive while it draws, but not while it is idle. */
function keepAlive(browser: Browser, alive: boolean): void {
  const child = browser.process();
  if (child === null) return;
  const handles = [child, ...child.stdio] as ({ ref?: () => void; unref?: () => void } | null | undefined)[];
  for (const handle of handles) {
    if (alive) handle?.ref?.();
    else handle?.unref?.();
  }
}

interface DrawnImage {
  readonly source: string;
  readonly width: number;
  readonly height: number;
  readonly pixels: string;
}

async function drawSvg(page: Page, figure: Figure, options: RenderOptions): Promise<string> {
  const { data, layout } = toPlotly(figure, options);
  const input = { data, layout, words: wordsOf([data, layout]), family: FONT_FAMILY };
  const drawn = (await call(page, DRAW, input)) as { svg: string; images: DrawnImage[] };
  const images = drawn.images.map(({ pixels, ...image }) => ({
    ...image,
    pixels: Buffer.from(pixels, "base64"),
  }));
  return normalizeSvg(drawn.svg, images);
}

async function drawImage(
  page: Page,
  figure: Figure,
  options: RenderOptions,
  dpi: number,
): Promise<Pick<Rendering, "svg" | "png">> {
  const svg = await drawSvg(page, figure, options);
  const { layout } = toPlotly(figure, options);
  const [width, height] = [Number(layout.width), Number(layout.height)];
  const title = figure.title[options.language ?? "en"];
  await page.setViewport({ width, height, deviceScaleFactor: dpi / 96 });
  await call(page, SHOW, { svg, words: wordsOf(svg), title, width, height, family: FONT_FAMILY });
  const png = await page.screenshot({ type: "png", clip: { x: 0, y: 0, width, height } });
  return { svg, png: withResolution(png, dpi) };
}

async function drawAll(page: Page, figure: Figure, options: RenderOptions): Promise<Rendering> {
  const { svg, png } = await drawImage(page, figure, options, FILE_DPI);
  const pdf = await page.pdf({
    preferCSSPageSize: true,
    printBackground: true,
    pageRanges: "1",
    tagged: false,
    outline: false,
  });
  return { svg, pdf: withoutDates(pdf), png };
}

/** Runs a script on the page. The script is text, so that the compiler adds no helper functions. */
function call(page: Page, script: string, input: unknown): Promise<unknown> {
  return page.evaluate(`(${script})(${JSON.stringify(input)})`);
}

/**
 * Returns every character that occurs, and plotly's minus sign, so that the font subsets with them can be
 * loaded.
 */
function wordsOf(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return [...new Set(`${text}−`)].sort().join("");
}
