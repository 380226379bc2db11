import type { Decision } from "../decide/decider.js";
import { InputError } from "../../../base/errors.js";
import { lines } from "../../../charts/build/lines.js";
import { paperTable } from "../../../charts/build/paper-table.js";
import { numbers } from "../../../charts/columns.js";
import type { Figure, JsonObject, Text } from "../../../charts/figure.js";
import { words } from "../../../charts/words/say.js";

type Logged = Pick<Decision, "seconds" | "readings" | "moves">;

/**
 * Returns the chart of a log of decisions: the steal that was read on each node, and the moves as large
 * markers at the reading of the source node (of the first node, where the work ran on several nodes). Throws
 * InputError for no decision.
 *
 * @param origin The origin of the log: the model, a recorded /proc/stat or a machine.
 */
export function decisionsOverTime(decisions: readonly Logged[], origin: Text): Figure {
  if (decisions.length === 0) throw new InputError("no decision to draw: the log is empty");
  const isMinutes = decisions[decisions.length - 1].seconds > 600;
  const start = decisions[0].seconds > 1e6 ? decisions[0].seconds : 0;
  const time = decisions.map(({ seconds }) => (seconds - start) / (isMinutes ? 60 : 1));
  const nodes = decisions[0].readings.map((_, node) => node);
  const rows = nodes.flatMap((node) =>
    decisions.map(({ readings }, at) => ({ node, time: time[at], steal: readings[node].stealTicks })),
  );
  const label = words.testbed.decisions.time(isMinutes);
  const unit = isMinutes ? "min" : "s";
  const title = words.testbed.decisions.title;
  const nameOf = (node: number): Text => words.testbed.decisions.node(node);
  const figure = lines(rows, {
    x: "time",
    y: "steal",
    color: "node",
    name: "decisions-over-time",
    title,
    caption: words.testbed.decisions.caption,
    source: origin,
    labels: { time: { label, unit }, steal: { label: words.testbed.decisions.steal } },
    names: Object.fromEntries(nodes.map((node) => [node, nameOf(node)])),
    axes: { time: { title: label }, steal: { title: words.testbed.decisions.ticks } },
    aspect: 0.6,
  });
  const wide = decisions.map(({ readings, moves }, at) => ({
    time: time[at],
    ...Object.fromEntries(nodes.map((node) => [`node${node}`, readings[node].stealTicks])),
    moves: moves.length,
  }));
  const steals = nodes.map((node) => {
    const of = words.testbed.decisions.stealOf(node);
    return [`node${node}`, { label: of, unit: "ticks" }] as const;
  });
  const moves = words.testbed.decisions.moves;
  const labels = { time: { label, unit }, ...Object.fromEntries(steals), moves };
  return {
    ...figure,
    data: [...figure.data, ...movesTrace(decisions, time)],
    table: paperTable(wide, { name: "decisions-over-time", caption: title, labels }),
  };
}

function movesTrace(decisions: readonly Logged[], time: readonly number[]): JsonObject[] {
  const moves = decisions.flatMap(({ moves: all, readings }, at) =>
    all.map(({ from, to }) => {
      const left = Math.max(0, from);
      return { x: time[at], y: readings[left].stealTicks, text: `${left} → ${to}` };
    }),
  );
  if (moves.length === 0) return [];
  return [
    {
      type: "scatter",
      mode: "markers",
      name: words.testbed.decisions.move,
      marker: { color: "#111111", symbol: "x-thin-open", size: 9, line: { width: 1.6 } },
      x: numbers(moves.map(({ x }) => x)),
      y: numbers(moves.map(({ y }) => y)),
      text: moves.map(({ text }) => text),
      hovertemplate: "%{text}<extra></extra>",
    },
  ];
}
