import { meanOfDefined } from "../metrics/statistics.js";
import { requestShares } from "../simulate/requests.js";
import type { Run } from "../simulate/simulate.js";
import type { Workload } from "../workload/workload.js";
import { lines } from "./build/lines.js";
import { overlay } from "./build/overlay.js";
import { describeRuns, joinTexts } from "./captions.js";
import type { Figure, JsonObject, Text } from "./figure.js";
import { durationOf } from "./run-rows.js";
import { inPercent } from "./sentence-numbers.js";
import { endName, stackedUse } from "./use-stack.js";
import { words } from "./words/say.js";

const LOOKS = {
  requested: { color: "#000000", dash: "solid", width: 1.6, mode: "lines" },
  capacity: { color: "#777777", dash: "solid", width: 1, mode: "lines" },
} as const;

/**
 * Returns the chart of the CPU that LC and BE tasks use over time, on top of each other, against what tasks
 * request and against the capacity of the machines that are up. `workload` is the one that was simulated.
 * Throws InputError for another workload.
 */
export function useOverTime(run: Run, workload: Workload): Figure {
  const { time, lcUtilization: lc, utilization: used } = run.steps;
  const requested = requestShares(run, workload);
  const options = { ranges: { time: [0, durationOf([run])] as const } };
  const stack = stackedUse(
    Array.from(time, (at, i) => ({ time: at, lc: lc[i], used: used[i] })),
    {
      ...options,
      name: "use-over-time",
      title: words.use.title,
      caption: words.use.caption(run.policy),
      source: joinTexts(describeRuns([run])),
      aspect: 0.68,
    },
  );
  const line = (name: keyof typeof LOOKS, values: ArrayLike<number>): Figure =>
    lines(
      Array.from(time, (at, i) => ({ time: at, [name]: 100 * values[i] })),
      { ...options, x: "time", y: name, series: words.use[name], look: LOOKS[name] },
    );
  const figure = overlay(
    stack,
    line("requested", requested),
    line(
      "capacity",
      requested.map(() => 1),
    ),
  );
  const lastRequest = Array.from(requested).filter(Number.isFinite).at(-1);
  const { labels, yaxis } = stack.layout as { labels: readonly JsonObject[]; yaxis: JsonObject };
  const ends = [
    ...(lastRequest === undefined ? [] : [endName(words.use.requested, 100 * lastRequest, "#000000")]),
    endName(words.use.capacity, 100, "#777777"),
  ];
  const top = Math.max(1, ...Array.from(requested).filter(Number.isFinite));
  return {
    ...figure,
    says: saysOf(run, requested),
    layout: { ...stack.layout, yaxis: { ...yaxis, range: [0, 105 * top] }, labels: [...labels, ...ends] },
  };
}

function saysOf({ steps }: Run, requested: Float64Array): Text {
  const [asked, used, lc, be] = [requested, steps.utilization, steps.lcUtilization, steps.beUtilization].map(
    (values) => inPercent(meanOfDefined(values)),
  );
  return words.use.says(asked, used, lc, be);
}
