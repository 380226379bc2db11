import type { ColumnTable } from "arquero";
import { capacityPoints, type CapacityPoint } from "../study/capacity/points.js";
import { isReference, NO_CO_LOCATION, PERFECTLY_EVEN } from "../study/capacity/references.js";
import { writeNumber } from "../base/write-numbers.js";
import { lines } from "./build/lines.js";
import type { ColumnLabel, Look } from "./build/options.js";
import { overlay } from "./build/overlay.js";
import { paperTable } from "./build/paper-table.js";
import { points as drawPoints } from "./build/points.js";
import { joinTexts } from "./captions.js";
import type { Figure, Table } from "./figure.js";
import { LABELS } from "./labels.js";
import { words } from "./words/words.js";

/**
 * Returns the chart of how much best-effort work each policy carries at each level of violations, with the
 * references as lines across each level's place. `found` is the table from `carryingCapacity`, with one
 * setting of each policy. Throws InputError for no rows and for rows that differ in a setting.
 */
export function capacityChart(found: ColumnTable): Figure {
  const points = capacityPoints(found);
  const levels = [...new Set(points.map(({ level }) => level))].sort((a, b) => a - b).map(levelName);
  const rows = points.map((point) => ({ ...rowOf(point), level: levelName(point.level) }));
  const { title, caption, method, atLeast, aboutAtLeast, level, axis } = words.capacity;
  const isOpen = rows.some(({ isLowerBound }) => isLowerBound);
  const chart = drawPoints(
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
      caption: joinTexts(caption, isOpen && atLeast),
      method: joinTexts(method, isOpen && aboutAtLeast),
      source: found,
      labels: { level },
      order: { level: levels },
      ranges: { factor: "zero" },
      axes: { factor: { title: axis } },
      aspect: 0.72,
    },
  );
  return { ...overlay(chart, ...referenceLines(rows, levels)), table: capacityTable(found) };
}

/**
 * Returns the references as lines across the places of their levels; none where no reference was searched.
 */
function referenceLines(
  rows: readonly { readonly policy: string; readonly level: string; readonly factor: number }[],
  levels: readonly string[],
): Figure[] {
  // The two ends of a line, and the gap after it.
  const acrossPlace = (place: number): number[] => [place - 0.46, place + 0.46, place + 0.5];
  const ends = rows
    .filter(({ policy }) => isReference(policy))
    .flatMap(({ policy, level, factor }) =>
      acrossPlace(levels.indexOf(level)).map((at, i) => ({ policy, at, factor: i < 2 ? factor : NaN })),
    );
  if (ends.length === 0) return [];
  const names = words.capacity.references;
  return [lines(ends, { x: "at", y: "factor", color: "policy", names, looks: LOOKS })];
}

const LOOKS: Readonly<Record<string, Look>> = {
  [NO_CO_LOCATION]: { mode: "lines" },
  [PERFECTLY_EVEN]: { mode: "lines" },
};

/** Returns a level of violations in per cent. */
export function levelName(level: number): string {
  return `${writeNumber(100 * level, 6)} %`;
}

const FIGURES = ["utilization", "gini", "migrationGb", "beThroughput", "pending", "lcHarmed"] as const;

/** Returns a table for papers: the carried work, what limits it, and metrics of the cluster. */
export function capacityTable(found: ColumnTable): Table {
  const { carried, level, limit, low, high, title } = words.capacity;
  const rows = capacityPoints(found).map(rowOf);
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
    columns: Object.keys(rows[0]).filter((name) => name !== "isLowerBound"),
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

function rowOf({ policy, level, factor, limit, isLowerBound, figures }: CapacityPoint) {
  const columnsOf = (name: string, { mean, low, high }: CapacityPoint["factor"]): [string, number][] => [
    [name, mean],
    [`${name}Low`, low],
    [`${name}High`, high],
  ];
  return {
    policy,
    level,
    factor: factor.mean,
    low: factor.low,
    high: factor.high,
    limit,
    isLowerBound,
    ...Object.fromEntries(FIGURES.flatMap((name) => columnsOf(name, figures[name]))),
  };
}
