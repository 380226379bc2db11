import { expect, it } from "vitest";
import type { ClusterView, Policy } from "../../src/policies/policy.js";
import type { Metric } from "../../src/simulate/metrics/metric.js";
import { simulate } from "../../src/simulate/simulate.js";
import { generateWorkload } from "../../src/traces/synthetic/generate.js";

const workload = generateWorkload({ machines: 6, steps: 12, seed: 4 });

/** The tails of each step as metrics read them, over the SLO. */
function recorded(policy: Policy): number[][] {
  const tails: number[][] = [];
  const note: Metric = {
    name: "noted",
    label: "noted",
    description: "the tails",
    step: ({ lcTail }) => tails.push([...lcTail]),
  };
  const { summary } = simulate(workload, policy, { metrics: ["lcSlo", note] });
  return tails.map((step) => step.map((slowdown) => slowdown / summary.lcSlo));
}

/** What a policy sees at each decision, by the way in which it looks. */
function seen(look: (view: ClusterView) => ArrayLike<number>): { policy: Policy; tails: number[][] } {
  const tails: number[][] = [];
  const rebalance = (view: ClusterView): [] => {
    tails.push(Array.from(look(view)));
    return [];
  };
  return { policy: { name: "looks", rebalance }, tails };
}

let column: ArrayLike<number> | undefined;

it.each([
  ["at every decision", (view: ClusterView) => view.lcTail],
  ["at the column that it took at the first decision", (view: ClusterView) => (column ??= view.lcTail)],
  ["at the last decision only", (view: ClusterView) => (view.step < 11 ? [] : view.lcTail)],
])("a policy that looks %s sees the tails of the step", (_, look) => {
  const { policy, tails } = seen(look);
  const expected = recorded(policy);
  expect(expected.flat().some((tail) => tail > 0)).toBe(true);
  expect(tails).toEqual(expected.map((step, at) => (tails[at].length === 0 ? [] : step)));
  expect(tails[11]).toHaveLength(6);
});

it("a policy that places tasks sees the tails of the step before", () => {
  const tails: number[][] = [];
  const policy: Policy = {
    name: "places",
    place(task, view) {
      tails[view.step] = Array.from(view.lcTail);
      return view.fits(task, task.traceMachine) ? task.traceMachine : -1;
    },
  };
  const expected = recorded(policy);
  const placing = tails.flatMap((own, step) => (step > 0 ? [[own, expected[step - 1]]] : []));
  expect(placing.length).toBeGreaterThan(5);
  for (const [own, before] of placing) expect(own).toEqual(before);
});
