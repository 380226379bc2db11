/** Draws the states of pages at nodes, access by access, from the record of the protocol. */
import { InputError } from "../../../base/errors.js";
import { writeNumber } from "../../../base/write-numbers.js";
import { numbersOf } from "../../../charts/build/channels.js";
import { paperTable } from "../../../charts/build/paper-table.js";
import { smallMultiples, axisId, axisKey, panelTitle, type Panel } from "../../../charts/build/panels.js";
import { readRows, type RowTable } from "../../../charts/build/rows.js";
import { withProvenance } from "../../../charts/captions.js";
import { toText, type Figure, type JsonObject, type Text, type Words } from "../../../charts/figure.js";
import { giantVmWords } from "./words/words.js";
import { writeSeconds } from "../../../charts/seconds.js";

interface Copy {
  readonly access: number;
  readonly page: number;
  readonly node: number;
  readonly state: string;
  readonly kind: string;
  readonly fault: string;
  readonly seconds: number;
}

const STATES = ["invalid", "shared", "modified"] as const;
const COLORS: Readonly<Record<string, string>> = {
  invalid: "#f2f2f2",
  shared: "#9ecae1",
  modified: "#08519c",
};
/** Above this many accesses, single accesses are not named on the axis. */
const MOST_NAMED = 40;

/**
 * Returns the chart of the table of `recordPages`: a panel for each page, a row for each node, a column for
 * each access, colored by the state of the node's copy after the access. A letter stands where the access
 * changed the state; a frame marks the access, a thick one a fault. Throws InputError for no rows and for
 * a missing column.
 *
 * @param options `source`: the origin of the accesses, in the provenance.
 */
export function pagesOverTime(record: RowTable, { source = "" }: { readonly source?: Words } = {}): Figure {
  const copies = copiesOf(record);
  const [pages, nodes, accesses] = (["page", "node", "access"] as const).map((key) =>
    [...new Set(copies.map((copy) => copy[key]))].sort((a, b) => a - b),
  );
  if (accesses.length < 2) throw new InputError("no access to draw: record a stream with at least one");
  const { pages: text } = giantVmWords.dsm;
  const shape = { across: 1, ems: 55 };
  const { panels, aspect } = smallMultiples(pages.map(text.page), 0.03 + 0.03 * nodes.length, shape);
  const hits = copies.filter(({ kind }) => kind !== "").sort((a, b) => a.access - b.access);
  const figure: Figure = {
    name: "dsm-pages",
    title: text.title,
    says: saysOf(hits, pages.length, nodes.length),
    caption: text.caption,
    data: [
      ...panels.flatMap((panel, i) =>
        tracesOf(
          panel,
          copies.filter(({ page }) => page === pages[i]),
          { nodes, accesses },
        ),
      ),
      ...legendOf(),
    ],
    layout: {
      ...axesOf(panels, { hits, nodes, accesses }),
      annotations: panels.flatMap(panelTitle).map((title) => ({ ...title, x: 0, xanchor: "left" })),
    },
    // On a page figures are drawn flatter.
    aspect: aspect / 0.6,
    width: "page",
    table: paperTable(record, { name: "dsm-pages", caption: text.title, labels: text.columns }),
  };
  return withProvenance(figure, text.method, toText(source));
}

function copiesOf(table: RowTable): Copy[] {
  const rows = readRows(table);
  const told = (name: string): string[] => rows.column(name).values.map((value) => String(value ?? ""));
  const [state, kind, fault] = ["state", "kind", "fault"].map(told);
  const [access, page, node, seconds] = ["access", "page", "node", "seconds"].map((name) =>
    numbersOf(rows.column(name), `${name} of a record`),
  );
  return state.map((one, i) => ({
    access: access[i],
    page: page[i],
    node: node[i],
    state: one,
    kind: kind[i],
    fault: fault[i],
    seconds: seconds[i],
  }));
}

interface Sides {
  readonly nodes: readonly number[];
  readonly accesses: readonly number[];
}

function tracesOf(panel: Panel, copies: readonly Copy[], sides: Sides): JsonObject[] {
  const on = { xaxis: axisId("x", panel.xAxis), yaxis: axisId("y", panel.yAxis), showlegend: false };
  const runs = runsOf(copies, sides);
  const frames = copies.filter(({ kind }) => kind !== "");
  const of = (isFault: boolean): Copy[] => frames.filter(({ fault }) => (fault !== "none") === isFault);
  return [
    ...STATES.flatMap((state) => bandOf(on, state, runs)),
    {
      type: "scatter",
      mode: "text",
      ...on,
      x: runs.map(({ from }) => from),
      y: runs.map(({ node }) => node),
      text: runs.map(({ state }) => state.charAt(0).toUpperCase()),
      textfont: { color: runs.map(({ state }) => (state === "modified" ? "#ffffff" : "#111111")) },
      hoverinfo: "skip",
    },
    ...framesOf(on, of(true), true),
    ...framesOf(on, of(false), false),
  ];
}

/** Accesses after which a node's copy was in one state. */
interface StateRun {
  readonly node: number;
  readonly state: string;
  readonly from: number;
  readonly to: number;
}

