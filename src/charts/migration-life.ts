/** Draws single migrations over time: rounds, the stop, and what is fetched after the switch. */
import { arrange } from "./build/arrange.js";
import { numbersOf } from "./build/channels.js";
import { paperTable } from "./build/paper-table.js";
import { readRows, type RowTable } from "./build/rows.js";
import { withProvenance } from "./captions.js";
import { toText, type Figure, type JsonObject, type Text, type Words } from "./figure.js";
import { mechanismName } from "./mechanisms.js";
import { writeBytes, writeSeconds } from "./seconds.js";
import { words } from "./words/words.js";

interface Phase {
  readonly phase: string;
  readonly number: number;
  readonly start: number;
  readonly seconds: number;
  readonly bytes: number;
  readonly lost: number;
}

interface Life {
  readonly name: Text;
  readonly phases: readonly Phase[];
  readonly seconds: number;
  readonly downtime: number;
  readonly bytes: number;
  readonly rounds: number;
  readonly waits: number;
}

/** A round's number stands in its bar where the bar is wider than this share of the axis for each digit. */
const WIDE = 0.035;
/** Height of the fastest bar, and of the bar of a stop, in rows. */
const [FULL, STOP] = [0.64, 0.64];

/** If one migration lasts this many times as long as the second longest, the others get their own panel. */
const MUCH_LONGER = 3;

/**
 * Returns the chart of the table of `migrationPhases`: a row for each mechanism, all on one time axis. A
 * round is a bar from its start to its end, as high as the rate at which it sends, so that its area is its
 * bytes; the stop is hatched. Rounds, bytes, total time, downtime and waits stand beside the row. Where one
 * migration lasts much longer than the others, a first panel enlarges the beginning. Throws InputError for no
 * rows and for a missing column.
 *
 * @param options `source`: the origin of the numbers, at the end of the caption.
 */
export function migrationLife(phases: RowTable, { source = "" }: { readonly source?: Words } = {}): Figure {
  const lives = livesOf(phases);
  const [longest = 1, second = longest] = lives.map(({ seconds }) => seconds).sort((a, b) => b - a);
  const { life } = words.migrations;
  const name = "migration-life";
  const begin = 1.15 * second;
  const parts = [
    ...(second > 0 && longest > MUCH_LONGER * second
      ? [{ until: begin, title: life.beginning(writeSeconds(begin)) }]
      : []),
    { until: 1.02 * longest, title: life.whole(writeSeconds(longest)) },
  ];
  const panels = parts.map((part) => panelOf(lives, { ...part, panels: parts.length }));
  const figure = {
    ...arrange(panels, {
      name,
      title: life.title,
      says: saysOf(lives),
      caption: life.caption,
      share: "y",
      width: "page",
    }),
    table: paperTable(phases, { name, caption: life.title, labels: life.columns }),
  };
  return withProvenance(figure, life.method, toText(source));
}

/** Returns the chart of the migrations up to a second. */
function panelOf(
  lives: readonly Life[],
  { until, title, panels }: { until: number; title: Text; panels: number },
): Figure {
  const { life } = words.migrations;
  const fastest = lives
    .flatMap((one) => one.phases)
    .filter(({ phase }) => phase !== "stopped")
    .reduce((most, one) => Math.max(most, one.bytes / one.seconds), 0);
  const [name, caption] = ["life", life.caption];
  return {
    name,
    title,
    caption,
    data: KINDS.flatMap((kind) => barsOf(lives, kind, { until, fastest })),
    layout: {
      xaxis: { title: life.time, range: [0, until > 0 ? until : 1], showgrid: true, nticks: 6 },
      yaxis: {
        range: [lives.length - 0.5, -0.5],
        tickvals: lives.map((_, row) => row),
        ticktext: lives.map(rowOf),
        showgrid: false,
        ticks: "",
      },
      annotations: lives.flatMap((one, row) => (one.seconds > until ? [goesOn(one, row)] : [])),
    },
    // Each row has three lines of text.
    aspect: (panels === 1 ? 0.13 : 0.24) * Math.max(2, lives.length),
    table: { name, caption, columns: [] },
  };
}

const KINDS = ["round", "stopped", "fetching"] as const;
const LOOKS = {
  round: { color: "#56B4E9", pattern: "" },
  stopped: { color: "#D55E00", pattern: "/" },
  fetching: { color: "#F0E3B4", pattern: "." },
} as const;

