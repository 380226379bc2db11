import type { StepMetricName } from "../simulate/metrics/catalogue.js";
import type { Run } from "../simulate/simulate.js";
import { lines } from "./build/lines.js";
import { aboutTail, joinTexts } from "./captions.js";
import type { Figure } from "./figure.js";
import { metricOfRuns } from "./labels.js";
import { checkRuns, overTime, stepRows } from "./run-rows.js";
import { words } from "./words/say.js";

/**
 * Returns the chart of a metric of the steps over time, one line per run. Throws InputError for a metric that
 * a run does not have, and for no run.
 */
export function figureOverTime(runs: readonly Run[], name: StepMetricName | (string & {})): Figure {
  checkRuns(runs);
  const metric = metricOfRuns(runs, name, "step");
  return lines(stepRows(runs), {
    ...overTime(runs),
    y: name,
    labels: { [name]: metric },
    name: `${name}-over-time`,
    caption: joinTexts(words.overTime.caption(metric.label, metric.description), aboutTail(metric)),
  });
}
