/** The sizes in which charts are drawn: named ones, or any width with a unit. */
import { InputError } from "../base/errors.js";

/** What a width determines. */
export interface Size {
  /** CSS pixels, 96 per inch. */
  readonly width: number;
  readonly font: number;
  /** Line and marker sizes relative to those in a column. */
  readonly scale: number;
  /** Factor on the height of the plotting area, because wide charts need not be as tall. */
  readonly flatten: number;
  readonly ticks: number;
  readonly title: boolean;
}

/**
 * Sizes of a chart: one column of a two-column page (3.33 in), the whole page width (7 in), a slide (10 in),
 * a page on a screen.
 */
export const WIDTHS = {
  column: { width: 320, font: 10, scale: 1, flatten: 1, ticks: 5, title: false },
  page: { width: 672, font: 11, scale: 1.15, flatten: 0.6, ticks: 9, title: false },
  slide: { width: 960, font: 18, scale: 1.9, flatten: 0.62, ticks: 8, title: true },
  screen: { width: 860, font: 13, scale: 1.35, flatten: 0.55, ticks: 9, title: false },
} as const satisfies Record<string, Size>;

/** CSS pixels of a unit. A point is TeX's, as `\the\columnwidth` prints it: 72.27 per inch. */
export const UNITS = { pt: 96 / 72.27, in: 96, cm: 96 / 2.54, mm: 96 / 25.4, px: 1 } as const;

/** A name of a size, or a width such as "345pt", "8.5cm". */
export type Width = keyof typeof WIDTHS | `${number}${keyof typeof UNITS}`;

/** The least and the greatest width in inches: narrower charts cannot be read, wider ones fit no paper. */
const LIMITS = [2, 40] as const;

/**
 * Returns the size of a width. Between "column" and "page" all of it is in between; wider or narrower charts
 * have the fonts of the nearest of the two, because readers hold all paper at the same distance.
 *
 * @param least "page" for charts with panels side by side: a narrower one becomes smaller as a whole, with
 * fonts of at least 6 pt. Default "column".
 * @throws InputError for an unknown name or unit, and for a width that is not from 2 to 40 in.
 */
export function sizeOf(width: Width, least: "column" | "page" = "column"): Size {
  // Panels side by side do not fit into a column.
  if (width === "column") return WIDTHS[least];
  if (Object.hasOwn(WIDTHS, width)) return WIDTHS[width as keyof typeof WIDTHS];
  const pixels = toPixels(width);
  if (least === "page" && pixels < WIDTHS.page.width) return smallPage(pixels);
  const from: Size = WIDTHS[least];
  const to: Size = WIDTHS.page;
  const way =
    least === "page" ? 0 : Math.min(Math.max((pixels - from.width) / (to.width - from.width), 0), 1);
  const between = (key: "font" | "scale" | "flatten" | "ticks"): number =>
    from[key] + way * (to[key] - from[key]);
  return {
    width: Math.round(pixels),
    font: Math.round(between("font")),
    scale: between("scale"),
    flatten: between("flatten"),
    ticks: Math.round(between("ticks")),
    title: false,
  };
}

/** The least font of a chart, in pixels: 6 pt, as in footnotes. */
const LEAST_FONT = 8;

/** Returns the size of a chart with panels side by side on a narrow page: all of it becomes smaller. */
function smallPage(pixels: number): Size {
  const { page } = WIDTHS;
  const share = pixels / page.width;
  const font = Math.max(LEAST_FONT, Math.round(page.font * share));
  return { ...page, width: Math.round(pixels), font, scale: (page.scale * font) / page.font };
}

function toPixels(width: string): number {
  const names = Object.keys(WIDTHS).join(", ");
  const match = /^(\d+\.?\d*|\.\d+) ?(pt|in|cm|mm|px)$/.exec(width);
  if (match === null) {
    throw new InputError(
      `unknown width: ${width}; give ${names}, or a number with a unit (pt, in, cm, mm, px), such as 345pt`,
    );
  }
  const pixels = Number(match[1]) * UNITS[match[2] as keyof typeof UNITS];
  const inches = pixels / UNITS.in;
  if (inches >= LIMITS[0] && inches <= LIMITS[1]) return pixels;
  throw new InputError(`invalid width: ${width} is ${Number(inches.toPrecision(3))} in; give 2 in to 40 in`);
}