function livesOf(table: RowTable): Life[] {
  const rows = readRows(table);
  const [migration, phase] = ["migration", "phase"].map((name) => rows.column(name).values.map(String));
  const [number, start, seconds, bytes, lost] = ["number", "start", "seconds", "bytes", "lost"].map((name) =>
    numbersOf(rows.column(name), `${name} of a phase`),
  );
  return [...new Set(migration)].map((name) => {
    const own = migration.flatMap((one, i) => (one === name ? [i] : []));
    const phases = own.map((i) => ({
      phase: phase[i],
      number: number[i],
      start: start[i],
      seconds: seconds[i],
      bytes: bytes[i],
      lost: lost[i],
    }));
    const sum = (value: (one: Phase) => number): number =>
      phases.reduce((total, one) => total + value(one), 0);
    return {
      name: mechanismName(name),
      phases,
      seconds: phases.reduce((most, one) => Math.max(most, one.start + one.seconds), 0),
      downtime: sum((one) => (one.phase === "stopped" ? one.seconds : 0)),
      bytes: sum((one) => one.bytes),
      rounds: phases.filter((one) => one.phase === "round").length,
      waits: sum((one) => (one.phase === "stopped" ? 0 : one.lost)),
    };
  });
}

/** Returns the name of a row with its numbers. */
function rowOf({ name, rounds, bytes, seconds, downtime, waits }: Life): Text {
  const { life } = words.migrations;
  const lost = waits > 0 ? life.waits(writeSeconds(waits)) : "";
  return life.row(name, rounds, writeBytes(bytes), writeSeconds(seconds), writeSeconds(downtime), lost);
}

function barsOf(
  lives: readonly Life[],
  kind: (typeof KINDS)[number],
  { until, fastest }: { until: number; fastest: number },
): JsonObject[] {
  const bars = lives.flatMap(({ phases }, row) =>
    phases.filter(({ phase, start }) => phase === kind && start < until).map((one) => ({ row, ...one })),
  );
  if (bars.length === 0) return [];
  const { color, pattern } = LOOKS[kind];
  const isWide = (seconds: number, digits: number): boolean => seconds > WIDE * digits * until;
  const isStop = kind === "stopped";
  const heights = bars.map(({ bytes, seconds }) =>
    isStop ? STOP : FULL * Math.max(0.06, bytes / seconds / fastest),
  );
  return [
    {
      type: "bar",
      orientation: "h",
      name: words.migrations.life.phases[kind],
      base: bars.map(({ start }) => start),
      x: bars.map(({ seconds }) => seconds),
      y: bars.map(({ row }) => row),
      width: heights,
      // Without it, bars of different kinds would stand beside each other.
      offset: heights.map((height) => -height / 2),
      text: bars.map(({ number, seconds }) =>
        number > 0 && isWide(seconds, String(number).length) ? String(number) : "",
      ),
      textposition: "inside",
      insidetextanchor: "middle",
      textangle: 0,
      constraintext: "none",
      textfont: { color: "#111111" },
      marker: {
        color,
        line: { color: isStop ? "#111111" : "#ffffff", width: 0.6 },
        ...(pattern === ""
          ? {}
          : { pattern: { shape: pattern, size: 4, solidity: 0.3, fillmode: "overlay", fgcolor: "#111111" } }),
      },
      customdata: bars.map(({ bytes }) => writeBytes(bytes)),
      hovertemplate: "%{base:.4~g} s, %{x:.4~g} s, %{customdata}<extra>%{fullData.name}</extra>",
    },
  ];
}

/** Returns the words at the right edge of a row that is cut. */
function goesOn({ seconds }: Life, row: number): JsonObject {
  return {
    text: words.migrations.life.goesOn(writeSeconds(seconds)),
    xref: "x domain",
    x: 1,
    xanchor: "right",
    yref: "y",
    y: row - 0.42,
    yanchor: "middle",
  };
}

function saysOf(lives: readonly Life[]): Text {
  const { life } = words.migrations;
  const by = (value: (one: Life) => number): [Life, Life] => {
    const sorted = [...lives].sort((a, b) => value(a) - value(b));
    return [sorted[0], sorted[sorted.length - 1]];
  };
  const [calm, hard] = by(({ downtime }) => downtime);
  const [quick, slow] = by(({ seconds }) => seconds);
  if (lives.length === 1)
    return life.saysOne(calm.name, writeSeconds(calm.seconds), writeSeconds(calm.downtime));
  return life.says(
    life.of(calm.name, writeSeconds(calm.downtime)),
    life.of(hard.name, writeSeconds(hard.downtime)),
    life.of(quick.name, writeSeconds(quick.seconds)),
    life.of(slow.name, writeSeconds(slow.seconds)),
  );
}
