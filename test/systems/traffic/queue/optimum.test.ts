/** More queues never make the best mean worse, whatever the sizes. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { oneLink } from "../../../../src/systems/traffic/queue/one-link.js";
import { optimalThresholds } from "../../../../src/systems/traffic/queue/optimum.js";
import { sizesFrom } from "../../../../src/systems/traffic/sizes/distribution.js";

const step = fc.tuple(fc.double({ min: -6, max: 4, noNaN: true }), fc.integer({ min: 0, max: 5 }));

it("has an optimum of n queues that is never worse than that of fewer, and than fair sharing", () => {
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(0, 0.01, 1, 1.7),
      fc.constantFrom(0.3, 0.8, 0.95),
      fc.constantFrom("slowdown" as const, "completionTime" as const),
      (steps, from, load, objective) => {
        // Equal sizes to far apart ones; the last step has flows.
        const weights = steps.map(([, weight], i) => weight + (i === steps.length - 1 ? 1 : 0));
        const all = weights.reduce((sum, weight) => sum + weight, 0);
        const rows: [number, number][] = [[from, 0]];
        let sum = 0;
        steps.forEach(([log], i) => {
          sum += weights[i];
          rows.push([rows[i][0] + 10 ** log * Math.max(1, rows[i][0]), sum / all]);
        });
        const sizes = sizesFrom(rows);
        const quick = { objective, cells: 8, evaluations: 25 };
        let before = oneLink(sizes, load, "ps")[objective] * (1 + 1e-9);
        for (const queues of [2, 3, 5]) {
          const { value, thresholds } = optimalThresholds(sizes, load, { ...quick, queues });
          expect(value).toBeLessThanOrEqual(before);
          expect(thresholds).toHaveLength(queues - 1);
          // The value is that of the thresholds.
          const own = oneLink(sizes, load, "mlfq", { thresholds, cells: 8 })[objective];
          expect(own / value).toBeCloseTo(1, 1);
          before = value;
        }
      },
    ),
    { numRuns: 25 },
  );
}, 60_000);

it("finds no queues better than fair sharing where all sizes are nearly equal, from any start", () => {
  // A flow of a size that is known to all ends later, the later it is overtaken: fair sharing has 1 / (1 - .8).
  for (const width of [1e-6, 0.1, 0.5]) {
    const sizes = sizesFrom([
      [1e6 * (1 - width), 0],
      [1e6 * (1 + width), 1],
    ]);
    for (const start of [undefined, [1e5, 5e5, 9e5]]) {
      const { value } = optimalThresholds(sizes, 0.8, {
        cells: 16,
        ...(start === undefined ? {} : { start }),
      });
      expect(value).toBeLessThanOrEqual(5 + 1e-9);
      expect(value).toBeGreaterThan(4.9);
    }
  }
});
