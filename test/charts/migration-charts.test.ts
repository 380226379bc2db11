import { describe, expect, it } from "vitest";
import { migrationCosts } from "../../src/charts/migration-costs.js";
import { migrationLife } from "../../src/charts/migration-life.js";
import { stopRules } from "../../src/charts/stop-rules.js";
import type { Circumstances } from "../../src/cluster/migration/presets.js";
import { compareMechanisms, compareStopRules, migrationPhases } from "../../src/cluster/migration/study.js";

const GIVEN: Circumstances = {
  bandwidth: 100e6,
  dirtyShare: 0.05,
  workingSet: 0.5,
  downtimeGoal: 0.3,
  touchedShare: 0.5,
  warmShare: 0,
  pageFetch: 1e-4,
  faultLoss: 0.5,
  state: 1e6,
};

describe("migrationLife", () => {
  it("draws rounds from their starts to their ends, as high as their rates", () => {
    // 1 GB at 100 MB/s: 10 s; 0.5 GB again: 5 s; 0.25 GB: 2.5 s; ... the stop begins when 0.3 s are left.
    const figure = migrationLife(migrationPhases(["pre-copy"], { memory: 1e9, ...GIVEN }));
    const [rounds, stop] = figure.data as { base: number[]; x: number[]; width: number[] }[];
    expect(rounds.base.slice(0, 3)).toEqual([0, 10, 15]);
    expect(rounds.x.slice(0, 3)).toEqual([10, 5, 2.5]);
    expect(new Set(rounds.width).size).toBe(1);
    // 10, 5, 2.5, 1.25, 0.625, 0.3125 s in rounds, 0.15625 s stopped.
    expect(stop.base[0]).toBeCloseTo(19.6875, 12);
    expect(stop.x[0]).toBeCloseTo(0.15625, 12);
    expect(figure.says?.en).toBe("Pre-copy: the migration takes 19.8 s and stops the task for 156 ms.");
  });

  it("enlarges the beginning where one migration lasts much longer than the others", () => {
    const phases = migrationPhases(["pre-copy-xen", "giantvm"], { memory: 1e9, ...GIVEN });
    expect(Object.keys(migrationLife(phases).layout).filter((key) => /^xaxis/.test(key))).toHaveLength(2);
    const one = migrationLife(migrationPhases(["stop-and-copy", "post-copy"], { memory: 1e9, ...GIVEN }));
    expect(Object.keys(one.layout).filter((key) => /^xaxis/.test(key))).toHaveLength(1);
  });

  it("draws what always ends in one round, and lambda above 1", () => {
    for (const dirtyShare of [0, 1]) {
      const phases = migrationPhases(["pre-copy-thesis", "pre-copy-qemu"], {
        memory: 1e9,
        ...GIVEN,
        dirtyShare,
      });
      expect(migrationLife(phases).data.length).toBeGreaterThan(0);
    }
    expect(() => migrationLife(migrationPhases(["free"], { memory: 1, ...GIVEN }))).toThrow(/no rows/);
  });
});

it("migrationCosts names the bytes sent over the memory, and says where a task never stops", () => {
  const costs = compareMechanisms(["stop-and-copy", "giantvm"], [1e8, 1e9, 1e10], GIVEN);
  const figure = migrationCosts(costs);
  const titles = JSON.stringify(figure.layout.annotations);
  expect(titles).toContain("Stop and copy: 1 × sent");
  expect(titles).toContain("no stop");
  // The middle memory, 1 GB, takes 10 s at 100 MB/s.
  expect(figure.says?.en).toMatch(/^With 1 GB of memory, .* to 10 s \(Stop and copy\)/);
  expect(() => migrationCosts([])).toThrow(/no rows/);
});

it("stopRules gives each rule the look of its mechanism, and names the worst downtimes", () => {
  const rules = compareStopRules([0.5, 2], { memory: 1e9, bandwidth: 100e6 });
  const figure = stopRules(rules);
  const colors = figure.data.slice(0, 4).map(({ line }) => (line as { color: string }).color);
  expect(new Set(colors).size).toBe(4);
  // At lambda 2 the whole memory is left: 10 s, at Xen's 62.5 MB/s 16 s.
  expect(figure.says?.en).toMatch(/Xen stops it for up to 16 s\.$/);
  // A line at lambda = 1 in each panel.
  expect(figure.layout.shapes).toHaveLength(3);
});
