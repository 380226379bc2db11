import { InputError } from "../base/errors.js";
import { writeNumber } from "../base/write-numbers.js";
import { arrange } from "./build/arrange.js";
import { numbersOf } from "./build/channels.js";
import { lines } from "./build/lines.js";
import { readRows, type RowTable } from "./build/rows.js";
import { withProvenance } from "./captions.js";
import { toText, type Figure, type Text, type Words } from "./figure.js";
import { mechanismName } from "./mechanisms.js";
import { secondsAxis, writeBytes, writeSeconds } from "./seconds.js";
import { words } from "./words/words.js";

interface Cost {
  readonly migration: string;
  readonly memory: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly downtime: number;
  readonly lost: number;
}

const QUANTITIES = ["seconds", "lost", "downtime"] as const;

/**
 * Returns small multiples of the table of `compareMechanisms`: for each mechanism a panel with its total
 * time, the time that the task loses, and its downtime, by the task's memory, all on the same axes. Throws
 * InputError for no rows and for a missing column.
 *
 * @param options `source`: the origin of the numbers, at the end of the caption.
 */
export function migrationCosts(costs: RowTable, { source = "" }: { readonly source?: Words } = {}): Figure {
  const all = costsOf(costs);
  const names = [...new Set(all.map(({ migration }) => migration))];
  const { title, caption, method } = words.migrations.costs;
  const times = secondsAxis(all.flatMap((cost) => QUANTITIES.map((quantity) => cost[quantity])));
  const panels = names.map((name) =>
    panelOf(
      name,
      all.filter(({ migration }) => migration === name),
      times,
    ),
  );
  const figure = arrange(panels, {
    name: "mechanisms",
    title,
    says: saysOf(all),
    caption,
    across: Math.min(4, panels.length),
    share: "both",
    aspect: 0.85,
    width: "page",
  });
  return withProvenance(figure, method, toText(source));
}

function costsOf(table: RowTable): Cost[] {
  const rows = readRows(table);
  const migration = rows.column("migration").values.map(String);
  const [memory, bytes, seconds, downtime, lost] = ["memory", "bytes", "seconds", "downtime", "lost"].map(
    (name) => numbersOf(rows.column(name), `${name} of a mechanism`),
  );
  return migration.map((name, i) => ({
    migration: name,
    memory: memory[i],
    bytes: bytes[i],
    seconds: seconds[i],
    downtime: downtime[i],
    lost: lost[i],
  }));
}

function panelOf(name: string, costs: readonly Cost[], times: NonNullable<Figure["layout"]>): Figure {
  const { memory, value, quantities } = words.migrations.costs;
  const rows = costs.flatMap((cost) =>
    QUANTITIES.map((quantity) => ({ migration: name, quantity, memory: cost.memory, value: cost[quantity] })),
  );
  return lines(rows, {
    x: "memory",
    y: "value",
    color: "quantity",
    name,
    title: titleOf(name, costs),
    labels: { memory: { label: memory, unit: "GB", scale: 1e-9 }, value: { label: value, unit: "s" } },
    names: quantities,
    looks: {
      seconds: { color: "#0072B2", dash: "solid", symbol: "circle" },
      lost: { color: "#009E73", dash: "dot", symbol: "diamond" },
      downtime: { color: "#D55E00", dash: "dash", symbol: "square" },
    },
    scales: { memory: "log", value: "log" },
    axes: { value: { ...times, title: value }, memory: { nticks: 4 } },
    columns: ["migration", "quantity", "memory", "value"],
  });
}

/** Returns the mechanism's name with the bytes that it sends over the task's memory. */
function titleOf(name: string, costs: readonly Cost[]): Text {
  const shares = costs.map(({ bytes, memory }) => bytes / memory);
  const [low, high] = [Math.min(...shares), Math.max(...shares)].map((share) => writeNumber(share, 2));
  const isStopped = costs.some(({ downtime }) => downtime > 0);
  return words.migrations.costs.sends(mechanismName(name), low === high ? low : `${low}–${high}`, isStopped);
}

/** Says what the mechanisms cost at the memory in the middle of the table's. */
function saysOf(costs: readonly Cost[]): Text {
  const memories = [...new Set(costs.map(({ memory }) => memory))].sort((a, b) => a - b);
  const memory = memories[Math.floor((memories.length - 1) / 2)];
  const here = costs.filter((cost) => cost.memory === memory);
  if (here.length === 0) throw new InputError("no memory of a task: give numbers of bytes");
  const least = (value: (cost: Cost) => number, sign: number): Cost =>
    here.reduce((best, cost) => (sign * value(cost) < sign * value(best) ? cost : best));
  const bytes = (sign: number): Text => {
    const cost = least((one) => one.bytes, sign);
    return words.migrations.life.of(mechanismName(cost.migration), writeBytes(cost.bytes));
  };
  const lost = (sign: number): Text => {
    const cost = least((one) => one.lost, sign);
    return words.migrations.life.of(mechanismName(cost.migration), writeSeconds(cost.lost));
  };
  return words.migrations.costs.says(writeBytes(memory), bytes(1), bytes(-1), lost(1), lost(-1));
}
