/**
 * Shows charts, tables and other values: in a notebook as HTML and images, elsewhere as text on standard
 * output.
 */
import { bundleOf, isFigure, type DrawStill, type ShowOptions } from "./bundle.js";
import { plotlyScript } from "./plotly-source.js";
import { findSink, type DisplaySink, type MimeBundle } from "./sink.js";

export interface Display {
  /**
   * Shows the value under the running cell: a Figure as a live chart or an image, a table as a table, runs as
   * the table of their summaries, a Workload in a few lines, a text completely (with `prose`, as paragraphs),
   * other values as the console prints them, truncated after some lines. Outside a notebook, writes its text
   * to standard output.
   */
  readonly show: (value: unknown, options?: ShowOptions) => Promise<void>;
  /** Returns the formats of a value, for a kernel that shows a cell's last value. */
  readonly toBundle: (value: unknown, options?: ShowOptions) => Promise<MimeBundle>;
}

/** Returns a display that draws still images with `drawStill`. */
export function createDisplay(drawStill: DrawStill): Display {
  let shown = 0;
  /** The cell whose output holds plotly.js. */
  let holder: { readonly id: string; readonly count: number } | undefined;

  /** Brings plotly.js to the page once, and again where the cell whose output held it is run again. */
  async function bringPlotly(sink: DisplaySink): Promise<void> {
    const { id, count } = sink.cell;
    if (holder && !(id !== "" && holder.id === id && holder.count !== count)) return;
    holder = { id, count };
    sink.write({ "text/html": await plotlyScript(sink.plotly), "text/plain": "" });
  }

  async function toBundle(value: unknown, options: ShowOptions = {}): Promise<MimeBundle> {
    const sink = findSink();
    if (sink && isFigure(value) && options.live !== false) await bringPlotly(sink);
    return bundleOf(value, options, drawStill, shown++);
  }

  return {
    toBundle,
    async show(value, given = {}) {
      const options = typeof value === "string" ? { lines: Infinity, ...given } : given;
      const sink = findSink();
      if (sink) sink.write(await toBundle(value, options));
      else {
        const bundle = await bundleOf(value, options, () => Promise.resolve(undefined), shown++);
        process.stdout.write(`${String(bundle["text/plain"])}\n`);
      }
    },
  };
}
