import type { MachineHistory } from "../simulate/run.js";
import type { Run } from "../simulate/simulate.js";
import { arrange } from "./build/arrange.js";
import { describeRuns, joinTexts, originOfRuns, withProvenance } from "./captions.js";
import { column } from "./columns.js";
import { toText, type Figure, type JsonObject, type Text } from "./figure.js";
import { comparedHistories, orderByMean } from "./machine-history.js";
import { clock, inPercent } from "./sentence-numbers.js";
import { USE_COLORS } from "./use-colors.js";
import { words } from "./words/words.js";

/** Levels of a tile; the largest number of tiles and of times, so that a live chart stays small. */
const [LEVELS, MOST_TILES, MOST_TIMES] = [10, 800, 12];

/** What a level of a tile shows. */
const [NOTHING, FREE, BE, LC] = [0, 1, 2, 3];

/** Where the machines are: `machines[tile]` are those of a tile; tiles go row by row from the top left. */
interface Tiles {
  readonly rows: number;
  readonly columns: number;
  readonly machines: readonly (readonly number[])[];
}

/**
 * Returns the picture of all machines, one panel for each run: a machine is a tile, filled from below by the
 * shares of its CPU that LC and BE tasks use. Machines have the same place in all panels, in order of mean
 * load under the first run, the fullest at the top left; from 801 machines on a tile is the mean of neighbors
 * in this order. A live chart has a slider over time; the still picture shows the time at which the Gini
 * coefficients of the first and the last run differ most. Throws InputError for no run, for runs of different
 * machines, and for a run without `keepMachines: true`.
 */
export function machineGrid(runs: readonly Run[]): Figure {
  const histories = comparedHistories(runs);
  const { tiles, perTile } = tilesOf(histories[0]);
  const steps = timesOf(histories);
  const shown = tellingTime(runs, steps);
  const { stepSeconds } = runs[0].manifest.workload;
  const at = (step: number): string => clock(step * stepSeconds);
  const { machineGrid: text } = words;
  const panels = runs.map(({ policy }, i) =>
    panelOf(policy, { history: histories[i], tiles, step: steps[shown] }),
  );
  const says = saysOf(runs, histories, { step: steps[shown], at: at(steps[shown]) });
  const figure = arrange(panels, {
    name: "machine-grid",
    share: "y",
    title: text.title(runs.map(({ policy }) => policy)),
    ...(says === undefined ? {} : { says }),
    caption: joinTexts(text.caption(runs[0].policy, at(steps[shown])), originOfRuns(runs).basis),
  });
  const method = [text.method, perTile > 1 && text.binned(perTile), text.shown(at(steps[shown]))];
  const changesAt = (step: number): JsonObject[] =>
    histories.flatMap((history) => [{ z: levelsOf(history, tiles, step) }, ...STILL.map(() => ({}))]);
  const animation = {
    label: words.machineGrid.time,
    shown,
    steps: steps.map((step) => ({ name: toText(at(step)), changes: changesAt(step) })),
  };
  const grid = { ...figure, ...(steps.length > 1 ? { animation } : {}) };
  return withProvenance(grid, ...method, describeRuns(runs));
}

/** Returns the places of the machines: about twice as many tiles across as down. */
export function tilesOf({ cpu, machines }: MachineHistory): { tiles: Tiles; perTile: number } {
  const order = orderByMean(cpu, machines).reverse();
  const perTile = Math.ceil(machines / MOST_TILES);
  const count = Math.ceil(machines / perTile);
  const rows = Math.max(1, Math.round(Math.sqrt(count / 2)));
  const inTile = (tile: number): number[] => order.slice(tile * perTile, (tile + 1) * perTile);
  return {
    tiles: {
      rows,
      columns: Math.ceil(count / rows),
      machines: Array.from({ length: count }, (_, i) => inTile(i)),
    },
    perTile,
  };
}

/** Returns about equally distant steps that all runs have, from the first to the last. */
function timesOf(histories: readonly MachineHistory[]): number[] {
  const steps = Math.min(...histories.map(({ cpu, machines }) => cpu.length / machines));
  const count = Math.min(MOST_TIMES, steps);
  return Array.from({ length: count }, (_, i) => Math.round((i * (steps - 1)) / Math.max(1, count - 1)));
}

/** Returns the number of the time at which the first and the last run are least alike. */
function tellingTime(runs: readonly Run[], steps: readonly number[]): number {
  const [first, last] = [runs[0].steps.gini, runs[runs.length - 1].steps.gini];
  const apart = steps.map(
    (step) => (runs.length > 1 ? Math.abs(first[step] - last[step]) : first[step]) || 0,
  );
  return apart.indexOf(Math.max(...apart));
}

/** Returns the mean share of the machines that are up in a step; NaN where none is. */
function meanOf(values: Float32Array, machines: readonly number[], start: number): number {
  const up = machines.map((machine) => values[start + machine]).filter((value) => !Number.isNaN(value));
  return up.reduce((sum, value) => sum + value, 0) / up.length;
}

