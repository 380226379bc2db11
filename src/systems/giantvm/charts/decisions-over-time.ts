import type { Decision } from "../decide/decider.js";
import type { LoggedMove } from "../decide/decisions.js";
import { InputError } from "../../../base/errors.js";
import { writeNumber } from "../../../base/write-numbers.js";
import { paperTable } from "../../../charts/build/paper-table.js";
import { timeline } from "../../../charts/build/timeline.js";
import { joinTexts } from "../../../charts/captions.js";
import { toText, type Figure, type Text } from "../../../charts/figure.js";
import { words } from "../../../charts/words/words.js";
import { giantVmWords } from "./words/words.js";
import { median } from "../../../metrics/statistics.js";
import { WORK_COLORS } from "./testbed-over-time.js";

/** Decisions with the moves that were made. */
type Made = Pick<Decision, "seconds" | "readings" | "moves">;
type Logged = Pick<Decision, "seconds" | "readings"> & { readonly moves: readonly LoggedMove[] };

/**
 * Returns the timeline of a log of decisions: for each node the steal that was read before each decision, the
 * node that the work was on, and the moves that were made. Where the work was is known from its moves. Throws
 * InputError for no decision.
 *
 * @param origin The origin of the log: the model, a recorded /proc/stat or a machine.
 */
export function decisionsOverTime(log: readonly Logged[], origin: Text): Figure {
  if (log.length === 0) throw new InputError("no decision to draw: the log is empty");
  const decisions = log.map(({ seconds, readings, moves: all }): Made => ({
    seconds,
    readings,
    moves: all.filter(({ error }) => error === undefined),
  }));
  const isMinutes = decisions[decisions.length - 1].seconds - decisions[0].seconds > 600;
  const start = decisions[0].seconds > 1e6 ? decisions[0].seconds : 0;
  const time = decisions.map(({ seconds }) => (seconds - start) / (isMinutes ? 60 : 1));
  const before = time[0] - (time.length > 1 ? time[1] - time[0] : 1);
  const steals = decisions.map(({ readings }) => readings.map(({ stealTicks }) => stealTicks));
  const most = steals
    .flat()
    .filter(Number.isFinite)
    .reduce((high, ticks) => Math.max(high, ticks), 0);
  const moves = decisions.flatMap(({ moves: all }, at) =>
    all.map(({ from, to }) => ({ time: time[at], from, to })),
  );
  const places = placesOf(decisions);
  const {
    title,
    caption,
    node,
    steal,
    work,
    move,
    time: timeTitle,
    highest,
  } = giantVmWords.testbed.decisions;
  const figure = timeline({
    name: "decisions-over-time",
    title,
    caption: joinTexts(caption, highest(writeNumber(most)), origin),
    rows: decisions[0].readings.map((_, row) => toText(String(row))),
    rowsTitle: node,
    times: [before, ...time],
    timeTitle: timeTitle(isMinutes),
    layers: [
      { name: work, color: WORK_COLORS.be, lane: "upper", height: (row, at) => places[at].get(row) ?? 0 },
      {
        name: steal,
        color: "#555555",
        lane: "lower",
        height: (row, at) => (most > 0 ? steals[at][row] / most : 0),
      },
    ],
    moves,
    moveName: move,
    aspect: Math.min(1.5, 0.15 * steals[0].length),
    table: tableOf(decisions, time, isMinutes ? "min" : "s"),
  });
  return { ...figure, says: saysOf(decisions, moves.length, most), width: "page" };
}

/**
 * Returns the share of the moved work on each node before each decision: before its first move work is where
 * that move found it, after a move where it was put. Empty where nothing moved.
 */
function placesOf(decisions: readonly Made[]): Map<number, number>[] {
  const made = decisions.map(({ moves }) => moves);
  const first = new Map<string, number>();
  for (const { work, from } of made.flat()) if (!first.has(work)) first.set(work, from);
  const now = new Map(first);
  return made.map((moves) => {
    const share = new Map<number, number>();
    for (const place of now.values()) share.set(place, (share.get(place) ?? 0) + 1 / now.size);
    for (const { work, to } of moves) now.set(work, to);
    return share;
  });
}

function saysOf(decisions: readonly Made[], moves: number, most: number): Text {
  const { says, still } = giantVmWords.testbed.decisions;
  if (moves === 0) return still(decisions.length, writeNumber(most));
  const left = decisions.flatMap(({ readings, moves: all }) =>
    all.filter(({ from }) => from >= 0).map(({ from }) => readings[from].stealTicks),
  );
  const least = decisions.flatMap(({ readings, moves: all }) => all.map(({ to }) => readings[to].stealTicks));
  const middle = (ticks: readonly number[]): string => {
    const known = ticks.filter(Number.isFinite);
    return known.length === 0 ? "–" : writeNumber(median(Float64Array.from(known)), 3);
  };
  return says(moves, decisions.length, middle(left), middle(least));
}

function tableOf(decisions: readonly Made[], time: readonly number[], unit: string): Figure["table"] {
  const { title, stealOf, moves } = giantVmWords.testbed.decisions;
  const nodes = decisions[0].readings.map((_, node) => node);
  const rows = decisions.map(({ readings, moves: all }, at) => ({
    time: time[at],
    ...Object.fromEntries(nodes.map((node) => [`node${node}`, readings[node].stealTicks])),
    moves: all.length,
  }));
  const steals = nodes.map((node) => [`node${node}`, { label: stealOf(node), unit: "ticks" }] as const);
  const labels = { time: { label: words.common.time, unit }, ...Object.fromEntries(steals), moves };
  return paperTable(rows, { name: "decisions-over-time", caption: title, labels });
}
