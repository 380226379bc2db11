import { meanOfDefined } from "../metrics/statistics.js";
import { requestShares } from "../simulate/requests.js";
import type { Run } from "../simulate/simulate.js";
import type { Workload } from "../workload/workload.js";
import { lines } from "./build/lines.js";
import { overlay } from "./build/overlay.js";
import { originOfRuns } from "./captions.js";
import type { Figure, JsonObject, Text } from "./figure.js";
import { durationOf } from "./run-rows.js";
import { inPercent } from "./sentence-numbers.js";
import { endName, stackedUse } from "./use-stack.js";
import { words } from "./words/words.js";

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
  const end = durationOf([run]);
  const stack = stackedUse(
    Array.from(time, (at, i) => ({ time: at, lc: lc[i], used: used[i] })),
    end,
    {
      name: "use-over-time",
      title: words.use.title,
      caption: words.use.caption(run.policy),
      ...originOfRuns([run]),
      aspect: 0.68,
    },
  );
  const figure = overlay(
    stack,
    line("requested", [...time, end], [...requested, ...requested.slice(-1)]),
    line("capacity", [0, end], [1, 1]),
  );
  return { ...figure, says: saysOf(run, requested), layout: layoutOf(stack, requested) };
}

/** Returns a line of shares over time. */
function line(name: keyof typeof LOOKS, times: readonly number[], shares: readonly number[]): Figure {
  const rows = times.map((time, i) => ({ time, [name]: 100 * shares[i] }));
  return lines(rows, {
    x: "time",
    y: name,
    series: words.use[name],
    look: LOOKS[name],
    ranges: { time: [0, times[times.length - 1]] },
  });
}

/** Returns the layout with room for requests and with the names of both lines. */
function layoutOf({ layout }: Figure, requested: Float64Array): JsonObject {
  const { labels, yaxis } = layout as { labels: readonly JsonObject[]; yaxis: JsonObject };
  const shares = Array.from(requested).filter(Number.isFinite);
  const ends = [
    ...shares.slice(-1).map((last) => endName(words.use.requested, 100 * last, LOOKS.requested.color)),
    endName(words.use.capacity, 100, LOOKS.capacity.color),
  ];
  const top = shares.reduce((most, share) => Math.max(most, share), 1);
  return { ...layout, yaxis: { ...yaxis, range: [0, 105 * top] }, labels: [...labels, ...ends] };
}

function saysOf({ steps }: Run, requested: Float64Array): Text {
  const [asked, used, lc, be] = [requested, steps.utilization, steps.lcUtilization, steps.beUtilization].map(
    (values) => inPercent(meanOfDefined(values)),
  );
  return words.use.says(asked, used, lc, be);
}
