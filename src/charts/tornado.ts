import { InputError } from "../errors.js";
import type { Effect, Swing } from "../study/assumptions.js";
import { joinTexts } from "./captions.js";
import { column, numbers } from "./columns.js";
import type { Figure, JsonObject, Text } from "./figure.js";
import { writeNumber } from "../write-numbers.js";
import { axisTitle, LABELS } from "./labels.js";
import { PALETTE } from "./theme.js";

export interface TornadoOptions {
  /** Whose effect it is and what the base is: policies, trace, seeds. */
  readonly caption: Text;
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
 * Returns the tornado chart of one figure: a row an assumption, the widest swing at the top, its bars from the
 * effect under the base to that under each setting, with intervals; the line is the base. `swings` are those of
 * `assumptionSwings` of one figure. Throws InputError for none and for several figures.
 */
export function tornadoChart(swings: readonly Swing[], { caption }: TornadoOptions): Figure {
  if (swings.length === 0) throw new InputError("no swings to draw: give at least one");
  const { figure, base } = swings[0];
  if (swings.some((swing) => swing.figure !== figure)) {
    throw new InputError("swings of several figures: give those of one");
  }
  const quantity = LABELS[figure];
  const { label, unit, scale } = quantity;
  const sorted = [...swings].sort((a, b) => b.swing - a.swing);
  const bars = sorted.flatMap((swing, row) =>
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
          `(${writeNumber(base.mean * scale, 3)}${unit && ` ${unit}`}); a bar of no length is the ` +
          "default itself. Interactions do not show.",
        zh:
          `对${label.zh}的影响：同一负载下该策略与参照策略之差，每次只改变一个假设；` +
          "摆幅最大者在上，误差线为 95 % 自助法区间。" +
          `竖线为默认设置（${writeNumber(base.mean * scale, 3)}${unit && ` ${unit}`}），` +
          "长度为零的条即默认设置本身。不反映假设之间的交互作用。",
      },
      caption,
    ),
    data: bars.map(({ effect, color, y }) => barOf(effect, { base, scale, unit, color, y })),
    layout: {
      showlegend: false,
      barmode: "overlay",
      xaxis: {
        title: axisTitle({ ...quantity, label: change }),
        range: rangeOf(sorted, scale),
        showgrid: true,
      },
      yaxis: {
        title: ASSUMPTION,
        tickvals: sorted.map((_, row) => 0 - row),
        ticktext: sorted.map(({ assumption }) => NAMES[assumption] ?? assumption),
        range: [-sorted.length + 0.5, 0.5],
        showgrid: false,
        ticks: "",
      },
      shapes: [
        {
          type: "line",
          x0: base.mean * scale,
          x1: base.mean * scale,
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
          sorted.flatMap(({ assumption, settings }) => settings.map(() => assumption)),
        ),
        column(
          "setting",
          { en: "Setting", zh: "取值" },
          "",
          sorted.flatMap(({ settings }) => settings.map((effect) => effect.label)),
        ),
        ...(
          [
            ["mean", { en: "Effect, mean", zh: "影响均值" }],
            ["low", { en: "Interval, low", zh: "区间下端" }],
            ["high", { en: "Interval, high", zh: "区间上端" }],
          ] as const
        ).map(([name, text]) =>
          column(
            name,
            text,
            unit,
            sorted.flatMap(({ settings }) => settings.map((effect) => effect[name] * scale)),
          ),
        ),
        column(
          "swing",
          { en: "Swing", zh: "摆幅" },
          unit,
          sorted.flatMap(({ swing, settings }) => settings.map(() => swing * scale)),
        ),
      ],
    },
  };
}

function barOf(
  { label, mean, low, high }: Effect,
  { base, scale, unit, color, y }: { base: Effect; scale: number; unit: string; color: string; y: number },
): JsonObject {
  return {
    type: "bar",
    orientation: "h",
    name: label,
    showlegend: false,
    base: base.mean * scale,
    x: numbers([(mean - base.mean) * scale]),
    y: [y],
    width: BAR,
    marker: { color, line: { color: "#111111", width: 0.6 } },
    error_x: {
      type: "data",
      symmetric: false,
      array: numbers([(high - mean) * scale]),
      arrayminus: numbers([(mean - low) * scale]),
      color: "#111111",
      thickness: 0.8,
      width: 2,
    },
    hovertemplate:
      `${label}: ${writeNumber(mean * scale, 3)} [${writeNumber(low * scale, 3)}, ` +
      `${writeNumber(high * scale, 3)}] ${unit}<extra></extra>`,
  };
}

/** The setting, beyond the end of its bar. */
function labelOf(
  { label, mean, low, high }: Effect,
  { base, scale, y }: { base: Effect; scale: number; y: number },
): JsonObject {
  const isRight = mean >= base.mean;
  return {
    text: label.replace("<", "&lt;").replace(">", "&gt;"),
    x: (isRight ? high : low) * scale,
    y,
    xanchor: isRight ? "left" : "right",
    xshift: isRight ? 3 : -3,
    yanchor: "middle",
  };
}

/** Room at both sides for the words. */
function rangeOf(swings: readonly Swing[], scale: number): [number, number] {
  const ends = swings.flatMap(({ base, settings }) =>
    [base, ...settings].flatMap(({ low, high }) => [low, high]),
  );
  const [low, high] = [Math.min(...ends) * scale, Math.max(...ends) * scale];
  const span = high - low || Math.abs(high) || 1;
  return [low - 0.4 * span, high + 0.4 * span];
}
