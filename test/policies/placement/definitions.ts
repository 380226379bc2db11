import type { MadeUpMachine } from "./made-up-view.js";

export interface Demand {
  readonly cpu: number;
  readonly cpuRequest: number;
  readonly memory: number;
}

type Vector = readonly number[];
type Definition = (machine: MadeUpMachine, task: Demand, all: readonly MadeUpMachine[]) => number;

const sum = (v: Vector): number => v.reduce((a, b) => a + b, 0);
const dot = (a: Vector, b: Vector): number => sum(a.map((x, i) => x * b[i]));
const norm = (v: Vector): number => Math.sqrt(dot(v, v));
const mean = (v: Vector): number => sum(v) / v.length;
const deviation = (v: Vector): number => Math.sqrt(mean(v.map((x) => (x - mean(v)) ** 2)));
const over = (a: Vector, b: Vector): number[] => a.map((x, i) => x / b[i]);
const plus = (a: Vector, b: Vector): number[] => a.map((x, i) => x + b[i]);

const capacity = ({ cpu, memory }: MadeUpMachine): Vector => [cpu, memory];
const used = ({ requested, reserved }: MadeUpMachine): Vector => [requested, reserved];
const asked = ({ cpuRequest, memory }: Demand): Vector => [cpuRequest, memory];
const before = (machine: MadeUpMachine): Vector => over(used(machine), capacity(machine));
const after = (machine: MadeUpMachine, task: Demand): Vector =>
  over(plus(used(machine), asked(task)), capacity(machine));

/** Mean share in use of each resource over the machines that are up. */
const meanUse = (all: readonly MadeUpMachine[]): Vector =>
  [0, 1].map((r) => mean(all.filter(({ cpu }) => cpu > 0).map((machine) => before(machine)[r])));

/** Distance of v from the line through d, by the angle between them. */
function perpendicular(v: Vector, d: Vector): number {
  if (norm(v) === 0) return 0;
  const cos = dot(v, d) / (norm(v) * norm(d));
  return norm(v) * Math.sqrt(Math.max(0, 1 - cos * cos));
}

const dotProduct = (machine: MadeUpMachine, task: Demand, weights: Vector): number =>
  sum(
    weights.map(
      (w, r) => (w * (capacity(machine)[r] - used(machine)[r]) * asked(task)[r]) / capacity(machine)[r] ** 2,
    ),
  );
const squares = (machine: MadeUpMachine, task: Demand, weights: Vector): number =>
  sum(after(machine, task).map((share, r) => weights[r] * (1 - share) ** 2));

/** The scores as the literature writes them, in vectors over the resources: CPU, memory. Higher is better. */
export const DEFINITIONS: Readonly<Record<string, Definition>> = {
  "k8s-least": (machine, task) => 100 * mean(after(machine, task).map((share) => 1 - share)),
  "k8s-most": (machine, task) => 100 * mean(after(machine, task)),
  "k8s-balanced": (machine, task) => 100 * (1 - deviation(after(machine, task))),
  "dot-product": (machine, task) => dotProduct(machine, task, [1, 1]),
  "dot-product, loadWeights": (machine, task, all) => dotProduct(machine, task, meanUse(all)),
  "l2-norm-diff": (machine, task, all) => -squares(machine, task, meanUse(all)),
  "l2-norm-diff, equal weights": (machine, task) => -squares(machine, task, [1, 1]),
  cosine: (machine, task) => {
    const use = after(machine, task);
    return norm(use) === 0 ? 1 : dot(use, [1, 1]) / (norm(use) * norm([1, 1]));
  },
  "delta-perp": (machine, task) =>
    perpendicular(before(machine), [1, 1]) - perpendicular(after(machine, task), [1, 1]),
  "e-pvm": (machine, task, all) => {
    const cost = (use: Vector): number => sum(use.map((u) => all.length ** u));
    const use = over([machine.wanted, machine.reserved], capacity(machine));
    return cost(use) - cost(plus(use, over([task.cpu, task.memory], capacity(machine))));
  },
  tetris: (machine, task) => {
    const free = over([machine.cpu - machine.wanted, machine.memory - machine.reserved], capacity(machine));
    return dot(free, over(asked(task), capacity(machine)));
  },
};
