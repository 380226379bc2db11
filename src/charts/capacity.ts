import type { ColumnTable } from "arquero";
import { capacityPoints, type CapacityPoint } from "../study/capacity/points.js";
import { isReference, NO_CO_LOCATION } from "../study/capacity/references.js";
import { writeNumber } from "../write-numbers.js";
import { describeTable, joinTexts } from "./captions.js";
import { column, numbers, policyColumn, withUnit } from "./columns.js";
import type { Figure, JsonObject, Table, Text } from "./figure.js";
import { LABELS } from "./labels.js";
import { seriesStyle } from "./theme.js";

const CARRIED: Text = { en: "BE work carried", zh: "承载的尽力而为型负载" };
const UNIT: Text = { en: "× the trace's", zh: "× 轨迹" };
const LEVEL: Text = { en: "LC violations allowed", zh: "允许新增的时延敏感型违约" };

const MEANING: Text = {
  en:
    "Most best-effort (BE) work, as a multiple of the trace's own, at which the violations " +
    "it adds to latency-critical (LC) work " +
    "stay at or below the level and at most 5 % of it (or 1 % of the trace's) is left " +
    "undone; mean over seeds with 95 % bootstrap intervals. Added " +
    "violations: the greater increase, over LC work alone, of LC load above the tail SLO " +
    "(queueing model, M/G/m) and of LC task-steps short of CPU. " +
    "Lines: no co-location (LC and BE on machines of their own) and perfectly even (BE as a " +
    "fluid without requests, memory or migration cost).",
  zh:
    "尽力而为型（BE）负载的最大倍数（相对轨迹自身）：其给时延敏感型（LC）任务新增的违约不超过给定水平，且未完成部分不超过其 5 %（或轨迹自身的 1 %）；多个种子的均值与 95 % 自助法区间。" +
    "新增违约为相对仅有 LC 时两项增量的较大者：尾时延超出 SLO 的 LC 负载（M/G/m 排队模型）与 CPU 不足的 LC 任务步。" +
    "横线：不混部（LC 与 BE 各用各的机器）；完全均衡（BE 视为可任意分割的流体，不计请求量、内存与迁移代价）。",
};
const AT_LEAST: Text = {
  en: "Open markers: the true value may be higher, since some seed carried the largest multiple tried.",
  zh: "空心标记：至少如此，部分种子在所试最大倍数下仍未越限。",
};

/** Distance of two policies' points, and the part of a level's place on the axis that all of them may take. */
const APART = 0.2;
const SPREAD = 0.76;

/**
 * Returns the chart of how much best-effort work each policy carries at each level of violations, with the
 * references as lines across the level. `found` is the table that `carryingCapacity` gives, with one setting of each
 * policy. Throws InputError for no rows and for rows that differ in a setting.
 */
export function capacityChart(found: ColumnTable): Figure {
  const points = capacityPoints(found);
  const levels = [...new Set(points.map(({ level }) => level))].sort((a, b) => a - b);
  const contenders = [...new Set(points.map(({ policy }) => policy))];
  const policies = contenders.filter((name) => !isReference(name));
  const own = (name: string): CapacityPoint[] =>
    levels.flatMap((level) => points.filter((point) => point.policy === name && point.level === level));
  const place = (level: number): number => levels.indexOf(level);
  const isOpen = points.some((point) => point.isLowerBound);
  return {
    name: "capacity",
    title: { en: "Carrying capacity", zh: "承载能力" },
    caption: joinTexts(MEANING, isOpen ? AT_LEAST : { en: "", zh: "" }, describeTable(found)),
    data: [
      ...contenders.filter(isReference).map((name) => referenceLine(name, own(name), place)),
      ...policies.map((name, i) => {
        const apart = Math.min(APART, SPREAD / Math.max(1, policies.length - 1));
        const shift = apart * (i - (policies.length - 1) / 2);
        return policyPoints(name, own(name), { style: seriesStyle(i), at: (level) => place(level) + shift });
      }),
    ],
    layout: {
      xaxis: {
        title: LEVEL,
        tickvals: levels.map(place),
        ticktext: levels.map((level) => `${writeNumber(100 * level, 6)} %`),
        range: [-0.55, levels.length - 0.45],
      },
      yaxis: {
        title: { en: withUnit(CARRIED, UNIT.en).en, zh: withUnit(CARRIED, UNIT.zh).zh },
        rangemode: "tozero",
      },
    },
    aspect: 0.72,
    table: capacityTable(found),
  };
}

