import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { serviceLevel } from "../../../src/systems/cloudsim-planetlab/accounts.js";
import { createDatacenter } from "../../../src/systems/cloudsim-planetlab/datacenter.js";
import { runDay } from "../../../src/systems/cloudsim-planetlab/engine.js";
import { SCENARIO_POLICIES, partsOf } from "../../../src/systems/cloudsim-planetlab/policies.js";
import { CLEAN, CLOUDSIM } from "./small.js";

const floats = (...values: number[]): Float64Array => Float64Array.from(values);

describe("runDay", () => {
  it("equals a day of two hosts and two VMs computed by hand", () => {
    // At the start VM 0 needs host 1's core (2660 MIPS), and VM 1 costs less on host 0. Then both demand a
    // tenth: 250 of 5320 on host 1 (0.047) and 180 of 3720 on host 0 (0.048). So at 300.1 s VM 0 (613 MB)
    // starts its migration to host 0, which takes 9.808 s. The next and last sample is at 600.1 s.
    const trace = { percent: new Uint8Array(6).fill(10), samples: 3 };
    for (const chargeArrivalsToTarget of [true, false]) {
      const rules = { ...CLOUDSIM, chargeArrivalsToTarget };
      const datacenter = createDatacenter(2, floats(2500, 1800), floats(613, 870), rules);
      const books = runDay(datacenter, trace, partsOf("thr-mmt"));
      expect([books.migrations, books.shutdowns, books.unplaced]).toEqual([1, 1, 0]);
      expect([...datacenter.vms.host]).toEqual([0, 0]);
      // During the migration host 1 uses 250 and host 0 180 + 25; then host 0 uses 430. Nothing counts before
      // 300.1 s.
      const moving = 93.7 + 3.3 * (2500 / 5320) + 86 + 3.4 * (2050 / 3720);
      const moved = 89.4 + 3.2 * (4300 / 3720 - 1);
      expect(books.joules).toBeCloseTo(moving * 9.808 + moved * (300 - 9.808), 6);
      const level = serviceLevel(books);
      // VM 0 gets 225 of 250 for 9.808 s, of 430 x 300 MIPS seconds demanded in all.
      expect(level.pdmPercent).toBeCloseTo((100 * 25 * 9.808) / (430 * 300), 9);
      // CloudSim counts all 250 MIPS as demand on host 0, although host 1 still serves nine tenths of them.
      const slatah = chargeArrivalsToTarget ? (100 * 9.808) / (300 + 9.808) : 0;
      expect(level.slatahPercent).toBeCloseTo(slatah, 9);
    }
  });

  it("removes a VM at its first sample without demand, only in CloudSim and permanently", () => {
    // Samples at 300.1 s (0 of the way to 300 s later: idle) and 600.1 s (busy).
    const trace = { percent: Uint8Array.of(50, 0, 0, 100, 100), samples: 5 };
    const run = (rules: typeof CLEAN): number[] => {
      const datacenter = createDatacenter(1, floats(1000), floats(613), rules);
      const books = runDay(datacenter, trace, partsOf("dvfs"));
      return [datacenter.vms.host[0], books.joules];
    };
    expect(run(CLOUDSIM)).toEqual([-1, 0]);
    const [host, joules] = run(CLEAN);
    expect(host).toBe(0);
    // The host is in use from 600.1 s (100 / 3000 %) on: two trapezoids to 900.1 s and 1200.1 s.
    const watts = [
      86 + 34 * (1000 / 3000 / 3720),
      92.6 + 34 * (1000 / 3720 - 0.2),
      92.6 + 34 * (1000 / 3720 - 0.2),
    ];
    expect(joules).toBeCloseTo(((watts[0] + watts[1]) / 2) * 300 + ((watts[1] + watts[2]) / 2) * 300, 6);
  });

  it("charges hosts without frequency scaling their maximum, in CloudSim from time 0", () => {
    const trace = { percent: new Uint8Array(3).fill(10), samples: 3 };
    const joules = (rules: typeof CLEAN): number =>
      runDay(createDatacenter(2, floats(1000), floats(613), rules), trace, partsOf("npa")).joules;
    expect(joules(CLOUDSIM)).toBeCloseTo((117 + 135) * 600.1, 6);
    expect(joules(CLEAN)).toBeCloseTo((117 + 135) * 300, 6);
  });

  it("counts the VMs that fit on no host and runs the others", () => {
    const trace = { percent: new Uint8Array(6).fill(50), samples: 2 };
    const datacenter = createDatacenter(2, floats(2500, 2500, 2500), floats(870, 870, 870), CLOUDSIM);
    expect(runDay(datacenter, trace, partsOf("dvfs")).unplaced).toBe(1);
    expect([...datacenter.vms.host]).toEqual([1, 1, -1]);
  });

  it("ends with each VM on one host and with finite accounts (property)", () => {
    let migrations = 0;
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 20, maxLength: 20 }), {
          minLength: 1,
          maxLength: 16,
        }),
        fc.constantFrom(...SCENARIO_POLICIES),
        fc.boolean(),
        (rows, policy, clean) => {
          const types = rows.map((_, vm) => vm % 4);
          const mips = floats(...types.map((type) => [2500, 2000, 1000, 500][type]));
          const memory = floats(...types.map((type) => [870, 1740, 1740, 613][type]));
          const datacenter = createDatacenter(20, mips, memory, clean ? CLEAN : CLOUDSIM);
          const books = runDay(
            datacenter,
            { percent: Uint8Array.from(rows.flat()), samples: 20 },
            partsOf(policy),
          );
          migrations += books.migrations;
          const { hosts, vms } = datacenter;
          for (const [vm, host] of vms.host.entries()) {
            const found = hosts.members.flatMap((members, at) => (members.includes(vm) ? [at] : []));
            expect(found).toEqual(host < 0 ? [] : [host]);
          }
          expect(hosts.arriving.flat()).toEqual([]);
          expect(vms.migrating.every((flag) => flag === 0)).toBe(true);
          expect(books.served).toBeLessThanOrEqual(books.demanded * (1 + 1e-9));
          for (const value of Object.values(serviceLevel(books))) expect(value).toBeGreaterThanOrEqual(-1e-9);
          expect(Number.isFinite(books.joules)).toBe(true);
        },
      ),
      { seed: 4 },
    );
    expect(migrations).toBeGreaterThan(200);
  });
});
