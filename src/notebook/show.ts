/**
 * Shows charts, tables and other values: in a notebook as HTML and images, elsewhere as text on standard
 * output.
 */
import { randomUUID } from "node:crypto";
import type { Figure } from "../charts/figure.js";
import { bundleOf, chartOf, figureBundle, type DrawStill, type ShowOptions } from "./bundle.js";
import { findSink, type DisplaySink, type MimeBundle } from "./sink.js";

/** What is known of a chart's files after they are written. */
export interface WrittenFiles {
  readonly files: readonly string[];
  /** Why some were not written. */
  readonly note?: string;
}

export interface Display {
  /**
   * Shows the value under the running cell: a Figure, or `{ data, layout }` as plotly takes them, as a live
   * chart with an image, a table as a table, runs as the table of their summaries, a Workload in a few lines,
   * a text completely (with `prose`, as paragraphs), other values as the console prints them, truncated after
   * some lines. Outside a notebook, writes its text to standard output.
   */
  readonly show: (value: unknown, options?: ShowOptions) => Promise<void>;
  /** Shows a chart at once, then writes its files, while later cells run, and links them below the chart. */
  readonly showAndWrite: (
    figure: Figure,
    options: ShowOptions,
    write: () => Promise<WrittenFiles>,
  ) => Promise<void>;
  /** Returns the formats of a value, for a kernel that shows a cell's last value. */
  readonly toBundle: (value: unknown, options?: ShowOptions) => Promise<MimeBundle>;
}

/** Returns a display that draws still images with `drawStill`. */
export function createDisplay(drawStill: DrawStill): Display {
  let shown = 0;

  async function toBundle(value: unknown, options: ShowOptions = {}): Promise<MimeBundle> {
    const figure = chartOf(value);
    if (figure === undefined) return bundleOf(value, options);
    const still = await drawStill(figure, options);
    return figureBundle(figure, { ...options, ...(still && { still }) }, shown++);
  }

  /** Shows a live chart first, because an image takes a second or two, then again with image and files. */
  async function showFigure(
    sink: DisplaySink,
    figure: Figure,
    options: ShowOptions,
    write: () => Promise<WrittenFiles>,
  ): Promise<void> {
    const id = randomUUID();
    const count = shown++;
    if (options.live !== false) sink.write(figureBundle(figure, options, count), id);
    const finish = async (): Promise<void> => {
      try {
        const written = await write();
        const still = await drawStill(figure, options);
        sink.write(figureBundle(figure, { ...options, ...written, ...(still && { still }) }, count), id);
      } catch (error) {
        sink.write(figureBundle(figure, { ...options, note: (error as Error).message }, count), id);
        throw error;
      }
    };
    if (sink.behind) sink.behind(finish());
    else await finish();
  }

  return {
    toBundle,
    async showAndWrite(figure, options, write) {
      const sink = findSink();
      if (sink) return showFigure(sink, figure, options, write);
      const { files, note } = await write();
      const text = figureBundle(figure, options, shown++)["text/plain"];
      process.stdout.write(`${[text, ...files, note ?? []].flat().join("\n")}\n`);
    },
    async show(value, given = {}) {
      const options = typeof value === "string" ? { lines: Infinity, ...given } : given;
      const sink = findSink();
      const figure = chartOf(value);
      if (sink && figure) await showFigure(sink, figure, options, () => Promise.resolve({ files: [] }));
      else if (sink) sink.write(bundleOf(value, options));
      else {
        const bundle = figure ? figureBundle(figure, options, shown++) : bundleOf(value, options);
        process.stdout.write(`${String(bundle["text/plain"])}\n`);
      }
    },
  };
}
