/** Generated jobs: graphs of one shape that arrive over time. */
import { InputError } from "../../../base/errors.js";
import { keysOf } from "../../../base/known-keys.js";
import { didYouMean } from "../../../base/nearest.js";
import { randomStream } from "../../../base/random.js";
import { workBound } from "../bounds.js";
import { fieldsOf, numberOf, seedOf } from "../check.js";
import type { Dag } from "../dag.js";
import { checkJobs, type DagJob } from "../dag-jobs.js";
import type { MachineChoice } from "../machines.js";
import { chains, forkJoin, layered } from "./shapes.js";
import { requireCounts, type StageDraws } from "./stages.js";
import { tpchLike } from "./tpch.js";

/** The shapes of generated graphs by name. */
export const DAG_SHAPES = {
  chains,
  "fork-join": forkJoin,
  layered,
  tpch: tpchLike,
} as const satisfies Record<string, (options: StageDraws) => Dag>;

export type DagShape = keyof typeof DAG_SHAPES;

export interface DagJobsOptions extends Omit<StageDraws, "seed"> {
  /** Default "tpch". */
  readonly shape?: DagShape | (string & {});
  /** Default 50. */
  readonly jobs?: number;
  /** Number of machines to which the load refers. Default 10. */
  readonly machines?: number;
  /**
   * Work that arrives over work that the machines can do, of the resource that is wanted most. Default .8;
   * Infinity: all jobs arrive at time 0.
   */
  readonly load?: number;
  /** Default 1. */
  readonly seed?: number;
}

/**
 * Returns jobs with exponential times between arrivals. Job i has the graph of the shape with a seed that
 * depends on `seed` and i only; with another load, only the arrivals change. Throws InputError for an unknown
 * option or shape, and for options out of range.
 */
export function dagJobs(options: DagJobsOptions = {}): DagJob[] {
  fieldsOf(
    "option",
    "dagJobs",
    options,
    keysOf<DagJobsOptions>({
      shape: true,
      jobs: true,
      machines: true,
      load: true,
      duration: true,
      spread: true,
      demand: true,
      seed: true,
    }),
  );
  const { shape = "tpch", jobs = 50, machines = 10, load = 0.8, seed = 1, ...draws } = options;
  requireCounts({ jobs });
  const names = Object.keys(DAG_SHAPES);
  if (!names.includes(shape))
    throw new InputError(
      `unknown shape: ${String(shape)}${didYouMean(shape, names)}; known: ${names.join(", ")}`,
    );
  const seeds = randomStream(seedOf(seed), "workload", "dag-jobs", "seeds");
  const dags = Array.from({ length: jobs }, () =>
    DAG_SHAPES[shape as DagShape]({ ...draws, seed: Math.floor(seeds() * 2 ** 31) }),
  );
  const made = dags.map((dag, i) => ({ id: String(i), arrival: 0, dag }));
  return arriveAtLoad(made, machines, { load, seed });
}

/**
 * Returns the jobs with exponential times between arrivals, in their order: such that their work, of the
 * resource that each wants most, is `load` x what the machines can do until the last one arrives. Infinity:
 * all arrive at time 0. Throws InputError as `dagJobs` does.
 */
export function arriveAtLoad(
  jobs: readonly DagJob[],
  machines: MachineChoice,
  options: { readonly load: number; readonly seed?: number },
): DagJob[] {
  checkJobs(jobs);
  const { load: wanted, seed = 1 } = fieldsOf("option", "arriveAtLoad", options, ["load", "seed"]);
  const load = numberOf("load", wanted, { min: 1e-9, max: Infinity });
  const gaps = randomStream(seedOf(seed), "workload", "dag-jobs", "gaps");
  const meanGap = jobs.reduce((sum, { dag }) => sum + workBound(dag, machines), 0) / jobs.length / load;
  let arrival = 0;
  return jobs.map((job) => {
    arrival += -meanGap * Math.log1p(-gaps());
    return { ...job, arrival };
  });
}
