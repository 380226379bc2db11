import { STEP_METRICS, type StepMetricName, findMetric } from "../simulate/metrics/catalogue.js";
import type { Run } from "../simulate/simulate.js";
import { InputError } from "../errors.js";
import { joinTexts, TAIL_IS_MODELLED } from "./captions.js";
import type { Figure, Text } from "./figure.js";
import { axisTitle, LABELS } from "./labels.js";
import { linesOverTime, stepSource } from "./lines-over-time.js";

/**
 * Returns the chart of any figure of the steps over time, one line per run.
 * Throws InputError for an unknown column or no run.
 */
export function figureOverTime(runs: readonly Run[], name: StepMetricName): Figure {
  if (!STEP_METRICS.includes(name)) {
    throw new InputError(`unknown column: ${name}; known: ${STEP_METRICS.join(", ")}`);
  }
  const quantity = LABELS[name];
  const { traces, table, axis, caption } = linesOverTime(runs, stepSource(name));
  const title: Text = { en: `${quantity.label.en} over time`, zh: `${quantity.label.zh}随时间的变化` };
  const what: Text = {
    en: `${quantity.label.en} in each step: ${findMetric(name).description}.`,
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
