/** A span of time; `before` and `after` is room that it needs beside it in its lane. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly before?: number;
  readonly after?: number;
}

/**
 * Returns the lane of each span, from 0, so that no two spans in a lane overlap: each takes the lowest free
 * lane in order of its start. Without room beside the spans these are the fewest possible lanes.
 */
export function packLanes(spans: readonly Span[]): number[] {
  const start = ({ from, before = 0 }: Span): number => from - before;
  const order = spans.map((_, i) => i).sort((a, b) => start(spans[a]) - start(spans[b]) || a - b);
  const ends: number[] = [];
  const lanes = new Array<number>(spans.length);
  for (const i of order) {
    const free = ends.findIndex((end) => end <= start(spans[i]));
    const lane = free < 0 ? ends.length : free;
    ends[lane] = spans[i].to + (spans[i].after ?? 0);
    lanes[i] = lane;
  }
  return lanes;
}
