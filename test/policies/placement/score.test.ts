import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scoreCosine } from "../../../src/policies/placement/cosine.js";
import { scoreDeltaPerp } from "../../../src/policies/placement/delta-perp.js";
import { dotProductScorer } from "../../../src/policies/placement/dot-product.js";
import { scoreEPvm } from "../../../src/policies/placement/e-pvm.js";
import { scoreK8sBalanced } from "../../../src/policies/placement/k8s-balanced.js";
import { scoreK8sLeast } from "../../../src/policies/placement/k8s-least.js";
import { scoreK8sMost } from "../../../src/policies/placement/k8s-most.js";
import { l2NormDiffScorer } from "../../../src/policies/placement/l2-norm-diff.js";
import { placeByScore, type Scorer } from "../../../src/policies/placement/score.js";
import { scoreTetris } from "../../../src/policies/placement/tetris.js";
import { createPolicy } from "../../../src/policies/index.js";
import { randomStream } from "../../../src/base/random.js";
import { simulate } from "../../../src/simulate/simulate.js";
import { tinyWorkload } from "../../tiny-workload.js";
import { DEFINITIONS } from "./definitions.js";
import { arrival, madeUpView, type MadeUpMachine } from "./made-up-view.js";

const random = randomStream(1, "policy");

/**
 * Shares in use before: CPU by request 0.5, 0.25, 0.25; memory 0.25, 0.5, 0.25; CPU observed 0.25, 0.5, 0.75.
 * The task is 0.25, 0.5, 0.25 of their CPU and 0.125, 0.125, 0.25 of their memory.
 */
const three: readonly MadeUpMachine[] = [
  { cpu: 1, memory: 1, requested: 0.5, reserved: 0.25, wanted: 0.25 },
  { cpu: 0.5, memory: 1, requested: 0.125, reserved: 0.5, wanted: 0.25 },
  { cpu: 1, memory: 0.5, requested: 0.25, reserved: 0.125, wanted: 0.75 },
];
const task = arrival(0.25, 0.125, 0.125);

// With the task: CPU by request 0.75, 0.75, 0.5; memory 0.375, 0.625, 0.5; CPU observed 0.375, 0.75, 0.875.
const BY_HAND: readonly [string, Scorer, number[], number][] = [
  ["k8s-least", scoreK8sLeast, [43.75, 31.25, 50], 2],
  ["k8s-most", scoreK8sMost, [56.25, 68.75, 50], 1],
  // Half the gaps: 0.1875, 0.0625, 0.
  ["k8s-balanced", scoreK8sBalanced, [81.25, 93.75, 100], 2],
  // 0.5 x 0.25 + 0.75 x 0.125; 0.75 x 0.5 + 0.5 x 0.125; 0.75 x 0.25 + 0.75 x 0.25.
  ["dot-product", dotProductScorer(false), [0.21875, 0.4375, 0.375], 1],
  // -(0.25^2 + 0.625^2); -(0.25^2 + 0.375^2); -(0.5^2 + 0.5^2); both resources are a third full on average.
  ["l2-norm-diff", l2NormDiffScorer(true), [-0.453125 / 3, -0.203125 / 3, -0.5 / 3], 1],
  // Directions (2, 1), (6, 5) and the diagonal itself.
  ["cosine", scoreCosine, [3 / Math.sqrt(10), 11 / Math.sqrt(122), 1], 2],
  // Gaps of 0.25, 0.25, 0 become 0.375, 0.125, 0; at a right angle over the square root of 2.
  ["delta-perp", scoreDeltaPerp, [-0.125 / Math.SQRT2, 0.125 / Math.SQRT2, 0], 1],
  // Minus 3^0.375 - 3^0.25 twice; 3^0.75 - 3^0.5 + 3^0.625 - 3^0.5; 3^0.875 - 3^0.75 + 3^0.5 - 3^0.25.
  ["e-pvm", scoreEPvm, [-0.387459271049, -0.802418788239, -0.751526366277], 0],
  // 0.75 x 0.25 + 0.75 x 0.125; 0.5 x 0.5 + 0.5 x 0.125; 0.25 x 0.25 + 0.75 x 0.25.
  ["tetris", scoreTetris, [0.28125, 0.3125, 0.25], 1],
];

describe("scores of three machines, computed by hand", () => {
  it.each(BY_HAND)("%s", (name, scorer, expected, best) => {
    const scores = new Float64Array(3);
    scorer(task, madeUpView(three), scores);
    for (let m = 0; m < 3; m++) expect(scores[m], `machine ${m}`).toBeCloseTo(expected[m], 11);
    expect(createPolicy(name).place!(task, madeUpView(three), random)).toBe(best);
  });

  it.each(BY_HAND)("%s chooses the same in the engine", (name, _scorer, _expected, best) => {
    // A second task fits only on machine 0, even if another machine has a better score.
    const workload = tinyWorkload({
      machines: three.map(({ cpu, memory }) => ({ cpu, memory })),
      tasks: [
        ...three.map(({ requested, reserved, wanted }, machine) => ({
          cpu: [wanted, wanted],
          cpuRequest: requested,
          memory: reserved,
          machine,
          initial: true,
        })),
        { start: 300, priority: 1, cpu: [0.125], cpuRequest: 0.25, memory: 0.125 },
        { start: 300, cpu: [0.125], cpuRequest: 0.125, memory: 0.5625 },
      ],
      steps: 2,
    });
    const { tasks } = simulate(workload, createPolicy(name));
    expect(Array.from(tasks.machine.subarray(3))).toEqual([best, 0]);
  });
});

