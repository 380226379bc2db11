import { InputError } from "../errors.js";
import type { ColumnTable } from "arquero";
import { joinTexts } from "./captions.js";
import { column, numbers } from "./columns.js";
import type { Figure, JsonObject, Text } from "./figure.js";
import { toText, type Words } from "../text.js";
import { writeNumber } from "../write-numbers.js";
import { axisTitle, columnOf, quantityOfColumn, type MetricColumn } from "./labels.js";
import { rowsOf } from "./rows.js";
import { PALETTE } from "./theme.js";

export interface TornadoOptions {
  /** The metric of the effects. Default "gini". */
  readonly metric?: MetricColumn;
  /** Whose effect it is and what the base is: policies, trace, seeds. */
  readonly caption: Words;
}

/** An effect under one setting of one assumption. */
interface Effect {
  readonly assumption: string;
  readonly setting: string | number;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
}

interface Swing {
  readonly assumption: string;
  readonly settings: readonly Effect[];
  /** Distance of the outermost means, the base's among them. */
  readonly swing: number;
}

const ASSUMPTION: Text = { en: "Assumption", zh: "假设" };
const NAMES: Readonly<Record<string, Text>> = {
  lcRule: { en: "LC rule", zh: "LC 规则" },
  sharing: { en: "Sharing", zh: "CPU 共享" },
  migrationSize: { en: "Reference<br>memory", zh: "参考机内存" },
  interval: { en: "Interval<br>(steps)", zh: "决策间隔<br>（步）" },
  staleness: { en: "Staleness<br>(steps)", zh: "观测延迟<br>（步）" },
};

/** Height of a bar, with rows one apart, and how far the two of a row lie from its middle. */
const BAR = 0.3;
const OFFSET = 0.2;

/**
 * Returns the tornado chart of an effect, such as a policy's difference from a baseline: a row for each assumption, the
 * widest swing at the top, its bars from the effect under the base to that under each setting, with intervals; the line
 * is the base. `effects` has the columns `assumption`, `setting`, `difference`, `low` and `high` (as `differences`
 * gives), and one row whose assumption is "base". Throws InputError for no rows and no base.
 */
export function tornadoChart(effects: ColumnTable, { metric = "gini", caption }: TornadoOptions): Figure {
  const rows = rowsOf<Effect>(effects, ["assumption", "setting", "difference", "low", "high"]);
  const base = rows.find(({ assumption }) => assumption === "base");
  if (base === undefined)
    throw new InputError('no row of the base among the effects; give one whose assumption is "base"');
  const swings = swingsOf(rows, base);
  const figure = columnOf(metric);
  const quantity = quantityOfColumn(metric);
  const { label, unit, scale } = quantity;
  const bars = swings.flatMap((swing, row) =>
    swing.settings.map((effect, i) => ({
      effect,
      color: PALETTE[i % 2 === 0 ? 5 : 0],
      y: OFFSET * (swing.settings.length === 1 ? 0 : 1 - (2 * i) / (swing.settings.length - 1)) - row,
    })),
  );
  const change: Text = { en: `Effect: ${label.en}`, zh: `影响：${label.zh}` };
  return {
    name: `tornado-${figure}`,
    title: change,
    caption: joinTexts(
      {
        en:
          `Effect on ${label.en}: the policy's less the reference's on the same workload, as one ` +
          "assumption at a time is changed; widest swing on top, 95 % bootstrap intervals. " +
          "Vertical line: the defaults " +
          `(${writeNumber(base.difference * scale, 3)}${unit && ` ${unit}`}); a bar of no length is the ` +
          "default itself. Interactions do not show.",
        zh:
          `对${label.zh}的影响：同一负载下该策略与参照策略之差，每次只改变一个假设；` +
          "摆幅最大者在上，误差线为 95 % 自助法区间。" +
          `竖线为默认设置（${writeNumber(base.difference * scale, 3)}${unit && ` ${unit}`}），` +
          "长度为零的条即默认设置本身。不反映假设之间的交互作用。",
      },
      toText(caption),
    ),
    data: bars.map(({ effect, color, y }) => barOf(effect, { base, scale, unit, color, y })),
    layout: {
      showlegend: false,
      barmode: "overlay",
      xaxis: {
        title: axisTitle({ ...quantity, label: change }),
        range: rangeOf(rows, scale),
        showgrid: true,
      },
      yaxis: {
        title: ASSUMPTION,
        tickvals: swings.map((_, row) => 0 - row),
        ticktext: swings.map(({ assumption }) => NAMES[assumption] ?? assumption),
        range: [-swings.length + 0.5, 0.5],
        showgrid: false,
        ticks: "",
      },
      shapes: [
        {
          type: "line",
          x0: base.difference * scale,
          x1: base.difference * scale,
          y0: 0,
          y1: 1,
          yref: "paper",
          line: { color: "#111111", width: 1 },
        },
      ],
      annotations: bars.map(({ effect, y }) => labelOf(effect, { base, scale, y })),
    },
    aspect: 0.85,
    table: {
      name: `tornado-${figure}`,
      caption: change,
      columns: [
        column(
          "assumption",
          ASSUMPTION,
          "",
          swings.flatMap(({ assumption, settings }) => settings.map(() => assumption)),
        ),
        column(
          "setting",
          { en: "Setting", zh: "取值" },
          "",
          swings.flatMap(({ settings }) => settings.map(({ setting }) => String(setting))),
        ),
        ...(
          [
            ["difference", { en: "Effect, mean", zh: "影响均值" }],
            ["low", { en: "Interval, low", zh: "区间下端" }],
            ["high", { en: "Interval, high", zh: "区间上端" }],
          ] as const
        ).map(([name, text]) =>
          column(
            name,
            text,
            unit,
            swings.flatMap(({ settings }) => settings.map((effect) => effect[name] * scale)),
          ),
        ),
        column(
          "swing",
          { en: "Swing", zh: "摆幅" },
          unit,
          swings.flatMap(({ swing, settings }) => settings.map(() => swing * scale)),
        ),
      ],
    },
  };
}

