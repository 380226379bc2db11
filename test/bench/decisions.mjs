/**
 * How long one decision of each policy takes at 800 and at 12,500 machines, and whether it grows faster than
 * the machines. All policies are asked about the same views, those of one run without migration: what they
 * answer is thrown away, so that each finds the cluster as uneven as it ever gets.
 */
import { createPolicy, generateWorkload, POLICIES, randomStream, simulate } from "../../dist/index.js";

const SIZES = [
  { machines: 800, steps: 120 },
  { machines: 12500, steps: 45 },
];
/** Steps before the clock starts: detectors need 12 observations, compilers some calls. */
const WARM_UP = 15;
/** Arrivals of a step that are shown to each policy that places. */
const ARRIVALS = 20;

const timed = (times, step, work) => {
  const began = performance.now();
  const result = work();
  if (step >= WARM_UP) times.push(performance.now() - began);
  return result;
};

const quantile = (values, q) => values.sort((a, b) => a - b)[Math.floor(values.length * q)];

async function measure({ machines, steps }) {
  const workload = await generateWorkload({ machines, steps, seed: 1 });
  const asked = POLICIES.map(({ name }) => ({
    name,
    policy: createPolicy(name),
    random: randomStream(1, "policy"),
    decisions: [],
    placements: [],
    moves: [],
  }));
  let step = -1;
  let arrivals = 0;
  simulate(workload, {
    name: "asks all policies",
    place(task, view) {
      if (view.step !== step) arrivals = 0;
      step = view.step;
      if (arrivals++ < ARRIVALS) {
        for (const { policy, random, placements } of asked) {
          if (policy.place) timed(placements, step, () => policy.place(task, view, random));
        }
      }
      const { traceMachine } = task;
      return traceMachine >= 0 && view.fits(task, traceMachine) ? traceMachine : view.coldest(task);
    },
    taskHistory: Math.max(0, ...asked.map(({ policy }) => policy.taskHistory ?? 0)),
    rebalanceForeseeing(view) {
      for (const { policy, random, decisions, moves } of asked) {
        if (!policy.rebalanceForeseeing && !policy.rebalance && !policy.control) continue;
        const answer = timed(decisions, view.step, () => {
          const list = policy.rebalanceForeseeing?.(view, random) ?? policy.rebalance?.(view, random) ?? [];
          policy.control?.(view, random);
          return list;
        });
        moves.push(answer.length);
      }
      return [];
    },
  });
  return asked;
}

function print(title, of, unit, [small, large]) {
  const growth = SIZES[1].machines / SIZES[0].machines;
  const digits = (value) => value.toPrecision(3).padStart(9);
  console.log(
    `${title}: p50 and p99 in ${unit.name} at 800 machines, at 12,500; growth over that of the machines`,
  );
  for (const [i, { name }] of POLICIES.entries()) {
    const [before, after] = [of(small[i]), of(large[i])];
    if (before.length === 0) continue;
    const figures = [before, after].flatMap((times) => [quantile(times, 0.5), quantile(times, 0.99)]);
    const cells = figures.map((ms) => digits(ms * unit.factor)).join("");
    const moves = title === "decisions" ? `  ${String(quantile(large[i].moves, 0.5)).padStart(6)} moves` : "";
    console.log(`  ${name.padEnd(20)}${cells}  x ${(figures[2] / figures[0] / growth).toFixed(2)}${moves}`);
  }
}

const results = [];
for (const size of SIZES) results.push(await measure(size));
print("decisions", ({ decisions }) => decisions, { name: "ms", factor: 1 }, results);
print("placements", ({ placements }) => placements, { name: "us", factor: 1000 }, results);