describe("DSLab's own test of its placements", () => {
  // tests/test_placement_algorithms.rs: machines of 10 CPUs and 5 GB, 13 and 4; three virtual machines, one
  // after the other.
  it.each([
    ["dot-product", 0, [2, 3, 0]],
    ["dot-product", 1, [2, 0, 3]],
    ["l2-norm-diff", 1, [3, 0, 3]],
  ])("%s, loadWeights %d", (name, loadWeights, expected) => {
    const hosts = [
      { cpu: 10, memory: 5, requested: 6, reserved: 2, wanted: 6 },
      { cpu: 10, memory: 5, requested: 6, reserved: 2, wanted: 6 },
      { cpu: 13, memory: 4, requested: 7, reserved: 1, wanted: 7 },
      { cpu: 13, memory: 4, requested: 9, reserved: 1, wanted: 9 },
    ];
    const policy = createPolicy(name, { loadWeights });
    const chosen = [
      [2, 2],
      [3, 1],
      [1, 1],
    ].map(([cpu, memory]) => {
      const host = policy.place!(arrival(cpu, memory), madeUpView(hosts), random);
      hosts[host].requested += cpu;
      hosts[host].reserved += memory;
      return host;
    });
    expect(chosen).toEqual(expected);
  });
});

const eighths = (most: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: 8 * most }).map((i) => i / 8);
const machines: fc.Arbitrary<MadeUpMachine[]> = fc.array(
  fc
    .record({
      cpu: fc.constantFrom(0, 0.5, 1),
      memory: fc.constantFrom(0.5, 1),
      requested: eighths(1.25),
      reserved: eighths(1),
      wanted: eighths(1.5),
    })
    .map(({ cpu, memory, requested, reserved, wanted }) => ({
      cpu,
      memory,
      requested: cpu * requested,
      reserved: memory * reserved,
      wanted: cpu * wanted,
    })),
  { minLength: 1, maxLength: 8 },
);
const tasks = fc.record({ cpuRequest: eighths(0.5), memory: eighths(0.5) });

describe("placement by score, against the definition and a search over all machines", () => {
  it.each([
    ["k8s-least", "k8s-least", {}],
    ["k8s-most", "k8s-most", {}],
    ["k8s-balanced", "k8s-balanced", {}],
    ["dot-product", "dot-product", {}],
    ["dot-product, loadWeights", "dot-product", { loadWeights: 1 }],
    ["l2-norm-diff", "l2-norm-diff", {}],
    ["l2-norm-diff, equal weights", "l2-norm-diff", { loadWeights: 0 }],
    ["cosine", "cosine", {}],
    ["delta-perp", "delta-perp", {}],
    ["e-pvm", "e-pvm", {}],
    ["tetris", "tetris", {}],
  ])("%s", (definition, name, parameters) => {
    const policy = createPolicy(name, parameters);
    fc.assert(
      fc.property(machines, tasks, (cluster, { cpuRequest, memory }) => {
        const task = arrival(cpuRequest, memory);
        const view = madeUpView(cluster, 1.5);
        // On a grid of eighths, scores that are nearly equal are equal, so the lowest number wins.
        const scored = cluster
          .map((machine, m) => ({ m, score: DEFINITIONS[definition](machine, task, cluster) }))
          .filter(({ m }) => view.fits(task, m));
        const best = Math.max(...scored.map(({ score }) => score));
        const expected = scored.find(({ score }) => score > best - 1e-7)?.m ?? -1;
        expect(policy.place!(task, view, random)).toBe(expected);
      }),
      { numRuns: 500, seed: 4 },
    );
  });

  it("cosine treats an empty machine as balanced if the task requests nothing", () => {
    const lopsided = { cpu: 1, memory: 1, requested: 0.5, reserved: 0, wanted: 0 };
    const view = madeUpView([lopsided, { ...lopsided, requested: 0 }]);
    expect(createPolicy("cosine").place!(arrival(0, 0), view, random)).toBe(1);
  });

  it("gives ties to the lowest number, also if rounding makes the scores differ", () => {
    const machine = { cpu: 1, memory: 1, requested: 0.25, reserved: 0.25, wanted: 0.25 };
    const view = madeUpView([{ ...machine, cpu: 0 }, machine, machine]);
    const nearly = [0, 1, 1 + 1e-14];
    const place = placeByScore((_task, _view, scores) => {
      scores.set(nearly);
    });
    expect(place(task, view, random)).toBe(1);
    nearly[2] = 1 + 1e-9;
    expect(place(task, view, random)).toBe(2);
  });
});
