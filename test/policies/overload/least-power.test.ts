import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linearPower, ML110_G4, ML110_G5, tablePower } from "../../../src/metrics/energy.js";
import { createLeastPower } from "../../../src/policies/overload/least-power.js";
import type { ClusterView, TaskView } from "../../../src/policies/policy.js";

const machine = fc.record({
  capacity: fc.constantFrom(0, 0.25, 0.5, 1),
  load: fc.integer({ min: 0, max: 20 }),
});

describe("least power", () => {
  it("equals a search over every machine while loads change (property)", () => {
    const cluster = fc.array(machine, { minLength: 1, maxLength: 12 });
    const tasks = fc.array(fc.record({ cpu: fc.integer({ min: 1, max: 40 }), barred: fc.nat(11) }), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(cluster, tasks, fc.constantFrom(ML110_G4, ML110_G5), (machines, wanted, watts) => {
        const power = tablePower(watts);
        const capacity = Float64Array.from(machines, (one) => one.capacity);
        const load = Float64Array.from(machines, (one) => one.load / 20);
        const view = { machines: machines.length, cpuCapacity: capacity } as unknown as ClusterView;
        const search = createLeastPower(view, load, { power, cells: 10 });
        for (const { cpu: hundredths, barred } of wanted) {
          const cpu = hundredths / 100;
          const passes = (m: number): boolean => m !== barred && load[m] + cpu / capacity[m] <= 1;
          const rise = (m: number): number =>
            capacity[m] * (power(load[m] + cpu / capacity[m]) - power(load[m]));
          const able = machines.map((_, m) => m).filter((m) => capacity[m] > 0 && passes(m));
          const found = search.find({ cpu } as TaskView, passes);
          expect(found >= 0).toBe(able.length > 0);
          if (found < 0) continue;
          const least = Math.min(...able.map(rise));
          expect(rise(found)).toBeCloseTo(least, 8);
          const equals = able.filter((m) => Math.abs(rise(m) - least) < 1e-10);
          expect(load[found]).toBe(Math.max(...equals.map((m) => load[m])));
          load[found] += cpu / capacity[found];
          search.update(found);
        }
      }),
    );
  });

  it("chooses the fullest of equal machines with linear power, where all rises are equal", () => {
    const view = { machines: 4, cpuCapacity: [1, 1, 1, 1] } as unknown as ClusterView;
    const load = Float64Array.of(0.3, 0.6, 0.7, 0.1);
    const search = createLeastPower(view, load, { power: linearPower(80, 130), cells: 1 });
    expect(search.find({ cpu: 0.2 } as TaskView, () => true)).toBe(2);
    expect(search.find({ cpu: 0.2 } as TaskView, (m) => load[m] + 0.2 <= 0.85)).toBe(1);
  });
});
