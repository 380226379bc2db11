/** Makes the SVG of a chart identical on all machines. */
import { encodePng } from "./png.js";

/** A bitmap inside an SVG: its source and its pixels, RGBA. */
export interface EmbeddedImage {
  readonly source: string;
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Decimals of coordinates in pixels: a hundredth of a pixel is far below what a printer shows. */
const DECIMALS = 2;

/**
 * Returns plotly's SVG with random ids replaced by numbers in order of appearance, coordinates rounded to a
 * hundredth of a pixel, and bitmaps re-encoded.
 */
export function normalizeSvg(svg: string, images: readonly EmbeddedImage[] = []): string {
  const redrawn = images.reduce(
    (text, { source, ...image }) => text.replaceAll(source, `data:image/png;base64,${encodePng(image)}`),
    svg,
  );
  return `${roundAttributes(renameIds(dropNoise(redrawn))).trim()}\n`;
}

function renameIds(svg: string): string {
  const names = new Map<string, string>();
  for (const [, id] of svg.matchAll(/\sid="([^"]+)"/g)) names.set(id, `i${names.size}`);
  return svg
    .replaceAll(/\sid="([^"]+)"/g, (_, id: string) => ` id="${names.get(id)!}"`)
    .replaceAll(/url\((&quot;|'|"|)([^)]*?)#([^)"'&]+)\1\)/g, (whole, _quote, _base, id: string) =>
      names.has(id) ? `url(#${names.get(id)!})` : whole,
    )
    .replaceAll(/((?:xlink:)?href)="#([^"]+)"/g, (whole, attribute: string, id: string) =>
      names.has(id) ? `${attribute}="#${names.get(id)!}"` : whole,
    );
}

/**
 * Drops classes, which contain random ids but are never referenced, and empty styles, whose position among
 * the attributes varies.
 */
function dropNoise(svg: string): string {
  return svg
    .replaceAll(/\s(?:class="[^"]*"|style="")/g, "")
    .replaceAll(/\sdata-(?!notex)[\w-]+="[^"]*"/g, "");
}

const NUMERIC =
  /\s(d|x|y|x1|x2|y1|y2|cx|cy|r|width|height|points|transform|style|stroke-dasharray)="([^"]*)"/g;

function roundAttributes(svg: string): string {
  return svg.replaceAll(NUMERIC, (_, name: string, value: string) => ` ${name}="${roundNumbers(value)}"`);
}

/** Returns the text with its decimal fractions rounded, `-0` written as 0. */
export function roundNumbers(text: string): string {
  return text.replaceAll(/-?\d*\.\d+(?:e[+-]?\d+)?/gi, (number) => {
    const rounded = Number(Number(number).toFixed(DECIMALS));
    return String(rounded === 0 ? 0 : rounded);
  });
}
