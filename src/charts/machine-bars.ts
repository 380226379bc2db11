/** Bars of tasks on machines over time, as timelines draw them. */
import type { JsonObject, Text } from "./figure.js";
import { packLanes, type Span } from "./pack-lanes.js";

/** The lower edge and the height of a bar, in rows of machines. */
export interface BarPlace {
  readonly foot: number;
  readonly height: number;
}

/**
 * Returns the bars with their places: a row for each machine, divided into as many lanes as it needs. A bar
 * that `fills` says fills the row has the height of the row.
 */
export function placeOnMachines<B extends Span & { readonly machine: number }>(
  bars: readonly B[],
  machines: number,
  fills: (bar: B) => boolean = () => false,
): (B & BarPlace)[] {
  const onMachine = Array.from({ length: machines }, (): B[] => []);
  for (const bar of bars) onMachine[bar.machine].push(bar);
  return onMachine.flatMap((own, machine) => {
    const lanes = packLanes(own);
    const height = 0.9 / Math.max(1, ...lanes.map((lane) => lane + 1));
    return own.map((bar, i) => ({
      ...bar,
      foot: machine + 0.05 + lanes[i] * height,
      height: fills(bar) ? 0.9 : height,
    }));
  });
}

/** Returns plotly's trace of bars of one color and hatching; `label` is what the mouse shows of each bar. */
export function barTrace<B extends Span & BarPlace>(
  bars: readonly B[],
  options: {
    readonly name: Text;
    readonly color: string;
    readonly pattern?: string;
    readonly label: (bar: B) => string;
  },
): JsonObject {
  const { name, color, pattern = "", label } = options;
  return {
    type: "bar",
    orientation: "h",
    name,
    // A trace without bars would have no entry in the legend.
    x: bars.length === 0 ? [null] : bars.map(({ from, to }) => to - from),
    y: bars.length === 0 ? [null] : bars.map(({ foot }) => foot),
    base: bars.map(({ from }) => from),
    width: bars.map(({ height }) => height),
    offset: 0,
    marker: {
      color,
      line: { color: "#ffffff", width: 0.5 },
      ...(pattern !== "" && { pattern: { shape: pattern } }),
    },
    customdata: bars.map(label),
    hovertemplate: "%{customdata}: %{base:.4~g} s + %{x:.4~g} s",
  };
}

/** Returns plotly's axis of machines, with a tick in the middle of each row. */
export function machineAxis(title: Text, machines: number, lowest = 0): JsonObject {
  return {
    title,
    range: [lowest - 0.2, machines],
    showgrid: false,
    tickvals: Array.from({ length: machines }, (_, m) => m + 0.5),
    ticktext: Array.from({ length: machines }, (_, m) => String(m)),
  };
}