function runsOf(copies: readonly Copy[], { nodes, accesses }: Sides): StateRun[] {
  return nodes.flatMap((node) => {
    const states = new Map(
      copies.filter((copy) => copy.node === node).map((copy) => [copy.access, copy.state]),
    );
    const starts = accesses.filter(
      (access, i) => i === 0 || states.get(access) !== states.get(accesses[i - 1]),
    );
    return starts.map((from, i) => ({
      node,
      state: states.get(from)!,
      from,
      to: i + 1 < starts.length ? starts[i + 1] - 1 : accesses[accesses.length - 1],
    }));
  });
}

/** Half the height of a band, in rows, and the gap at its ends, in accesses. */
const [HALF, GAP] = [0.44, 0.03];

/** Returns the runs of a state as rectangles. */
function bandOf(on: JsonObject, state: string, all: readonly StateRun[]): JsonObject[] {
  const runs = all.filter((run) => run.state === state);
  if (runs.length === 0) return [];
  const sides = ({ from, to }: StateRun): [number, number] => [from - 0.5 + GAP, to + 0.5 - GAP];
  return [
    {
      type: "scatter",
      mode: "lines",
      ...on,
      meta: state,
      x: runs.flatMap((run, i) => {
        const [left, right] = sides(run);
        return [...(i > 0 ? [null] : []), left, left, right, right];
      }),
      y: runs.flatMap(({ node }, i) => [
        ...(i > 0 ? [null] : []),
        ...[node - HALF, node + HALF, node + HALF, node - HALF],
      ]),
      fill: "toself",
      fillcolor: COLORS[state],
      line: { color: COLORS[state], width: 0, simplify: false },
      hoverinfo: "skip",
    },
  ];
}

function framesOf(on: JsonObject, copies: readonly Copy[], isFault: boolean): JsonObject[] {
  if (copies.length === 0) return [];
  return [
    {
      type: "scatter",
      mode: "markers",
      ...on,
      x: copies.map(({ access }) => access),
      y: copies.map(({ node }) => node),
      marker: frameOf(isFault),
      text: copies.map(({ kind, fault, seconds }) => `${kind}, fault: ${fault}, ${writeSeconds(seconds)}`),
      hovertemplate: "%{text}<extra></extra>",
    },
  ];
}

function frameOf(isFault: boolean): JsonObject {
  return {
    symbol: "square-open",
    size: 14,
    color: isFault ? "#D55E00" : "#111111",
    line: { width: isFault ? 2.6 : 1 },
  };
}

/** Returns traces that only name the colors and frames. */
function legendOf(): JsonObject[] {
  const { states, fault, hit } = giantVmWords.dsm.pages;
  const entry = (name: Text, marker: JsonObject): JsonObject => ({
    type: "scatter",
    mode: "markers",
    x: [null],
    y: [null],
    name,
    marker,
    hoverinfo: "skip",
  });
  return [
    ...[...STATES].reverse().map((state) =>
      entry(states[state], {
        symbol: "square",
        size: 9,
        color: COLORS[state],
        line: { color: "#777777", width: 0.8 },
      }),
    ),
    entry(fault, { ...frameOf(true), size: 9 }),
    entry(hit, { ...frameOf(false), size: 9 }),
  ];
}

function axesOf(
  panels: readonly Panel[],
  { hits, nodes, accesses }: Sides & { readonly hits: readonly Copy[] },
): JsonObject {
  const { pages: text } = giantVmWords.dsm;
  const isNamed = accesses.length <= MOST_NAMED;
  const named = hits.map(({ kind, node }) => `${kind.charAt(0).toUpperCase()}${node}`);
  const ticks: JsonObject = isNamed ? { tickvals: accesses, ticktext: ["", ...named], tickangle: 0 } : {};
  const entries = panels.flatMap((panel, i): [string, JsonObject][] => [
    [
      axisKey("x", panel.xAxis),
      {
        domain: [...panel.x],
        anchor: axisId("y", panel.yAxis),
        range: [-0.5, accesses.length - 0.5],
        ...(panel.isLowest ? { title: isNamed ? text.accesses : text.number } : { showticklabels: false }),
        ...(i > 0 ? { matches: "x" } : {}),
        ...ticks,
        ticks: "",
        showline: false,
      },
    ],
    [
      axisKey("y", panel.yAxis),
      {
        domain: [...panel.y],
        anchor: axisId("x", panel.xAxis),
        range: [nodes.length - 0.5, -0.5],
        tickvals: nodes,
        ticktext: nodes.map(String),
        title: text.node,
        ticks: "",
        showgrid: false,
        showline: false,
      },
    ],
  ]);
  return Object.fromEntries(entries);
}

function saysOf(hits: readonly Copy[], pages: number, nodes: number): Text {
  const faults = hits.filter(({ fault }) => fault !== "none");
  const { says } = giantVmWords.dsm.pages;
  const mean = faults.reduce((sum, { seconds }) => sum + seconds, 0) / Math.max(1, faults.length);
  const share = writeNumber((100 * faults.length) / hits.length, 2);
  return says(hits.length, nodes, pages, faults.length, share, writeSeconds(mean));
}
