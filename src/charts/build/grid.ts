/** Computes the places of charts in a grid, each with room for its own axes. */

/** What a chart needs, in ems. */
export interface CellNeeds {
  /** Room for tick labels and title of its y axis. */
  readonly left: number;
  /** Room for the names at the ends of its lines. */
  readonly right: number;
  /** Whether a color bar stands at its right. */
  readonly hasBar: boolean;
  /** Height over width, without the names. */
  readonly aspect: number;
  /** Width of the title on one line; 0 without a title. */
  readonly title: number;
  /** The least height, for the words of a y axis. */
  readonly least: number;
}

/** Parts of the plotting area, from 0 to 1. */
export interface Cell {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly row: number;
  readonly column: number;
}

export interface Grid {
  readonly cells: readonly Cell[];
  /** Aspect of the whole plotting area. */
  readonly aspect: number;
  /** Width of a chart without the names of its lines, in ems. */
  readonly ems: number;
}

/**
 * Ems of the plotting area's width, and how flat it is drawn, by the width that a figure is made for (the
 * sizes are those of `WIDTHS`).
 */
const AREAS = { column: { ems: 23, flatten: 1 }, page: { ems: 51, flatten: 0.6 } } as const;
/** Ems of a color bar with its labels; of a line of a title; of tick labels and title below an x axis. */
const [BAR, LINE, BELOW] = [6, 1.15, 3.6];
/** The gap between charts that share an axis, and above a title, in ems. */
const GAP = 1.2;

/** Ems of a title beyond the width of its chart that the gap between charts has room for. */
export const OVER = 2;

export interface GridOptions {
  readonly across: number;
  /** Whether charts share the y axis in each row, and the x axis and title in each column. */
  readonly shared: { readonly x: boolean; readonly y: boolean };
  readonly width: "column" | "page";
}

/** Returns a place for each chart, row by row. All charts have the same width without their names. */
export function gridOf(needs: readonly CellNeeds[], { across, shared, width }: GridOptions): Grid {
  const area = AREAS[width];
  const rows = Math.ceil(needs.length / across);
  const ofColumn = (column: number): CellNeeds[] => needs.filter((_, i) => i % across === column);
  const ofRow = (row: number): CellNeeds[] => needs.slice(row * across, (row + 1) * across);
  const columns = Array.from({ length: Math.min(across, needs.length) }, (_, column) => {
    const own = ofColumn(column);
    const isFirst = column === 0;
    const isLast = column === across - 1;
    return {
      // The theme leaves room for the first column's labels and for the last color bar.
      left: isFirst ? 0 : shared.y ? GAP : Math.max(...own.map(({ left }) => left)) + 0.6,
      right: Math.max(...own.map(({ right }) => right)),
      bar: !isLast && own.some(({ hasBar }) => hasBar) ? BAR : 0,
    };
  });
  const taken = columns.reduce((sum, { left, right, bar }) => sum + left + right + bar, 0);
  const ems = Math.max(4, (area.ems - taken) / columns.length);
  const starts = columns.map(({ left }, i) =>
    columns.slice(0, i).reduce((sum, one) => sum + one.left + ems + one.right + one.bar, left),
  );
  const lines = Array.from({ length: rows }, (_, row) => {
    const own = ofRow(row);
    return {
      head: own.every(({ title }) => title === 0)
        ? 0
        : LINE * (own.some(({ title }) => title > ems + OVER) ? 2 : 1) + 0.5,
      height: Math.max(...own.map(({ aspect, least }) => Math.max(least, ems * aspect))),
      below: row === rows - 1 ? 0 : shared.x ? GAP : BELOW,
    };
  });
  const whole = lines.reduce((sum, { head, height, below }) => sum + head + height + below, 0);
  const tops = lines.map(({ head }, row) =>
    lines.slice(0, row).reduce((sum, one) => sum + one.head + one.height + one.below, head),
  );
  const total = starts[starts.length - 1] + ems + columns[columns.length - 1].right;
  const scale = Math.max(total, area.ems);
  const cells = needs.map(({ right }, i): Cell => {
    const [row, column] = [Math.floor(i / across), i % across];
    const [start, top] = [starts[column], tops[row]];
    return {
      x: [start / scale, (start + ems + right) / scale],
      y: [1 - (top + lines[row].height) / whole, 1 - top / whole],
      row,
      column,
    };
  });
  return { cells, aspect: whole / area.ems / area.flatten, ems };
}
