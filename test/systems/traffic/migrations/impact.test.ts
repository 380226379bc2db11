/** Migrations of a run beside LC flows. */
import { expect, it } from "vitest";
import { generateWorkload } from "../../../../src/traces/synthetic/generate.js";
import { simulate } from "../../../../src/simulate/simulate.js";
import { flowsFrom } from "../../../../src/systems/traffic/flows.js";
import { burstsOf } from "../../../../src/systems/traffic/migrations/bursts.js";
import { migrationImpact } from "../../../../src/systems/traffic/migrations/impact.js";
import { meetings } from "../../../../src/systems/traffic/migrations/meetings.js";
import { bigSwitch } from "../../../../src/systems/traffic/network.js";
import { runFlows } from "../../../../src/systems/traffic/run-flows.js";
import { publishedSizes } from "../../../../src/systems/traffic/sizes/distribution.js";
import type { MigrationColumns } from "../../../../src/simulate/run.js";

function migrations(rows: [start: number, from: number, to: number, bytes: number][]): MigrationColumns {
  const nothing = new Float64Array(rows.length);
  return {
    step: new Int32Array(rows.length),
    execution: new Int32Array(rows.length),
    from: Int32Array.from(rows, ([, from]) => from),
    to: Int32Array.from(rows, ([, , to]) => to),
    start: Float64Array.from(rows, ([start]) => start),
    seconds: nothing,
    downtime: nothing,
    stalled: nothing,
    bytes: Float64Array.from(rows, ([, , , bytes]) => bytes),
    outcome: new Uint8Array(rows.length),
  };
}

it("finds the windows with the most bytes, which do not overlap", () => {
  const run = migrations([
    [0, 5, 7, 10],
    [9, 7, 9, 20],
    [12, 5, 9, 25],
    [40, 1, 2, 30],
    [41, 1, 2, 0],
  ]);
  const bursts = burstsOf(run, { count: 3, seconds: 10 });
  // From 9 s: 45 bytes. The window from 0 s (30 bytes) would overlap it, that from 12 s as well.
  expect(bursts.map(({ start, bytes }) => [start, bytes])).toEqual([
    [9, 45],
    [40, 30],
  ]);
  const [{ machines, flows }] = bursts;
  expect(Array.from(machines)).toEqual([5, 7, 9]);
  expect(Array.from(flows.arrival)).toEqual([0, 3]);
  expect([Array.from(flows.source), Array.from(flows.target)]).toEqual([
    [1, 0],
    [2, 2],
  ]);
});

it("tells which flows meet a migration on a link", () => {
  const flow = (arrival: number, source: number, target: number, bytes: number, background = false) => ({
    ...{ arrival, source, target, bytes, background },
  });
  const run = runFlows(
    flowsFrom([
      flow(0, 0, 1, 4, true),
      flow(1, 0, 2, 1), // same uplink
      flow(1, 2, 0, 1), // the other direction
      flow(1, 2, 1, 0.25), // same downlink
      flow(9, 0, 1, 1), // after it
    ]),
    bigSwitch(3, 8e-9),
  );
  expect(Array.from(meetings(run))).toEqual([0, 1, 0, 1, 0]);
});

it("leaves LC flows as they are, to the last digit, where a run's migrations are tagged lowest", () => {
  const workload = generateWorkload({ machines: 60, steps: 24, seed: 3 });
  const run = simulate(workload, "gini-greedy", { seed: 3 });
  const table = migrationImpact([run], {
    sizes: publishedSizes("web-search"),
    thresholds: [1e5, 2e6, 1e7],
    windows: 1,
    seconds: 4,
  });
  const rows = table.objects() as Record<string, number | string>[];
  expect(rows.map(({ discipline }) => discipline)).toEqual(["fair", "tagged-lowest", "by-bytes-sent"]);
  const [fair, tagged, queued] = rows;
  expect(tagged.largestChange).toBe(0);
  expect(tagged.slowdown).toBe(tagged.slowdownWithout);
  expect(fair.meetShare).toBeGreaterThan(0);
  expect(fair.meetSlowdown).toBeGreaterThan(fair.meetSlowdownWithout as number);
  expect(queued.meetSlowdown).toBeLessThan(fair.meetSlowdown as number);
});

it("refuses runs without migrations", () => {
  const run = simulate(generateWorkload({ machines: 20, steps: 4, seed: 3 }), "no-migration");
  const options = { sizes: publishedSizes("web-search"), thresholds: [1e5] };
  expect(() => migrationImpact([run], options)).toThrow(/no run has a migration/);
});
