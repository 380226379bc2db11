/** The browser page in which charts are drawn: its addresses and the scripts that run inside it. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** A host that does not exist: all requests are answered from local files, so none leaves the machine. */
export const PAGE_ADDRESS = "http://schedlab.invalid/";

/**
 * The style sheet has a hundred font subsets for all characters. The two faces after it cover most texts of
 * charts, so that few files are loaded.
 */
const HTML = `<!doctype html><html><head><meta charset="utf-8">
<link rel="stylesheet" href="/font/400.css">
<style>
  @font-face { font-family: "Noto Sans SC";
    src: url(/font/files/noto-sans-sc-chinese-simplified-400-normal.woff2);
    unicode-range: U+2E80-9FFF, U+FF00-FFEF }
  @font-face { font-family: "Noto Sans SC"; src: url(/font/files/noto-sans-sc-latin-400-normal.woff2);
    unicode-range: U+0-FF, U+2000-206F, U+2212 }
  @page { margin: 0 }
  html, body { margin: 0; padding: 0; background: #fff }
  * { text-rendering: geometricPrecision; -webkit-font-smoothing: antialiased }
  svg { display: block }
</style></head><body><script src="/plotly.js"></script></body></html>`;

/** Returns the page's answer to a request, undefined for an address that it must not load. */
export async function answer(address: string): Promise<{ contentType: string; body: Buffer } | undefined> {
  const { host, pathname } = new URL(address);
  if (host !== "schedlab.invalid") return undefined;
  if (pathname === "/") return { contentType: "text/html", body: Buffer.from(HTML) };
  if (pathname === "/plotly.js") {
    return { contentType: "text/javascript", body: await readFile(require.resolve("plotly.js-dist")) };
  }
  const font = /^\/font\/((?:files\/)?[\w.-]+\.(?:css|woff2))$/.exec(pathname);
  if (font === null) return undefined;
  const folder = dirname(require.resolve("@fontsource/noto-sans-sc/package.json"));
  return {
    contentType: font[1].endsWith(".css") ? "text/css" : "font/woff2",
    body: await readFile(join(folder, font[1])),
  };
}

/**
 * Draws `{ data, layout, words }` and returns `{ svg, images }`. `words` holds all characters, whose fonts
 * must be loaded before plotly measures texts. Bitmaps are returned as pixels (base64 of RGBA), because their
 * encoded form differs between browsers.
 */
export const DRAW = `async ({ data, layout, words, family }) => {
  await document.fonts.load("16px '" + family + "'", words);
  const element = document.createElement("div");
  document.body.replaceChildren(element);
  await Plotly.newPlot(element, data, layout, { staticPlot: true });
  const { width, height } = layout;
  const address = await Plotly.toImage(element, { format: "svg", width, height });
  Plotly.purge(element);
  const svg = decodeURIComponent(address.slice(address.indexOf(",") + 1));
  const images = [];
  for (const [, source] of svg.matchAll(/href="(data:image[^"]*)"/g)) {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data: pixels } = context.getImageData(0, 0, canvas.width, canvas.height);
    let binary = "";
    for (const byte of pixels) binary += String.fromCharCode(byte);
    images.push({ source, width: canvas.width, height: canvas.height, pixels: btoa(binary) });
  }
  return { svg, images };
}`;

/** Shows an SVG on the page, so that it can be printed and captured. */
export const SHOW = `async ({ svg, words, title, width, height, family }) => {
  document.title = title;
  document.body.innerHTML = svg;
  const page = document.createElement("style");
  page.textContent = "@page { size: " + width + "px " + height + "px }";
  document.body.append(page);
  await document.fonts.load("16px '" + family + "'", words);
  await document.fonts.ready;
}`;
