/** What all generated graphs have in common: times and demands of stages. The numbers are our choice. */
import { InputError } from "../../../base/errors.js";
import { randomStream, type Random } from "../../../base/random.js";
import type { Dag } from "../dag.js";
import { countOf, listOf, numberOf, seedOf } from "../check.js";
import { dagFromStages, type StageRow } from "../dag-from.js";

export interface StageDraws {
  /** Mean duration of a stage's tasks: log-uniform between the two. Default [2, 20]. */
  readonly duration?: readonly [number, number];
  /** A task takes its stage's mean times a uniform number of 1 - spread to 1 + spread. Default .3. */
  readonly spread?: number;
  /** Demand of CPU and of memory, as shares of a machine: uniform between the two. Default [.05, .6]. */
  readonly demand?: readonly [number, number];
  /** Default 1. */
  readonly seed?: number;
}

/** The keys of StageDraws, for checks of options. */
export const DRAW_KEYS = { duration: true, spread: true, demand: true, seed: true } as const;

/** A stage without times and demands. */
export interface StageShape {
  readonly id: string;
  readonly tasks: number;
  readonly after: readonly string[];
}

/**
 * Returns the graph of the stages, with barriers; times and demands of each stage are drawn from a stream of
 * its own. Throws InputError for ranges that are out of order and for a spread that is not 0 to 1.
 */
export function drawStages(kind: string, shapes: readonly StageShape[], draws: StageDraws): Dag {
  const { duration: times = [2, 20], spread = 0.3, demand: shares = [0.05, 0.6], seed = 1 } = draws;
  const [duration, demand] = [rangeOf("duration", times), rangeOf("demand", shares)];
  numberOf("spread", spread, { max: 1 });
  seedOf(seed);
  const rows = shapes.map(({ id, tasks, after }): StageRow => {
    const random = randomStream(seed, "workload", "dag", kind, id);
    const mean = duration[0] * (duration[1] / duration[0]) ** random();
    const share = (): number => demand[0] + random() * (demand[1] - demand[0]);
    const [cpu, memory] = [share(), share()];
    const durations = Array.from({ length: tasks }, () => mean * (1 + spread * (2 * random() - 1)));
    return { id, durations, cpu, memory, after };
  });
  return dagFromStages(rows);
}

/** Throws InputError unless each count and their product are whole numbers from 1 to a million. */
export function requireCounts(counts: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(counts)) countOf(name, value);
  countOf(
    Object.keys(counts).join(" x "),
    Object.values(counts).reduce((product, value) => product * value, 1),
  );
}

/** Returns the stream that a kind of graph draws its shape from. */
export function shapeStream(kind: string, { seed = 1 }: StageDraws): Random {
  return randomStream(seedOf(seed), "workload", "dag-shape", kind);
}

function rangeOf(name: string, given: unknown): [number, number] {
  const ends = listOf(name, given, "two numbers, the smaller one first");
  const [low, high] = ends.map((end) => numberOf(`an end of ${name}`, end, { min: 1e-9 }));
  if (ends.length === 2 && low <= high) return [low, high];
  throw new InputError(`${name} is from ${low} to ${high}: give two numbers, the smaller one first`);
}
