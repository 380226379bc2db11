/** Adds a menu to a live chart that shows one of several charts. */
import type { Choices, Json, JsonObject, Language, PlotlyFigure } from "../figure.js";
import { plotlyText } from "../plotly-text.js";
import { fontOf, withRoomAbove } from "./room.js";

/**
 * Returns the charts as one, with a menu at the upper right that chooses which of them is seen: it makes the
 * others' traces invisible and puts the chosen chart's layout in place.
 */
export function withMenu(
  charts: readonly PlotlyFigure[],
  { label, shown, figures }: Choices,
  language: Language,
): PlotlyFigure {
  const roomy = charts.map((chart) => withRoomAbove(chart, HEIGHT));
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
      label: plotlyText(`${label[language]}: ${name[language]}`),
      method: "update",
      args: [{ visible: seenIn(chart) }, changesTo(roomy[chart].layout, differing)],
    })),
  };
  const atFirst = seenIn(shown);
  return {
    data: charts
      .flatMap(({ data }) => data)
      .map((trace, i) => ({ ...trace, uid: `trace${i}`, visible: atFirst[i] })),
    layout: { ...layout, ...changesTo(layout, differing), updatemenus: [menu] },
  };
}

/** Height of the menu and of what is above it, plotly's buttons and the title, in ems. */
const [HEIGHT, ABOVE] = [2.6, 2.2];

/** Returns the place of the menu's upper edge, in heights of the plotting area. */
function topOf(layout: JsonObject): number {
  const { t, b } = layout.margin as { readonly t: number; readonly b: number };
  return 1 + (t - ABOVE * fontOf(layout)) / (Number(layout.height) - t - b);
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

/** Returns the value of a part that a chart does not have, but another chart has. */
function absent(key: string): Json {
  if (/^[xy]axis\d*$/.test(key)) return { visible: false };
  return key === "annotations" || key === "shapes" ? [] : null;
}
