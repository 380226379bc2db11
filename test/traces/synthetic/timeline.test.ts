import fc from "fast-check";
import { expect, it } from "vitest";
import { createTimeline, nextTime, putAt, takeNext } from "../../../src/traces/synthetic/timeline.js";

it("gives items back in order of time, those of one time in the order they came", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5)), (times) => {
      const timeline = createTimeline<readonly [number, number]>();
      times.forEach((time, turn) => {
        putAt(timeline, time, [time, turn]);
      });
      const out = times.map(() => {
        const next = nextTime(timeline);
        const item = takeNext(timeline)!;
        expect(item[0]).toBe(next);
        return item;
      });
      const expected = times.map((time, turn) => [time, turn]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      expect(out).toEqual(expected);
      expect([nextTime(timeline), takeNext(timeline)]).toEqual([Infinity, undefined]);
    }),
  );
});
