import { MIGRATION_MODELS } from "../cluster/migration/presets.js";
import { POLICIES } from "../policies/index.js";
import { diagram, type DiagramBox } from "./build/diagram.js";
import type { Figure } from "./figure.js";
import { words } from "./words/words.js";

/** The color of functions. */
const FUNCTION = "#d3e7f7";

type Part = Exclude<keyof typeof words.dataFlow, "says">;

/** Returns the drawing of the lab's data flow: from trace files to a run, to tables, to charts and files. */
export function dataFlow(): Figure {
  const { dataFlow: text } = words;
  const [width, apart] = [6.2, 8.9];
  const box = (id: Part, column: number, row: number, wide = width): DiagramBox => ({
    id,
    x: 0.1 + apart * column,
    y: 0.2 + 4.6 * row,
    width: wide,
    height: 3.2,
    text: text[id],
    ...(FUNCTIONS.includes(id) ? { fill: FUNCTION } : {}),
  });
  return diagram({
    name: "data-flow",
    title: text.title,
    says: text.says(POLICIES.length, MIGRATION_MODELS.length),
    caption: text.caption,
    size: [60, 13],
    boxes: [
      box("policy", 2, 0),
      box("files", 0, 1),
      box("workload", 1, 1),
      box("simulate", 2, 1),
      box("run", 3, 1),
      box("tables", 4, 1),
      box("charts", 5, 1),
      box("written", 6, 1),
      box("own", 0, 2),
      { ...box("experiment", 2, 2, 8.6), x: 0.1 + apart * 2 - 1.1 },
      { ...box("runs", 3, 2, 8.6), x: 0.1 + apart * 3 + 2 },
      box("differences", 5, 2),
    ],
    arrows: [
      { from: "files", to: "workload", text: text.open },
      { from: "own", to: "workload" },
      { from: "policy", to: "simulate" },
      { from: "workload", to: "simulate" },
      { from: "workload", to: "experiment" },
      { from: "simulate", to: "run" },
      { from: "run", to: "tables" },
      { from: "tables", to: "charts" },
      { from: "charts", to: "written", text: text.exported },
      { from: "experiment", to: "runs" },
      { from: "runs", to: "differences" },
      { from: "differences", to: "charts" },
    ],
  });
}

const FUNCTIONS: readonly string[] = ["simulate", "experiment", "differences"];
