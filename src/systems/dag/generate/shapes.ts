/** Generated graphs: chains, fork and join, random layers. Their shapes are our choice. */
import { keysOf } from "../../../base/known-keys.js";
import { fieldsOf } from "../check.js";
import type { Dag } from "../dag.js";
import { DRAW_KEYS, drawStages, requireCounts, shapeStream, type StageDraws } from "./stages.js";

export interface ChainsOptions extends StageDraws {
  /** Default 4. */
  readonly chains?: number;
  /** Tasks of each chain. Default 5. */
  readonly length?: number;
}

/**
 * Returns chains of tasks beside each other; each task is a stage. Throws InputError for options out of
 * range.
 */
export function chains(options: ChainsOptions = {}): Dag {
  fieldsOf("option", "chains", options, keysOf<ChainsOptions>({ chains: true, length: true, ...DRAW_KEYS }));
  const { chains: count = 4, length = 5 } = options;
  requireCounts({ chains: count, length });
  const shapes = Array.from({ length: count * length }, (_, i) => {
    const [chain, place] = [Math.floor(i / length), i % length];
    return { id: `${chain}-${place}`, tasks: 1, after: place === 0 ? [] : [`${chain}-${place - 1}`] };
  });
  return drawStages("chains", shapes, options);
}

export interface ForkJoinOptions extends StageDraws {
  /** How often the graph forks. Default 3. */
  readonly rounds?: number;
  /** Tasks between a fork and its join. Default 8. */
  readonly width?: number;
}

/**
 * Returns a task, then rounds of `width` tasks that all wait for it and a task that waits for all of them.
 * Throws InputError for options out of range.
 */
export function forkJoin(options: ForkJoinOptions = {}): Dag {
  fieldsOf(
    "option",
    "forkJoin",
    options,
    keysOf<ForkJoinOptions>({ rounds: true, width: true, ...DRAW_KEYS }),
  );
  const { rounds = 3, width = 8 } = options;
  requireCounts({ rounds, width });
  const between = Array.from({ length: rounds }, (_, i) => [
    { id: `fork-${i}`, tasks: width, after: [`join-${i}`] },
    { id: `join-${i + 1}`, tasks: 1, after: [`fork-${i}`] },
  ]);
  return drawStages("fork-join", [{ id: "join-0", tasks: 1, after: [] }, ...between.flat()], options);
}

export interface LayeredOptions extends StageDraws {
  /** Default 10. */
  readonly stages?: number;
  /** Mean number of tasks of a stage: uniform from 1 to twice this less 1. Default 4. */
  readonly tasks?: number;
  /** Stages of a layer: uniform from 1 to this. Default 3. */
  readonly width?: number;
}

/**
 * Returns stages in layers: each stage of a layer waits for one or two stages of the layer before. Throws
 * InputError for options out of range.
 */
export function layered(options: LayeredOptions = {}): Dag {
  const known = keysOf<LayeredOptions>({ stages: true, tasks: true, width: true, ...DRAW_KEYS });
  fieldsOf("option", "layered", options, known);
  const { stages = 10, tasks = 4, width = 3 } = options;
  requireCounts({ stages, tasks });
  requireCounts({ width });
  const random = shapeStream("layered", options);
  const upTo = (most: number): number => 1 + Math.floor(random() * most);
  const shapes: { id: string; tasks: number; after: string[] }[] = [];
  let before: string[] = [];
  while (shapes.length < stages) {
    const layer = Array.from({ length: Math.min(upTo(width), stages - shapes.length) }, (_, i) => ({
      id: String(shapes.length + i),
      tasks: upTo(2 * tasks - 1),
      after:
        before.length === 0 ? [] : Array.from({ length: upTo(2) }, () => before[upTo(before.length) - 1]),
    }));
    shapes.push(...layer);
    before = layer.map(({ id }) => id);
  }
  return drawStages("layered", shapes, options);
}
