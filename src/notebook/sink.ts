/** The destination of displayed values: the notebook that a kernel runs, or, without a kernel, a terminal. */

/**
 * One value in several formats, by MIME type; the displaying program chooses the richest one that it
 * supports.
 */
export type MimeBundle = Readonly<Record<string, unknown>>;

export interface DisplaySink {
  /** Shows the bundle under the running cell; with `id`, it replaces the last bundle with that id. */
  write(bundle: MimeBundle, id?: string): void;
  /** The running cell: its id in the notebook, and its execution count. */
  readonly cell: { readonly id: string; readonly count: number };
  /**
   * Goes on with the work while later cells run, but before the process ends: a cell whose successor is not
   * waiting ends after it, and fails if it fails. Absent where nobody waits for work after a cell.
   */
  readonly behind?: (work: Promise<void>) => void;
}

/**
 * The key of the kernel's sink among the globals, so that the package finds it without importing the kernel.
 */
const SINK = Symbol.for("schedlab.display");

interface Globals {
  [SINK]?: DisplaySink;
  /** Set by tslab, for a kernel that is not ours. */
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

/**
 * Returns the notebook's sink, from this project's kernel or from plain tslab; undefined outside a notebook.
 */
export function findSink(): DisplaySink | undefined {
  const globals = globalThis as Globals;
  return globals[SINK] ?? (globals.__tslab__ && tslabSink(globals.__tslab__.require("tslab")));
}

/**
 * Returns a sink for plain tslab, which takes one MIME type per call and does not say which cell is
 * running.
 */
function tslabSink(tslab: TslabPublic): DisplaySink {
  const displays = new Map<string, TslabDisplay>();
  return {
    cell: { id: "", count: 0 },
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
