/** Finds the charts that a notebook shows. */
import { joined, type ExecutedNotebook } from "./executed-notebook.js";
import { linkedFiles } from "../../../notebook/file-links.js";

export interface ShownFigure {
  readonly name: string;
  /** The figure element, without the script that makes it live. */
  readonly html: string;
  /** File names of its exports, without folders, as in URLs. */
  readonly files: readonly string[];
  /** PNG in base64; absent where it could not be drawn. */
  readonly png?: string;
}

/** Returns the charts in the order of the page. */
export function shownFigures({ cells }: ExecutedNotebook): ShownFigure[] {
  const outputs = cells.flatMap((cell) => cell.outputs ?? []);
  return outputs.flatMap(({ data = {} }) => {
    const all = joined(data["text/html"] ?? "");
    const found = /<figure [^>]*data-name="([^"]*)"[^]*?<\/figure>/.exec(all);
    if (found === null) return [];
    const [html, name] = found;
    const files = linkedFiles(html).map((url) => url.replace(/^.*\//, ""));
    const png = joined(data["image/png"] ?? "").replace(/\s/g, "");
    return [{ name, html, files, ...(png !== "" && { png }) }];
  });
}
