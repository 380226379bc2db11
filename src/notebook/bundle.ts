/** Converts a value to the formats in which a notebook shows it. */
import { createHash } from "node:crypto";
import { inspect } from "node:util";
import { isFigure, type Figure, type Language } from "../charts/figure.js";
import { fromPlotly, isPlotlyChart } from "../charts/from-plotly.js";
import { toLive } from "../charts/live/live.js";
import { sizeOf, type Width } from "../charts/widths.js";
import { figureHtml } from "./figure-html.js";
import { filesHtml } from "./file-links.js";
import { cutLines, isWorkload, tableOfRuns, workloadCard } from "./in-short.js";
import { provenanceHtml } from "./provenance-html.js";
import { isProse, proseHtml, proseText } from "./prose.js";
import type { MimeBundle } from "./sink.js";
import { isPaperTable, isTable, tableHtml, tableText, type TableViewOptions } from "./table-html.js";

export interface ShowOptions extends TableViewOptions {
  /** Width of a chart. Default "screen". */
  readonly width?: Width;
  /** Whether a chart is also drawn as a live plotly chart. Default true. */
  readonly live?: boolean;
  /** The largest number of lines of other values. Default 40; `show` prints all lines of a text. */
  readonly lines?: number;
  /** Whether a text is shown as a paragraph, and a list of texts as paragraphs. Default false: as code is. */
  readonly prose?: boolean;
  /** Files that were written of a chart or a table, to be linked below it. */
  readonly files?: readonly string[];
}

export interface StillImage {
  readonly svg: string;
  readonly png: Uint8Array;
}

/** Draws a chart as an image; undefined where no browser is available. */
export type DrawStill = (
  figure: Figure,
  options: { readonly language?: Language; readonly width?: Width },
) => Promise<StillImage | undefined>;

/** What was shown before on the page. */
export interface OnPage {
  /** The number of values; it distinguishes two equal charts on one page. */
  readonly count: number;
  /** Whether this text on where numbers are from was not shown yet. */
  readonly isNewOnPage: (provenance: string) => boolean;
}

/** Returns the chart that the value is: a Figure, or one made from plotly's own format; else undefined. */
export function chartOf(value: unknown): Figure | undefined {
  if (isFigure(value)) return value;
  return isPlotlyChart(value) ? fromPlotly(value) : undefined;
}

/** What is known of a chart later than the chart itself. */
export interface Drawn {
  readonly still?: StillImage | undefined;
  readonly files?: readonly string[];
  /** Why some files were not written. */
  readonly note?: string;
}

/**
 * Returns a function that returns the formats of a chart: at once, and again when its image and its files are
 * there.
 */
export function figureBundles(
  figure: Figure,
  { language = "en", width = "screen", live = true }: ShowOptions,
  { count, isNewOnPage }: OnPage,
): (drawn?: Drawn) => MimeBundle {
  const title = figure.title[language];
  const says = figure.says?.[language] ?? "";
  const caption = figure.caption[language];
  const digest = createHash("sha256").update(JSON.stringify(figure)).digest("hex").slice(0, 12);
  const provenance = figure.provenance?.[language] ?? "";
  const isNew = isNewOnPage(provenance);
  const view = {
    id: `figure-${count}-${digest}`,
    name: figure.name,
    title,
    says,
    caption,
    provenance: provenanceHtml(provenance, figure.name, isNew),
    width: sizeOf(width, figure.width).width,
    isWide: figure.width === "page",
    ...(live ? { live: toLive(figure, language) } : {}),
  };
  return ({ still, files = [], note } = {}) => ({
    "text/html": figureHtml({
      ...view,
      files,
      ...(still ? { svg: still.svg } : {}),
      ...(note === undefined ? {} : { note }),
    }),
    // Untrusted notebooks and programs without HTML show this image.
    ...(still ? { "image/png": Buffer.from(still.png).toString("base64") } : {}),
    "text/plain": textOfFigure([title, says, caption, isNew ? provenance : "", note ?? ""]),
  });
}

function textOfFigure(lines: readonly string[]): string {
  return lines.filter((line) => line !== "").join("\n") || "a chart, which a notebook draws";
}

/**
 * Returns the formats of a table (arquero's or one for papers), runs (their summaries), a workload (a few
 * lines), prose (paragraphs), or any other value (as the console prints it, truncated). Charts are for
 * `figureBundles`.
 */
export function bundleOf(value: unknown, options: ShowOptions, onPage: OnPage): MimeBundle {
  const { lines = 40, prose = false, files = [] } = options;
  if (prose && isProse(value)) return { "text/html": proseHtml(value), "text/plain": proseText(value) };
  const table = isTable(value) || isPaperTable(value) ? value : tableOfRuns(value);
  if (table) {
    const { language = "en" } = options;
    const text = isTable(table) ? "" : (table.provenance?.[language] ?? "");
    const name = isTable(table) ? "" : table.name;
    const isNew = onPage.isNewOnPage(text);
    const html = tableHtml(table, options) + provenanceHtml(text, name, isNew) + filesHtml(files);
    const lines = [tableText(table, options), ...(isNew && text !== "" ? [text] : [])];
    return { "text/html": html, "text/plain": lines.join("\n") };
  }
  return { "text/plain": isWorkload(value) ? workloadCard(value) : cutLines(textOf(value), lines) };
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return inspect(value, { depth: 3, maxArrayLength: 20, maxStringLength: 2000, breakLength: 100 });
}