/**
 * Returns what is carried as a table for papers: how much, why not more, and how the cluster fares there. Errors as
 * `capacityChart`.
 */
export function capacityTable(found: ColumnTable): Table {
  const points = capacityPoints(found);
  const figures = ["utilization", "gini", "migrationGb", "beThroughput", "pending", "lcHarmed"] as const;
  const number = (name: string, label: Text, unit: string, read: (point: CapacityPoint) => number) =>
    column(name, label, unit, points.map(read));
  return {
    name: "capacity",
    caption: joinTexts({ en: "Carrying capacity.", zh: "承载能力。" }, describeTable(found)),
    columns: [
      policyColumn(points.map(({ policy }) => policy)),
      number("level", LEVEL, "%", ({ level }) => 100 * level),
      number("factor", CARRIED, "×", ({ factor }) => factor.mean),
      number("low", { en: "Interval, low", zh: "区间下端" }, "×", ({ factor }) => factor.low),
      number("high", { en: "Interval, high", zh: "区间上端" }, "×", ({ factor }) => factor.high),
      column(
        "limit",
        { en: "Limit", zh: "限制因素" },
        "",
        points.map(({ limit }) => limit),
      ),
      ...figures.flatMap((name) => {
        const { label, unit, scale } = LABELS[name];
        return [
          number(name, label, unit, (point) => scale * point.figures[name].mean),
          number(
            `${name}Low`,
            { en: `${label.en}, low`, zh: `${label.zh}下端` },
            unit,
            (point) => scale * point.figures[name].low,
          ),
          number(
            `${name}High`,
            { en: `${label.en}, high`, zh: `${label.zh}上端` },
            unit,
            (point) => scale * point.figures[name].high,
          ),
        ];
      }),
    ],
  };
}

function referenceLine(
  name: string,
  points: readonly CapacityPoint[],
  place: (level: number) => number,
): JsonObject {
  const isSplit = name === NO_CO_LOCATION;
  const text: Text = isSplit
    ? { en: "No co-location", zh: "不混部" }
    : { en: "Perfectly even", zh: "完全均衡" };
  const ends = points.flatMap(({ level, factor }) => {
    const at = place(level);
    return [
      { x: at - 0.46, y: factor.mean },
      { x: at + 0.46, y: factor.mean },
      { x: null, y: null },
    ];
  });
  return {
    type: "scatter",
    mode: "lines",
    name: text,
    x: ends.map(({ x }) => x),
    y: ends.map(({ y }) => y),
    connectgaps: false,
    line: {
      color: isSplit ? "#888888" : "#111111",
      width: 1.2,
      dash: isSplit ? "dot" : "solid",
      simplify: false,
    },
    hovertemplate: "%{y:.3~g} ×<extra></extra>",
  };
}

function policyPoints(
  name: string,
  points: readonly CapacityPoint[],
  { style, at }: { style: { color: string; symbol: string }; at: (level: number) => number },
): JsonObject {
  const { color, symbol } = style;
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: points.map(({ level }) => at(level)),
    y: numbers(points.map(({ factor }) => factor.mean)),
    error_y: {
      type: "data",
      symmetric: false,
      array: numbers(points.map(({ factor }) => factor.high - factor.mean)),
      arrayminus: numbers(points.map(({ factor }) => factor.mean - factor.low)),
      color,
      thickness: 1,
      width: 2.5,
    },
    marker: {
      color: points.map((point) => (point.isLowerBound ? "#ffffff" : color)),
      symbol,
      size: 6.5,
      line: { color, width: 1.2 },
    },
    cliponaxis: false,
    customdata: points.map((point) =>
      numbers([point.factor.low, point.factor.high, 100 * point.figures.utilization.mean]),
    ),
    hovertemplate:
      `${name}<br>%{y:.3~g} × [%{customdata[0]:.3~g}, %{customdata[1]:.3~g}], CPU ` +
      "%{customdata[2]:.3~g} %<extra></extra>",
  };
}
