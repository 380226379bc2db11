import { STEP_COLUMNS, type StepColumn } from "../simulate/run.js";
import type { Run } from "../simulate/simulate.js";
import { InputError } from "../errors.js";
import { joinTexts, TAIL_IS_MODELLED } from "./captions.js";
import type { Figure, Text } from "./figure.js";
import { axisTitle, STEP_LABELS } from "./labels.js";
import { linesOverTime, stepSource } from "./lines-over-time.js";

/**
 * Returns the chart of any figure of the steps over time, one line per run.
 * Throws InputError for an unknown column or no run.
 */
export function figureOverTime(runs: readonly Run[], name: StepColumn): Figure {
  if (!(name in STEP_COLUMNS)) {
    throw new InputError(`unknown column: ${name}; known: ${Object.keys(STEP_COLUMNS).join(", ")}`);
  }
  const quantity = STEP_LABELS[name];
  const { traces, table, axis, caption } = linesOverTime(runs, stepSource(name));
  const title: Text = { en: `${quantity.label.en} over time`, zh: `${quantity.label.zh}随时间的变化` };
  const what: Text = {
    en: `${quantity.label.en} in each step: ${STEP_COLUMNS[name]}.`,
    zh: `每一步的${quantity.label.zh}。`,
  };
  return {
    name: `${name}-over-time`,
    title,
    caption: joinTexts(what, isModelledTail(name) ? TAIL_IS_MODELLED : { en: "", zh: "" }, caption),
    data: traces,
    layout: { xaxis: axis.layout, yaxis: { title: axisTitle(quantity), rangemode: "tozero" } },
    aspect: 0.6,
    table,
  };
}

/** Whether a figure rests on the queueing model rather than on CPU counted in the simulation. */
export function isModelledTail(name: string): boolean {
  return ["lcTail", "lcTailViolations", "lcHarmed", "lcSlo"].includes(name);
}
