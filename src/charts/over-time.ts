import { InputError } from "../errors.js";
import { STEP_COLUMNS, type StepColumn } from "../simulate/run.js";
import type { Run } from "../simulate/simulate.js";
import { lines } from "./build/lines.js";
import { aboutTail, joinTexts } from "./captions.js";
import type { Figure } from "./figure.js";
import { STEP_LABELS } from "./labels.js";
import { overTime, stepRows } from "./run-rows.js";
import { say } from "./words/say.js";

/**
 * Returns the chart of any figure of the steps over time, one line per run.
 * Throws InputError for an unknown column or no run.
 */
export function figureOverTime(runs: readonly Run[], name: StepColumn): Figure {
  if (!(name in STEP_COLUMNS)) {
    throw new InputError(`unknown column: ${name}; known: ${Object.keys(STEP_COLUMNS).join(", ")}`);
  }
  const { label } = STEP_LABELS[name];
  return lines(stepRows(runs, [name]), {
    ...overTime(runs),
    y: name,
    name: `${name}-over-time`,
    caption: joinTexts(
      say((words, of) => words.overTime.caption(of(label), STEP_COLUMNS[name])),
      aboutTail(name),
    ),
  });
}
