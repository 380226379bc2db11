import fc from "fast-check";
import { expect, it } from "vitest";
import { createEvents, pop, push } from "../../src/base/events.js";

it("returns events in order of time, and those of equal time in the order in which they were put in", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(-1))), (steps) => {
      const events = createEvents(2);
      const waiting: { time: number; id: number }[] = [];
      steps.forEach((step, id) => {
        if (step >= 0) {
          push(events, step, id % 7, id, -id, 2 * id);
          waiting.push({ time: step, id });
          return;
        }
        if (waiting.length === 0) return;
        const first = waiting.reduce((best, event) => (event.time < best.time ? event : best));
        waiting.splice(waiting.indexOf(first), 1);
        expect(events.time[0]).toBe(first.time);
        const place = pop(events);
        expect([events.kind[place], events.a[place], events.b[place], events.c[place]]).toEqual([
          first.id % 7,
          first.id,
          first.id === 0 ? 0 : -first.id,
          2 * first.id,
        ]);
      });
      expect(events.size).toBe(waiting.length);
    }),
  );
});
