/** From a chart's series to a figure: traces, axes, legend. */
import { toText, type Figure, type JsonObject } from "../figure.js";
import { captionOf, defaultName, defaultTitle } from "./about.js";
import type { Channel } from "./channels.js";
import type { Chart, Lot } from "./chart.js";
import { axisId, axisKey, panelTitle } from "./panels.js";
import { say } from "../words/say.js";
import { tableOf } from "./table.js";

/** Draws one lot on the y axis given; what is common to all traces is added. */
export type Draw = (lot: Lot, y: Channel) => JsonObject;

/** Returns the figure; of several layers, the first lies below the others and only the last is in the legend. */
export function figureOf(chart: Chart, layers: readonly Draw[], layout: JsonObject = {}): Figure {
  const { ys, lots, panels, options } = chart;
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
            showlegend: isNamed,
            xaxis: axisId("x", panel.xAxis),
            yaxis: axisId("y", panel.yAxis),
            ...draw(lot, ys.length > 1 ? ys[at] : ys[0]),
          };
        }),
    ),
  );
  const name = options.name ?? defaultName(chart);
  const title = options.title === undefined ? defaultTitle(chart) : toText(options.title);
  return {
    name,
    title,
    caption: captionOf(chart, title),
    data,
    layout: { ...axesOf(chart), ...legendTitle(chart), ...layout },
    aspect: panels.aspect,
    table: tableOf(chart, name, title),
  };
}

function axesOf({ panels: { panels, across }, x, ys, facet, isEmpty }: Chart): JsonObject {
  const axes = panels.flatMap((panel, i): [string, JsonObject][] => {
    const [xId, yId] = [axisId("x", panel.xAxis), axisId("y", panel.yAxis)];
    const { title: xTitle, ...xAxis } = x.axis;
    const { title: yTitle, ...yAxis } = (ys.length > 1 ? ys[i] : ys[0]).axis;
    const isShared = facet !== undefined && i > 0;
    return [
      ...(ys.length > 1 && !panel.isLowest
        ? []
        : [
            [
              axisKey("x", panel.xAxis),
              {
                ...xAxis,
                ...(across === 1 && panel.isLowest ? { title: xTitle } : {}),
                ...(facet === undefined
                  ? {}
                  : { domain: [...panel.x], ...(across > 1 ? { nticks: 5 - across } : {}) }),
                ...(isShared ? { matches: "x" } : {}),
                ...(panel.isLowest ? {} : { showticklabels: false }),
                ...(panels.length > 1 ? { anchor: yId } : {}),
              },
            ] satisfies [string, JsonObject],
          ]),
      [
        axisKey("y", panel.yAxis),
        {
          ...yAxis,
          ...(panel.isLeft ? { title: yTitle } : { showticklabels: false }),
          ...(panels.length > 1 || facet !== undefined ? { domain: [...panel.y], anchor: xId } : {}),
          ...(across > 1 ? { nticks: 7 - across } : {}),
          ...(isShared ? { matches: "y" } : {}),
        },
      ],
    ];
  });
  const titles = [...panels.flatMap(panelTitle), ...(isEmpty ? [NO_VALUES] : [])];
  return {
    ...Object.fromEntries(axes),
    ...(titles.length === 0 ? {} : { annotations: titles }),
    ...(across > 1 ? { xtitle: x.axis.title } : {}),
  };
}

/** What stands where there is nothing to draw. */
const NO_VALUES: JsonObject = {
  text: say((words) => words.build.noValues),
  xref: "paper",
  x: 0.5,
  yref: "paper",
  y: 0.5,
};

function legendTitle({ color, plan }: Chart): JsonObject {
  return color?.isNumeric && plan.mark !== "cells" ? { legend: { title: color.label } } : {};
}
