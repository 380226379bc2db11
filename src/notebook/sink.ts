/**
 * Where displayed things go: into the notebook that a kernel runs, or, without a kernel, as text to a
 * terminal.
 */

/** One thing in several forms, by MIME type; the reader's program takes the richest that it can show. */
export type MimeBundle = Readonly<Record<string, unknown>>;

export interface DisplaySink {
  /** Shows the bundle under the running cell; with `id`, in the place of the last one of that id. */
  write(bundle: MimeBundle, id?: string): void;
  /** The cell that runs, by the id that the notebook gives it, and its execution count. */
  readonly cell: { readonly id: string; readonly count: number };
  /** How plotly.js reaches the page: in the output of a cell, or a file beside the page. */
  readonly plotly: "inline" | "file";
}

/** The kernel puts its sink there, so that the package finds it without knowing the kernel. */
const SINK = Symbol.for("schedlab.display");

interface Globals {
  [SINK]?: DisplaySink;
  /** tslab's own mark, for a kernel that is not ours. */
  __tslab__?: { require(id: "tslab"): TslabPublic };
}

interface TslabDisplay {
  html(text: string): void;
  text(text: string): void;
}

interface TslabPublic {
  readonly display: TslabDisplay;
  newDisplay(): TslabDisplay;
}

/** Called once by the kernel. */
export function installSink(sink: DisplaySink): void {
  (globalThis as Globals)[SINK] = sink;
}

/** Returns the notebook's sink: this project's kernel's, plain tslab's, or undefined outside a notebook. */
export function findSink(): DisplaySink | undefined {
  const globals = globalThis as Globals;
  return globals[SINK] ?? (globals.__tslab__ && tslabSink(globals.__tslab__.require("tslab")));
}

/** Plain tslab takes one MIME type a call and does not say which cell runs. */
function tslabSink(tslab: TslabPublic): DisplaySink {
  const displays = new Map<string, TslabDisplay>();
  return {
    cell: { id: "", count: 0 },
    plotly: "inline",
    write(bundle, id) {
      let display = tslab.display;
      if (id !== undefined) {
        display = displays.get(id) ?? tslab.newDisplay();
        displays.set(id, display);
      }
      const html = bundle["text/html"];
      const text = bundle["text/plain"];
      if (typeof html === "string") display.html(html);
      else display.text(typeof text === "string" ? text : "");
    },
  };
}
