import { expect, it } from "vitest";
import type { ClusterView, Policy } from "../../src/policies/policy.js";
import { simulate } from "../../src/simulate/simulate.js";
import { generateWorkload } from "../../src/traces/synthetic/generate.js";

const workload = generateWorkload({ machines: 5, steps: 12, seed: 6 });
const COLUMNS = [
  "cpuCapacity",
  "memoryCapacity",
  "load",
  "lcLoad",
  "steal",
  "lcTail",
  "freeMemory",
  "cpuRequested",
  "taskCount",
] as const;
type Look = (view: ClusterView, name: (typeof COLUMNS)[number]) => ArrayLike<number>;

/** What a policy sees in each column at each placement and each decision, by the way in which it looks. */
function seen(look: Look): { readonly policy: Policy; readonly values: number[][] } {
  const values: number[][] = [];
  const note = (view: ClusterView): void => {
    for (const name of COLUMNS) values.push(Array.from(look(view, name)));
  };
  const policy: Policy = {
    name: "looks",
    place(task, view) {
      note(view);
      return view.fits(task, task.traceMachine) ? task.traceMachine : view.coldest(task);
    },
    rebalance(view) {
      note(view);
      return [];
    },
  };
  return { policy, values };
}

const fresh: Look = (view, name) => view[name];

it("a column that a policy keeps from its first look has the values of a new look", () => {
  const kept: Record<string, ArrayLike<number>> = {};
  const keeps = seen((view, name) => (kept[name] ??= view[name]));
  const looks = seen(fresh);
  simulate(workload, looks.policy);
  simulate(workload, keeps.policy);
  expect(keeps.values).toEqual(looks.values);
});

it.each([0, 3, 8])("a policy that looks from step %i on sees what one that always looks sees", (from) => {
  const late = seen((view, name) => (view.step < from ? [] : view[name]));
  const always = seen(fresh);
  simulate(workload, always.policy);
  simulate(workload, late.policy);
  const looked = late.values.flatMap((value, at) => (value.length > 0 ? [at] : []));
  expect(looked.length).toBeGreaterThan(9 * 3);
  for (const at of looked) expect(late.values[at]).toEqual(always.values[at]);
});

it("what a policy writes to a column changes nothing but its view", () => {
  const run = (scale: number) =>
    simulate(workload, {
      name: "writes",
      rebalance(view) {
        for (const name of COLUMNS) {
          const column = view[name] as Float64Array;
          for (let m = 0; m < column.length; m++) column[m] *= scale;
        }
        return [];
      },
    });
  expect(run(7).summary).toEqual(run(1).summary);
});
