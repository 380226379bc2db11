import type { Decision } from "../giantvm/decide/decider.js";
import { InputError } from "../errors.js";
import { joinTexts } from "./captions.js";
import { column, numbers } from "./columns.js";
import type { Figure, Text } from "./figure.js";
import { lineTrace } from "./lines-over-time.js";

/**
 * Returns the chart of a log of decisions: steal that was read of each node, and the moves as large markers at the
 * reading of the node that was left (of the first node, where the work ran on several). Throws InputError for no
 * decision.
 *
 * @param origin Where the log comes from: the model, a recorded /proc/stat or a machine.
 */
export function decisionsOverTime(
  decisions: readonly Pick<Decision, "seconds" | "readings" | "moves">[],
  origin: Text,
): Figure {
  if (decisions.length === 0) throw new InputError("no decision to draw: the log is empty");
  const { unit, seconds } = decisions[decisions.length - 1].seconds > 600 ? MINUTES : SECONDS;
  const start = decisions[0].seconds > 1e6 ? decisions[0].seconds : 0;
  const time = decisions.map((decision) => (decision.seconds - start) / seconds);
  const nodes = decisions[0].readings.map((_, node) => node);
  const steal = (node: number): number[] => decisions.map(({ readings }) => readings[node].stealTicks);
  const moves = decisions.flatMap((decision, at) =>
    decision.moves.map(({ from, to }) => ({ x: time[at], from: Math.max(0, from), to })),
  );
  const label: Text = { en: `Time (${unit.en})`, zh: `时间（${unit.zh}）` };
  return {
    name: "decisions-over-time",
    title: { en: "Steal read, and moves", zh: "窃取时间读数与迁移" },
    caption: joinTexts(
      {
        en:
          "Steal that the decider read of each node between two decisions. Crosses: moves of BE " +
          "work, at the reading of the node left.",
        zh: "两次决策之间调度器读到的各节点窃取时间。叉号表示尽力而为型负载的迁移，位于被离开节点的读数处。",
      },
      origin,
    ),
    data: [
      ...nodes.map((node) => ({
        ...lineTrace(`node ${node}`, node),
        name: { en: `Node ${node}`, zh: `节点 ${node}` },
        x: numbers(time),
        y: numbers(steal(node)),
        hovertemplate: `%{x:.1f} ${unit.en}: %{y:.0f}<extra></extra>`,
      })),
      ...(moves.length === 0
        ? []
        : [
            {
              type: "scatter",
              mode: "markers",
              name: { en: "Move", zh: "迁移" },
              marker: { color: "#111111", symbol: "x-thin-open", size: 9, line: { width: 1.6 } },
              x: numbers(moves.map(({ x }) => x)),
              y: numbers(moves.map(({ x, from }) => steal(from)[time.indexOf(x)])),
              text: moves.map(({ from, to }) => `${from} → ${to}`),
              hovertemplate: "%{text}<extra></extra>",
            },
          ]),
    ],
    layout: {
      xaxis: { title: label },
      yaxis: { title: { en: "Steal (ticks)", zh: "窃取时间（时钟滴答）" }, rangemode: "tozero" },
    },
    aspect: 0.6,
    table: {
      name: "decisions-over-time",
      caption: { en: "Steal read", zh: "窃取时间读数" },
      columns: [
        column("time", label, unit.en, time),
        ...nodes.map((node) =>
          column(
            `node${node}`,
            { en: `Steal of node ${node}`, zh: `节点 ${node} 窃取时间` },
            "ticks",
            steal(node),
          ),
        ),
        column(
          "moves",
          { en: "Moves", zh: "迁移次数" },
          "",
          decisions.map((decision) => decision.moves.length),
        ),
      ],
    },
  };
}

const SECONDS = { unit: { en: "s", zh: "秒" }, seconds: 1 };
const MINUTES = { unit: { en: "min", zh: "分钟" }, seconds: 60 };
