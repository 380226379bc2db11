/** Turns a chart's series into a Figure: traces, axes, legend. */
import { fileName, toText, type Figure, type JsonObject } from "../figure.js";
import { withProvenance } from "../captions.js";
import { captionOf, defaultName, defaultTitle, originOf } from "./about.js";
import type { Channel } from "./channels.js";
import type { Chart, Lot } from "./chart.js";
import { namesOf } from "./names.js";
import { axisId, axisKey, panelTitle, type Panel } from "./panels.js";
import { words } from "../words/words.js";
import { tableOf } from "./table.js";

/** Returns the trace of one lot on the given y axis; `figureOf` adds what all traces have in common. */
export type Draw = (lot: Lot, y: Channel) => JsonObject;

/** Returns the Figure. Later layers are drawn over earlier ones, and only the last layer is in the legend. */
export function figureOf(chart: Chart, layers: readonly Draw[], layout: JsonObject = {}): Figure {
  const { ys, lots, panels, options, color, x } = chart;
  // The labels of an axis already name its series.
  const isOnAxis = [x, ...ys].some(({ column, scale }) => scale === "words" && column === color?.column);
  const seen = new Set<number>();
  const data = panels.panels.flatMap((panel, at) =>
    layers.flatMap((draw, layer) =>
      lots
        .filter((lot) => ys.length > 1 || lot.panel === at)
        .map((lot) => {
          const isNamed = layer === layers.length - 1 && !seen.has(lot.series);
          if (isNamed) seen.add(lot.series);
          return {
            name: chart.series[lot.series].name,
            legendgroup: `series${lot.series}`,
            showlegend: isNamed && !isOnAxis,
            xaxis: axisId("x", panel.xAxis),
            yaxis: axisId("y", panel.yAxis),
            ...draw(lot, ys.length > 1 ? ys[at] : ys[0]),
          };
        }),
    ),
  );
  const labels = namesOf(
    chart,
    data.filter(({ showlegend }) => showlegend),
  );
  const name = fileName(options.name ?? defaultName(chart));
  const title = options.title === undefined ? defaultTitle(chart) : toText(options.title);
  const figure: Figure = {
    name,
    title,
    ...(options.says === undefined ? {} : { says: toText(options.says) }),
    caption: captionOf(chart, title),
    data,
    layout: { ...axesOf(chart), ...legendTitle(chart), ...(labels.length > 0 ? { labels } : {}), ...layout },
    aspect: panels.aspect,
    table: tableOf(chart, name, title),
  };
  const { source } = originOf(chart.table, options);
  return withProvenance(figure, options.method === undefined ? undefined : toText(options.method), source);
}

function axesOf(chart: Chart): JsonObject {
  const { panels, x, isEmpty } = chart;
  const axes = panels.panels.flatMap((panel, i): [string, JsonObject][] => [
    // Stacked panels share the x axis of the lowest panel.
    ...(chart.ys.length > 1 && !panel.isLowest
      ? []
      : [[axisKey("x", panel.xAxis), xAxisOf(chart, panel, i)] satisfies [string, JsonObject]]),
    [axisKey("y", panel.yAxis), yAxisOf(chart, panel, i)],
  ]);
  const titles = [...panels.panels.flatMap(panelTitle), ...(isEmpty ? [NO_VALUES] : [])];
  return {
    ...Object.fromEntries(axes),
    ...(titles.length === 0 ? {} : { annotations: titles }),
    ...(panels.across > 1 ? { xtitle: x.axis.title } : {}),
  };
}

function xAxisOf({ x, facet, panels: { panels, across } }: Chart, panel: Panel, i: number): JsonObject {
  const { title, ...axis } = x.axis;
  return {
    ...axis,
    ...(across === 1 && panel.isLowest ? { title } : {}),
    ...(facet === undefined ? {} : { domain: [...panel.x] }),
    ...(across > 1 ? { nticks: 5 - across } : {}),
    ...(facet !== undefined && i > 0 ? { matches: "x" } : {}),
    ...(panel.isLowest ? {} : { showticklabels: false }),
    ...(panels.length > 1 ? { anchor: axisId("y", panel.yAxis) } : {}),
  };
}

function yAxisOf({ ys, facet, panels: { panels, across } }: Chart, panel: Panel, i: number): JsonObject {
  const { title, ...axis } = (ys.length > 1 ? ys[i] : ys[0]).axis;
  const isOne = panels.length === 1 && facet === undefined;
  return {
    ...axis,
    ...(panel.isLeft ? { title } : { showticklabels: false }),
    ...(isOne ? {} : { domain: [...panel.y], anchor: axisId("x", panel.xAxis) }),
    ...(across > 1 ? { nticks: 7 - across } : {}),
    ...(facet !== undefined && i > 0 ? { matches: "y" } : {}),
  };
}

/** The text in a chart without values. */
const NO_VALUES: JsonObject = {
  text: words.build.noValues,
  xref: "paper",
  x: 0.5,
  yref: "paper",
  y: 0.5,
};

function legendTitle({ color, plan }: Chart): JsonObject {
  return color?.isNumeric && plan.mark !== "cells" ? { legend: { title: color.label } } : {};
}
