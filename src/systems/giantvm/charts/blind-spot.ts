import { CONFIGURATIONS } from "../testbed/configurations.js";
import type { TestbedRun } from "../testbed/run.js";
import { InputError } from "../../../base/errors.js";
import { points } from "../../../charts/build/points.js";
import type { Figure, Text } from "../../../charts/figure.js";
import { CONFIGURATION_NAMES, describeTestbed, WORK_COLORS } from "./testbed-over-time.js";
import { words } from "../../../charts/words/words.js";
import { giantVmWords } from "./words/words.js";

interface Point {
  readonly configuration: string;
  readonly work: "withBe" | "withoutBe";
  readonly pressure: number;
  readonly steal: number;
}

/** A host is called busy where others take more than this share of its CPU, in percent. */
const BUSY = 50;

/**
 * Returns the chart of the steal that a decider reads on a node against the CPU that other work takes on its
 * host, with one marker per node and interval and a panel per run; nodes with and without BE threads differ.
 * A node without runnable work reads 0, because its steal counter does not advance. Throws InputError for no
 * run, and for a run without a decider.
 */
export function blindSpot(runs: readonly TestbedRun[]): Figure {
  if (runs.length === 0) throw new InputError("no run to draw: run a configuration of the testbed first");
  const rows = runs.flatMap(pointsOf);
  const { blindSpot: text } = giantVmWords.testbed;
  const figure = points(rows, {
    x: "pressure",
    y: "steal",
    color: "work",
    facet: "configuration",
    name: "blind-spot",
    title: text.title,
    caption: text.caption,
    method: text.method,
    source: describeTestbed(runs[0]),
    labels: {
      work: words.common.series,
      configuration: words.common.policy,
      pressure: { label: text.pressure, unit: "%" },
      steal: { label: text.steal, unit: "%" },
    },
    names: { withBe: text.withBe, withoutBe: text.withoutBe, ...CONFIGURATION_NAMES },
    looks: {
      withBe: { color: WORK_COLORS.be, symbol: "circle", size: 6 },
      withoutBe: { color: "#333333", symbol: "x-thin-open", size: 6 },
    },
    order: { work: ["withBe", "withoutBe"] },
    ranges: { pressure: [-3, 103], steal: "zero" },
    axes: { pressure: { dtick: 25, title: text.pressureTitle } },
    aspect: 0.95,
  });
  return { ...figure, says: text.says(runs.map((run) => blindOf(run, rows))), width: "page" };
}

/** Says how many readings of busy hosts without BE work were 0. */
function blindOf({ configuration }: TestbedRun, rows: readonly Point[]): Text {
  const idle = rows.filter(
    (row) => row.configuration === configuration && row.work === "withoutBe" && row.pressure > BUSY,
  );
  const blind = idle.filter(({ steal }) => steal === 0);
  return giantVmWords.testbed.blindSpot.blind(CONFIGURATIONS[configuration].label, blind.length, idle.length);
}

function pointsOf(run: TestbedRun): Point[] {
  const { configuration, decisions, columns, parameters } = run;
  const { hosts } = parameters;
  if (decisions.length === 0) {
    throw new InputError(`the run of ${configuration} has no decider: give a run of las or las-robust`);
  }
  return decisions.flatMap(({ readings }, at) =>
    readings.map(({ stealShare }, node): Point => {
      const place = at * hosts + node;
      const work = columns.beThreads[place] > 0 ? "withBe" : "withoutBe";
      const steal = Number.isNaN(stealShare) ? 0 : 100 * stealShare;
      return { configuration, work, pressure: 100 * columns.hostPressure[place], steal };
    }),
  );
}
