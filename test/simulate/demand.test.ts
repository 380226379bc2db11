import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomStream } from "../../src/base/random.js";
import {
  BLOCK,
  noteBehind,
  observedCpu,
  onGrid,
  readStep,
  wantedCpu,
  type MachineDemand,
} from "../../src/simulate/demand.js";
import {
  createState,
  placeExecution,
  removeSlot,
  setMigrating,
  switchMachine,
  type ClusterState,
} from "../../src/simulate/state.js";
import { tinyWorkload } from "../tiny-workload.js";

const MACHINES = 3;
const STEPS = 3 * BLOCK + 5;

/** Tasks that begin in every step, each up to two blocks long: some begin, end or continue in each block. */
function workloadOf(seed: number) {
  const random = randomStream(seed, "usage");
  return tinyWorkload({
    machines: Array.from({ length: MACHINES }, () => ({})),
    tasks: Array.from({ length: STEPS }, (_, step) => ({
      start: step * 300,
      lc: random() < 0.3,
      memory: random() / 50,
      // Some samples are so small that they are not on the grid.
      cpu: Array.from({ length: 1 + Math.floor(random() ** 3 * 2 * BLOCK) }, () => random() ** 20),
    })),
    steps: STEPS,
  });
}

/** The tasks on machines, and what each observed, by the definitions. */
interface Resident {
  readonly slot: number;
  observed: number;
}

function machineDemand(): MachineDemand {
  return {
    lcWanted: new Float64Array(MACHINES),
    beWanted: new Float64Array(MACHINES),
    memoryUsed: new Float64Array(MACHINES),
  };
}

function sumOver(state: ClusterState, residents: Iterable<Resident>, step: number): MachineDemand {
  const sums = machineDemand();
  const { slots, demand } = state;
  for (const { slot } of residents) {
    const m = slots.machine[slot];
    const wanted = slots.latencyCritical[slot] === 1 ? sums.lcWanted : sums.beWanted;
    if (slots.migrating[slot] === 0) wanted[m] += wantedCpu(demand, slot, step);
    sums.memoryUsed[m] += onGrid(demand.usage.memory[slots.origin[slot] + step]);
  }
  return sums;
}

describe("demand of the tasks on machines", () => {
  it("is the exact sum over the tasks, whatever comes, goes, migrates and falls behind", () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(1, 0.3), (seed, smoothing) => {
        const workload = workloadOf(seed);
        const state = createState(workload, smoothing);
        const { slots, demand } = state;
        const random = randomStream(seed, "placement");
        const pick = (count: number): number => Math.floor(random() * count);
        const residents = new Map<number, Resident>();
        const some = (): number[] => [...residents.keys()].filter(() => random() < 0.05);
        const put = (execution: number, step: number): void => {
          const machine = pick(MACHINES);
          const slot = placeExecution(state, workload, execution, { machine, step, arrival: step });
          residents.set(slot, { slot, observed: wantedCpu(demand, slot, step) });
        };
        const take = (slot: number): void => {
          if (slots.migrating[slot] === 1) setMigrating(state, slot, false);
          removeSlot(state, slot);
          residents.delete(slot);
        };
        for (let step = 0; step < STEPS; step++) {
          for (const slot of some()) {
            const execution = slots.execution[slot];
            take(slot);
            // Placed again: best-effort work begins again.
            if (random() < 0.5 && slots.latencyCritical[slot] === 0) put(execution, step);
          }
          put(step, step);
          const read = machineDemand();
          const due = readStep(demand, step, read);
          expect(read).toEqual(sumOver(state, residents.values(), step));
          const ending = [...residents.keys()].filter((slot) => slots.lastStep[slot] === step);
          expect([...due]).toEqual(ending.sort((a, b) => a - b));
          for (const resident of residents.values())
            resident.observed += smoothing * (wantedCpu(demand, resident.slot, step) - resident.observed);
          for (const slot of some()) {
            if (slots.latencyCritical[slot] === 1) continue;
            // The task gets nothing: it wants the same sample again.
            noteBehind(demand, slot);
            slots.origin[slot]--;
            slots.lastStep[slot]++;
          }
          for (const slot of due) if (slots.lastStep[slot] === step) take(slot);
          for (const slot of some()) {
            const isMigrating = slots.migrating[slot] === 1;
            if (isMigrating) switchMachine(state, slot, pick(MACHINES));
            setMigrating(state, slot, !isMigrating);
          }
          for (const slot of some())
            expect(observedCpu(demand, slot)).toBeCloseTo(residents.get(slot)!.observed, 12);
        }
      }),
      { numRuns: 8 },
    );
  });
});

describe("onGrid", () => {
  it("changes no number of 24 bits from 2^-17 on, and others by at most 2^-41", () => {
    fc.assert(
      fc.property(fc.float({ min: Math.fround(2 ** -17), max: 1000, noNaN: true }), (x) => onGrid(x) === x),
    );
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1000, noNaN: true }),
        (x) => Math.abs(onGrid(x) - x) <= 2 ** -41 && Number.isInteger(onGrid(x) * 2 ** 40),
      ),
    );
  });
});
