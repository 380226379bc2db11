/** Adds a menu to a live chart that shows one of several charts. */
import type { Choices, Json, JsonObject, Language, PlotlyFigure } from "../figure.js";

/**
 * Returns the charts as one, with a menu at the upper right that chooses which of them is seen: it makes the
 * others' traces invisible and puts the chosen chart's layout in place.
 */
export function withMenu(
  charts: readonly PlotlyFigure[],
  { label, shown, figures }: Choices,
  language: Language,
): PlotlyFigure {
  const roomy = charts.map(withRoom);
  const { layout } = roomy[shown];
  const differing = differingKeys(roomy);
  const visible = charts.flatMap(({ data }, chart) =>
    data.map((trace) => ({ chart, own: trace.visible ?? true })),
  );
  const seenIn = (chart: number): Json[] =>
    visible.map((trace) => (trace.chart === chart ? trace.own : false));
  const menu: JsonObject = {
    type: "dropdown",
    active: shown,
    x: 1,
    xanchor: "right",
    y: topOf(layout),
    yanchor: "top",
    bgcolor: "#ffffff",
    bordercolor: "#999999",
    showactive: true,
    buttons: figures.map(({ name }, chart) => ({
      label: `${label[language]}: ${name[language]}`,
      method: "update",
      args: [{ visible: seenIn(chart) }, changesTo(roomy[chart].layout, differing)],
    })),
  };
  const atFirst = seenIn(shown);
  return {
    data: charts
      .flatMap(({ data }) => data)
      .map((trace, i) => ({ ...trace, uid: `trace${i}`, visible: atFirst[i] })),
    layout: { ...withAbsent(layout, differing), updatemenus: [menu] },
  };
}

/** Height of the menu and of what is above it, plotly's buttons and the title, in ems. */
const [HEIGHT, ABOVE] = [2.6, 2.2];

/** Makes room for the menu above the panels. */
function withRoom({ data, layout }: PlotlyFigure): PlotlyFigure {
  const room = Math.round(HEIGHT * sizeOf(layout));
  const margin = layout.margin as JsonObject;
  return {
    data,
    layout: {
      ...layout,
      height: Number(layout.height) + room,
      margin: { ...margin, t: Number(margin.t) + room },
    },
  };
}

/** Returns the place of the menu's upper edge, in heights of the plotting area. */
function topOf(layout: JsonObject): number {
  const { t, b } = layout.margin as { readonly t: number; readonly b: number };
  return 1 + (t - ABOVE * sizeOf(layout)) / (Number(layout.height) - t - b);
}

function sizeOf({ font }: JsonObject): number {
  return (font as { readonly size: number }).size;
}

/** Returns the keys of the layouts whose values are not the same in all charts. */
function differingKeys(charts: readonly PlotlyFigure[]): string[] {
  const keys = new Set(charts.flatMap(({ layout }) => Object.keys(layout)));
  const texts = (key: string): Set<string> =>
    new Set(charts.map(({ layout }) => JSON.stringify(layout[key] ?? null)));
  return [...keys].filter((key) => texts(key).size > 1);
}

function changesTo(layout: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.map((key) => [key, layout[key] ?? absent(key)]));
}

/** Returns the value that stands for a part that a chart does not have, but another chart has. */
function absent(key: string): Json {
  if (/^[xy]axis\d*$/.test(key)) return { visible: false };
  return key === "annotations" || key === "shapes" ? [] : null;
}

function withAbsent(layout: JsonObject, keys: readonly string[]): JsonObject {
  return { ...layout, ...changesTo(layout, keys) };
}
