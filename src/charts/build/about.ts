/** Default names, titles and captions of charts. */
import { describeGroups, joinTexts, originIfRuns, originOfTable, type Origin } from "../captions.js";
import { toText, type Text } from "../figure.js";
import { words } from "../words/words.js";
import { describeColumn, type Channel } from "./channels.js";
import type { Chart } from "./chart.js";
import type { ChartOptions } from "./options.js";
import type { RowTable } from "./rows.js";

export function defaultName(chart: Chart): string {
  const { what, by } = subjectOf(chart);
  const across = by[0].column === "time" ? ["over-time"] : by.map(({ column }) => `by-${column}`);
  const groups = [chart.color, chart.facet].flatMap((group) =>
    group === undefined ? [] : [`by-${group.column}`],
  );
  return [...what.map(({ column }) => column), ...across, ...groups].join("-");
}

/** Returns a title of the form "y by x". */
export function defaultTitle(chart: Chart): Text {
  const { what, by } = subjectOf(chart);
  const [y, x] = [what, by].map((parts) => words.build.and(parts.map(({ label }) => label)));
  return by[0].column === "time" ? words.build.overTime(y) : words.build.against(y, x);
}

interface Subject {
  readonly column: string;
  readonly label: Text;
}

/**
 * Returns what a chart shows (`what`) and what that depends on (`by`): y and x, or x and y where bars lie.
 */
function subjectOf({ plan, x, ys, options }: Chart): { what: readonly Subject[]; by: readonly Subject[] } {
  const subject = ({ column, quantity }: Channel): Subject => ({ column, label: quantity.label });
  const { fill } = plan.others ?? {};
  if (fill !== undefined) {
    const { label } = describeColumn(fill.column, options);
    return { what: [{ column: fill.column, label }], by: [...ys, x].map(subject) };
  }
  const isLying = ys[0].scale === "words" && x.scale !== "words";
  return isLying ? { what: [subject(x)], by: [subject(ys[0])] } : { what: ys.map(subject), by: [subject(x)] };
}

/**
 * Returns the given or default caption, then remarks on this chart (averaging, missing values), then whether
 * the numbers are measured or modelled.
 */
export function captionOf(chart: Chart, title: Text): Text {
  const { options, every, x, undrawn, isEmpty } = chart;
  const { caption } = options;
  return joinTexts(
    caption === undefined ? describeChart(chart, title) : toText(caption),
    x.everySeconds !== undefined
      ? describeGroups(every, x.everySeconds)
      : every > 1 && words.build.thinned(every),
    isEmpty && words.build.noValuesHere,
    hidesOnLog(chart) && words.build.notOnLog,
    undrawn.length > 0 && words.build.undrawn(words.build.and(undrawn)),
    originOf(chart.table, options).basis,
  );
}

/** Returns the given words on the origin of the numbers, or those on the table of runs. */
export function originOf(table: RowTable, { source, basis }: Pick<ChartOptions, "source" | "basis">): Origin {
  const isSaid = typeof source === "string" || (source !== undefined && "en" in source);
  const found = isSaid
    ? { basis: toText(""), source: toText(source) }
    : source === undefined
      ? originIfRuns(table)
      : originOfTable(source);
  return basis === undefined ? found : { ...found, basis: toText(basis) };
}

function hidesOnLog({ x, ys }: Chart): boolean {
  return [x, ...ys].some(({ scale, raw }) => scale === "log" && raw.some((value) => value <= 0));
}

function describeChart({ plan, options, color, facet }: Chart, title: Text): Text {
  const { mark, others = {} } = plan;
  const label = (role: string): Text => describeColumn(others[role]!.column, options).label;
  const ends = words.build[mark === "bands" ? "shade" : "error"];
  return joinTexts(
    words.build.sentence(title),
    color && words.build.onePer(words.build.marks[mark], color.label),
    facet && words.build.onePanel(facet.label),
    others.low && ends(label("low"), label("high")),
    others.xLow && ends(label("xLow"), label("xHigh")),
    others.hollow && words.build.hollow(label("hollow")),
  );
}

/** Returns the label of a column that serves only as `role`, such as an end of an interval. */
export function labelOfOther(name: string, role: string, options: ChartOptions): Text {
  const isNamed = Object.hasOwn(options.labels ?? {}, name);
  const { label } = describeColumn(name, options);
  if (isNamed || label.en !== name) return label;
  if (/low$/i.test(role)) return words.build.low;
  return /high$/i.test(role) ? words.build.high : label;
}
