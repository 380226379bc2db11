/**
 * Shows charts, tables and other values: in a notebook as HTML and images, elsewhere as text on standard
 * output.
 */
import { randomUUID } from "node:crypto";
import type { Figure } from "../charts/figure.js";
import { bundleOf, chartOf, figureBundles, type DrawStill, type OnPage, type ShowOptions } from "./bundle.js";
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
  /** The cell that showed each text on where numbers are from. */
  const provenances = new Map<string, DisplaySink["cell"]>();

  /** Whether no cell has shown it, or the cell that did runs again. */
  function isNewOnPage(provenance: string): boolean {
    const { id, count } = findSink()?.cell ?? { id: "", count: 0 };
    const before = provenances.get(provenance);
    if (before && !(id !== "" && before.id === id && before.count !== count)) return false;
    provenances.set(provenance, { id, count });
    return true;
  }

  function nextOnPage(): OnPage {
    return { count: shown++, isNewOnPage };
  }

  async function toBundle(value: unknown, options: ShowOptions = {}): Promise<MimeBundle> {
    const figure = chartOf(value);
    if (figure === undefined) return bundleOf(value, options, nextOnPage());
    return figureBundles(figure, options, nextOnPage())({ still: await drawStill(figure, options) });
  }

  /** Shows a live chart first, because an image takes a second or two, then again with image and files. */
  async function showFigure(
    sink: DisplaySink,
    figure: Figure,
    options: ShowOptions,
    write: () => Promise<WrittenFiles>,
  ): Promise<void> {
    const id = randomUUID();
    const bundle = figureBundles(figure, options, nextOnPage());
    if (options.live !== false) sink.write(bundle(), id);
    const finish = async (): Promise<void> => {
      try {
        const written = await write();
        sink.write(bundle({ ...written, still: await drawStill(figure, options) }), id);
      } catch (error) {
        sink.write(bundle({ note: (error as Error).message }), id);
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
      const text = figureBundles(figure, options, nextOnPage())()["text/plain"];
      process.stdout.write(`${[text, ...files, note ?? []].flat().join("\n")}\n`);
    },
    async show(value, given = {}) {
      const options = typeof value === "string" ? { lines: Infinity, ...given } : given;
      const sink = findSink();
      const figure = chartOf(value);
      if (sink && figure) await showFigure(sink, figure, options, () => Promise.resolve({ files: [] }));
      else if (sink) sink.write(bundleOf(value, options, nextOnPage()));
      else {
        const bundle = figure
          ? figureBundles(figure, options, nextOnPage())()
          : bundleOf(value, options, nextOnPage());
        process.stdout.write(`${String(bundle["text/plain"])}\n`);
      }
    },
  };
}
