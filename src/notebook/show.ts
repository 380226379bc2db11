/** Shows figures, tables and any other value: in a notebook richly, elsewhere as text on standard output. */
import { bundleOf, isFigure, type DrawStill, type ShowOptions } from "./bundle.js";
import { plotlyScript } from "./plotly-source.js";
import { findSink, type DisplaySink, type MimeBundle } from "./sink.js";

export interface Display {
  /**
   * Shows the value under the running cell: a Figure as an image with a live chart over it, a table as a
   * table, runs as the table of their summaries, a Workload in a few lines, a text in full, anything else as
   * the console prints it, cut after some lines. Outside a notebook, writes its text to standard output.
   */
  readonly show: (value: unknown, options?: ShowOptions) => Promise<void>;
  /** Returns the forms of a value, for a kernel that shows a cell's last value. */
  readonly toBundle: (value: unknown, options?: ShowOptions) => Promise<MimeBundle>;
}

/** Returns a display that draws still images with `drawStill`. */
export function createDisplay(drawStill: DrawStill): Display {
  let shown = 0;
  /** The cell whose output holds plotly.js. */
  let holder: { readonly id: string; readonly count: number } | undefined;

  /** A page needs plotly.js once; a cell that is run again loses the output that held it. */
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
