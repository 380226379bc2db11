import { describe, expect, it } from "vitest";
import { timeline, type TimelineOptions } from "../../../src/charts/build/timeline.js";

const text = (en: string) => ({ en, zh: en });
const HEIGHTS = [
  [1, 1, 0],
  [0, 0, 0.5],
];
const given: TimelineOptions = {
  name: "places",
  title: text("Places"),
  caption: text("Places."),
  rows: [text("one"), text("two")],
  rowsTitle: text("Place"),
  times: [0, 10, 20, 30],
  timeTitle: text("Time"),
  layers: [{ name: text("Work"), color: "#000000", lane: "lower", height: (row, at) => HEIGHTS[row][at] }],
  moves: [{ time: 20, from: 0, to: 1 }],
  moveName: text("Move"),
  aspect: 0.5,
  table: { name: "places", caption: text("Places"), columns: [] },
};

describe("timeline", () => {
  it("draws a closed outline for each run of intervals, and the move between the rows", () => {
    const [band, moves] = timeline(given).data;
    // The lower lane is 0.46 high and stands at 0.92 of its row; equal heights are one piece.
    expect(band.x).toEqual([0, 0, 20, 20, null, 20, 20, 30, 30]);
    expect(band.y).toEqual([0.92, 0.46, 0.46, 0.92, null, 1.92, 1.69, 1.69, 1.92]);
    expect(moves).toMatchObject({ x: [20, 20, null], text: ["0 → 1", "0 → 1", null] });
  });

  it("leaves out layers without height, and moves where there are none", () => {
    const empty = { ...given.layers[0], height: () => 0 };
    expect(timeline({ ...given, layers: [empty], moves: [] }).data).toEqual([]);
  });

  it("refuses no row and no interval", () => {
    expect(() => timeline({ ...given, rows: [] })).toThrow(/no row/);
    expect(() => timeline({ ...given, times: [0] })).toThrow(/no interval/);
  });
});