function swingsOf(rows: readonly Effect[], base: Effect): Swing[] {
  const names = [...new Set(rows.map(({ assumption }) => assumption))].filter((name) => name !== "base");
  return names
    .map((assumption) => {
      const settings = rows.filter((row) => row.assumption === assumption);
      const found = [base, ...settings].map(({ difference }) => difference);
      return { assumption, settings, swing: Math.max(...found) - Math.min(...found) };
    })
    .sort((a, b) => b.swing - a.swing);
}

function barOf(
  { setting, difference, low, high }: Effect,
  { base, scale, unit, color, y }: { base: Effect; scale: number; unit: string; color: string; y: number },
): JsonObject {
  return {
    type: "bar",
    orientation: "h",
    name: String(setting),
    showlegend: false,
    base: base.difference * scale,
    x: numbers([(difference - base.difference) * scale]),
    y: [y],
    width: BAR,
    marker: { color, line: { color: "#111111", width: 0.6 } },
    error_x: {
      type: "data",
      symmetric: false,
      array: numbers([(high - difference) * scale]),
      arrayminus: numbers([(difference - low) * scale]),
      color: "#111111",
      thickness: 0.8,
      width: 2,
    },
    hovertemplate:
      `${setting}: ${writeNumber(difference * scale, 3)} [${writeNumber(low * scale, 3)}, ` +
      `${writeNumber(high * scale, 3)}] ${unit}<extra></extra>`,
  };
}

/** The setting, beyond the end of its bar. */
function labelOf(
  { setting, difference, low, high }: Effect,
  { base, scale, y }: { base: Effect; scale: number; y: number },
): JsonObject {
  const isRight = difference >= base.difference;
  const end = isRight ? high : low;
  return {
    text: String(setting).replace("<", "&lt;").replace(">", "&gt;"),
    // Of few repetitions there is no interval.
    x: (Number.isFinite(end) ? end : difference) * scale,
    y,
    xanchor: isRight ? "left" : "right",
    xshift: isRight ? 3 : -3,
    yanchor: "middle",
  };
}

/** Room at both sides for the words. */
function rangeOf(effects: readonly Effect[], scale: number): [number, number] {
  const ends = effects
    .flatMap(({ low, high, difference }) => [low, high, difference])
    .filter(Number.isFinite);
  const [low, high] = [Math.min(...ends) * scale, Math.max(...ends) * scale];
  const span = high - low || Math.abs(high) || 1;
  return [low - 0.4 * span, high + 0.4 * span];
}