/** Returns the levels of all tiles in a step, one byte for each, as plotly reads them: rows from below. */
function levelsOf(
  { cpu, lc, machines: n }: MachineHistory,
  { rows, columns, machines }: Tiles,
  step: number,
): JsonObject {
  const lines = rows * (LEVELS + 1) - 1;
  const z = new Uint8Array(lines * columns);
  machines.forEach((own, tile) => {
    const [used, byLc] = [cpu, lc].map((values) => LEVELS * meanOf(values, own, step * n));
    if (Number.isNaN(used)) return;
    const bottom = (rows - 1 - Math.floor(tile / columns)) * (LEVELS + 1);
    for (let level = 0; level < LEVELS; level++) {
      const what = level < Math.round(byLc) ? LC : level < Math.round(used) ? BE : FREE;
      z[(bottom + level) * columns + (tile % columns)] = what;
    }
  });
  return { dtype: "u1", bdata: Buffer.from(z).toString("base64"), shape: `${lines}, ${columns}` };
}

function panelOf(
  policy: string,
  { history, tiles, step }: { history: MachineHistory; tiles: Tiles; step: number },
): Figure {
  const { rows, columns, machines } = tiles;
  const lines = rows * (LEVELS + 1) - 1;
  const axis = { tickvals: [], ticks: "", showline: false, showgrid: false };
  return {
    name: policy,
    title: toText(policy),
    caption: toText(""),
    data: [heatMapOf(history, tiles, step), gapsOf(columns, lines), ...KEYS],
    layout: {
      xaxis: { ...axis, title: words.machineGrid.axis, range: [-0.5, columns - 0.5] },
      yaxis: { ...axis, range: [-0.5, lines - 0.5] },
    },
    aspect: (1.15 * rows) / columns,
    table: {
      name: "machine-grid",
      caption: words.machineGrid.axis,
      columns: [
        column(
          "tile",
          words.machineGrid.tile,
          "",
          machines.map((_, tile) => tile + 1),
        ),
        column(
          "machine",
          words.machineGrid.machine,
          "",
          machines.map((own) => own.join(" ")),
        ),
        ...sharesOf(history, machines, step),
      ],
    },
  };
}

function sharesOf({ cpu, lc, machines: n }: MachineHistory, machines: Tiles["machines"], step: number) {
  const byLc = machines.map((own) => 100 * meanOf(lc, own, step * n));
  const byBe = machines.map((own, i) => 100 * meanOf(cpu, own, step * n) - byLc[i]);
  return [column("lc", words.use.lc, "%", byLc), column("be", words.use.be, "%", byBe)];
}

function heatMapOf(history: MachineHistory, tiles: Tiles, step: number): JsonObject {
  const count = (length: number): number[] => Array.from({ length }, (_, i) => i);
  const colors = ["#ffffff", USE_COLORS.free, USE_COLORS.be, USE_COLORS.lc];
  return {
    type: "heatmap",
    x: count(tiles.columns),
    y: count(tiles.rows * (LEVELS + 1) - 1),
    z: levelsOf(history, tiles, step),
    zmin: NOTHING - 0.5,
    zmax: LC + 0.5,
    colorscale: colors.flatMap((color, i) => [
      [i / colors.length, color],
      [(i + 1) / colors.length, color],
    ]),
    showscale: false,
    zsmooth: false,
    showlegend: false,
    hoverinfo: "skip",
  };
}

/** Returns white lines between the columns of tiles: gaps of their own would blur the map. */
function gapsOf(columns: number, lines: number): JsonObject {
  const places = Array.from({ length: columns + 1 }, (_, i) => i - 0.5);
  return {
    type: "scatter",
    mode: "lines",
    x: places.flatMap((place) => [place, place, null]),
    y: places.flatMap(() => [-0.5, lines - 0.5, null]),
    line: { color: "#ffffff", width: 1.4, simplify: false },
    showlegend: false,
    hoverinfo: "skip",
  };
}

/** The entries of the legend. */
const KEYS: readonly JsonObject[] = (["lc", "be", "free"] as const).map((use) => ({
  type: "scatter",
  mode: "markers",
  name: words.use[use],
  x: [null],
  y: [null],
  marker: { color: USE_COLORS[use], symbol: "square", size: 8, line: { color: "#555555", width: 0.5 } },
  hoverinfo: "skip",
}));

/** The traces of a panel that do not change with time. */
const STILL = [gapsOf(1, 1), ...KEYS];

/** Compares the fullest and the emptiest tenth of the machines; undefined where no machine is up. */
function saysOf(
  runs: readonly Run[],
  histories: readonly MachineHistory[],
  { step, at }: { step: number; at: string },
): Text | undefined {
  const loads = histories.map(({ cpu, machines }) =>
    cpu
      .slice(step * machines, (step + 1) * machines)
      .filter((value) => !Number.isNaN(value))
      .sort(),
  );
  const count = Math.max(1, Math.round(Math.min(...loads.map(({ length }) => length)) / 10));
  if (loads.some(({ length }) => length === 0)) return undefined;
  const mean = (values: Float32Array): string =>
    inPercent(values.reduce((sum, x) => sum + x, 0) / values.length);
  const fullest = loads.map((load, i) => words.machineGrid.under(mean(load.slice(-count)), runs[i].policy));
  const emptiest = loads.map((load) => `${mean(load.slice(0, count))} %`);
  return words.machineGrid.says(at, count, words.build.list(fullest), words.build.list(emptiest));
}
