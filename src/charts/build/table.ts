/** Makes the table behind a chart. */
import { column } from "../columns.js";
import type { Table, TableColumn, Text } from "../figure.js";
import { labelOfOther } from "./about.js";
import { describeColumn, numbersOf, type Channel } from "./channels.js";
import { drawnOf, type Chart, type Lot } from "./chart.js";

/** Returns the rows behind the chart as drawn: scaled, and averaged where the chart is thinned. */
export function tableOf(chart: Chart, name: string, caption: Text): Table {
  const { plan, color, facet, x, ys, options } = chart;
  const others = Object.values(plan.others ?? {}).map((other) => other?.column);
  const drawn = [color?.column, facet?.column, x.column, ...ys.map((y) => y.column), ...others];
  const names = options.columns ?? [...new Set(drawn.filter((part) => part !== undefined))];
  return { name, caption, columns: names.map((part) => columnOf(chart, part)) };
}

function columnOf(chart: Chart, name: string): TableColumn {
  const { rows, every, color, facet, options, plan } = chart;
  const lots = plan.sorted ? chart.lots : [inOrder(chart)];
  const { kind, values } = rows.column(name);
  const [role = "", other] =
    Object.entries(chart.plan.others ?? {}).find(([, use]) => use?.column === name) ?? [];
  const axis = axisOf(chart, name, other?.axis);
  const own = describeColumn(name, options);
  const label = other === undefined ? own.label : labelOfOther(name, role, options);
  if (kind === "words" || axis?.scale === "words" || [color?.column, facet?.column].includes(name)) {
    const firsts = lots.flatMap((lot) => lot.rows.filter((_, i) => i % every === 0));
    return { name, label, unit: "", values: firsts.map((row) => values[row]) };
  }
  const draw = axis?.draw ?? ((value: number): number => value * own.scale);
  const raw = numbersOf(rows.column(name), name);
  const { unit } = axis?.quantity ?? own;
  return column(
    name,
    label,
    unit,
    lots.flatMap((lot) => Array.from(drawnOf(chart, lot, { raw, draw }))),
  );
}

/** Returns all drawn rows in the order of the table; only lines need another order. */
function inOrder({ lots }: Chart): Lot {
  return { series: 0, panel: 0, rows: lots.flatMap(({ rows }) => rows).sort((a, b) => a - b) };
}

/** Returns the axis whose units a column has; undefined for a column that is on no axis. */
function axisOf({ x, ys }: Chart, name: string, of: "x" | "y" | "none" | undefined): Channel | undefined {
  if (of === "x") return x;
  return of === "y" ? ys[0] : [x, ...ys].find((axis) => axis.column === name);
}
