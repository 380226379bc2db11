import type { ColumnTable } from "arquero";
import { capacityPoints, type CapacityPoint } from "../study/capacity/points.js";
import { isReference, NO_CO_LOCATION, PERFECTLY_EVEN } from "../study/capacity/references.js";
import { writeNumber } from "../write-numbers.js";
import { lines } from "./build/lines.js";
import type { ColumnLabel, Look } from "./build/options.js";
import { overlay } from "./build/overlay.js";
import { paperTable } from "./build/paper-table.js";
import { points } from "./build/points.js";
import { joinTexts } from "./captions.js";
import type { Figure, Table } from "./figure.js";
import { LABELS } from "./labels.js";
import { words } from "./words/say.js";

/**
 * Returns the chart of how much best-effort work each policy carries at each level of violations, with the
 * references as lines across the level. `found` is the table that `carryingCapacity` gives, with one setting
 * of each policy. Throws InputError for no rows and for rows that differ in a setting.
 */
export function capacityChart(found: ColumnTable): Figure {
  const all = capacityPoints(found);
  const levels = [...new Set(all.map(({ level }) => level))].sort((a, b) => a - b).map(inPercent);
  const rows = all.map(({ policy, level, factor: { mean, low, high }, isLowerBound }) => {
    return { policy, level: inPercent(level), factor: mean, low, high, isLowerBound };
  });
  const { title, caption, atLeast, level, axis } = words.capacity;
  const chart = points(
    rows.filter(({ policy }) => !isReference(policy)),
    {
      x: "level",
      y: "factor",
      low: "low",
      high: "high",
      color: "policy",
      hollow: "isLowerBound",
      name: "capacity",
      title,
      caption: joinTexts(caption, ...(rows.some(({ isLowerBound }) => isLowerBound) ? [atLeast] : [])),
      source: found,
      labels: { level },
      order: { level: levels },
      ranges: { factor: "zero" },
      axes: { factor: { title: axis } },
      aspect: 0.72,
    },
  );
  const references = rows
    .filter(({ policy }) => isReference(policy))
    .flatMap(({ policy, level: of, factor }) =>
      acrossPlace(levels.indexOf(of)).map((at, i) => ({ policy, at, factor: i < 2 ? factor : NaN })),
    );
  const drawn =
    references.length === 0
      ? []
      : [
          lines(references, {
            x: "at",
            y: "factor",
            color: "policy",
            names: words.capacity.references,
            looks: LOOKS,
          }),
        ];
  return { ...overlay(chart, ...drawn), table: capacityTable(found) };
}

const LOOKS: Readonly<Record<string, Look>> = {
  [NO_CO_LOCATION]: { mode: "lines", color: "#888888", dash: "dot" },
  [PERFECTLY_EVEN]: { mode: "lines", color: "#111111", dash: "solid" },
};

/** From where to where a line goes in a word's place on the axis, and where it is interrupted. */
function acrossPlace(place: number): number[] {
  return [place - 0.46, place + 0.46, place + 0.5];
}

function inPercent(level: number): string {
  return `${writeNumber(100 * level, 6)} %`;
}

const FIGURES = ["utilization", "gini", "migrationGb", "beThroughput", "pending", "lcHarmed"] as const;

/** Returns what is carried as a table for papers: how much, why not more, and how the cluster fares. */
export function capacityTable(found: ColumnTable): Table {
  const { carried, level, limit, low, high, title } = words.capacity;
  const rows = capacityPoints(found).map(({ policy, level: at, factor, limit: reason, figures }) => ({
    policy,
    level: at,
    factor: factor.mean,
    low: factor.low,
    high: factor.high,
    limit: reason,
    ...Object.fromEntries(FIGURES.flatMap((name) => columnsOf(name, figures[name]))),
  }));
  const ends = FIGURES.flatMap((name): [string, ColumnLabel][] => {
    const { label, ...units } = LABELS[name];
    return [
      [`${name}Low`, { label: low(label), ...units }],
      [`${name}High`, { label: high(label), ...units }],
    ];
  });
  return paperTable(rows, {
    name: "capacity",
    caption: words.build.sentence(title),
    source: found,
    labels: {
      level: { label: level, unit: "%", scale: 100 },
      factor: { label: carried, unit: "×" },
      low: { label: words.build.low, unit: "×" },
      high: { label: words.build.high, unit: "×" },
      limit,
      ...Object.fromEntries(ends),
    },
  });
}

function columnsOf(name: string, { mean, low, high }: CapacityPoint["factor"]): [string, number][] {
  return [
    [name, mean],
    [`${name}Low`, low],
    [`${name}High`, high],
  ];
}
