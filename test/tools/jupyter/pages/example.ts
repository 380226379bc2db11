/** A small executed notebook with a chart, as the site reads it. */
import { figureHtml } from "../../../../src/notebook/figure-html.js";
import type { Cell, ExecutedNotebook } from "../../../../src/tools/jupyter/pages/executed-notebook.js";

export const text = (source: string | string[]): Cell => ({ cell_type: "markdown", source });

/** A cell that shows a chart, exported to `figures/00-NAME` beside the notebook unless there is no browser. */
export function chart(name: string, files = ["svg", "csv"]): Cell {
  const html = figureHtml({
    id: `id-${name}`,
    name,
    title: `The ${name}`,
    says: `${name} says so.`,
    caption: `About ${name}.`,
    width: 860,
    svg: `<svg id="${name}"/>`,
    files: files.map((extension) => `figures/00-${name}.${extension}`),
  });
  const data = { "text/html": html, "image/png": ["AA", "BB"] };
  return { cell_type: "code", source: "show()", outputs: [{ output_type: "display_data", data }] };
}

export const failing: Cell = { cell_type: "code", source: "", outputs: [{ output_type: "error" }] };

export const notebook = (cells: readonly Cell[], picture?: string): ExecutedNotebook => ({
  cells,
  metadata: picture === undefined ? {} : { schedlab: { picture } },
});
