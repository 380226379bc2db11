/** Graphs in the shape of the queries of TPC-H: scans, a tree of joins, an aggregation and a sort. */
import { keysOf } from "../../../base/known-keys.js";
import { fieldsOf, numberOf } from "../check.js";
import type { Dag } from "../dag.js";
import {
  DRAW_KEYS,
  drawStages,
  requireCounts,
  shapeStream,
  type StageDraws,
  type StageShape,
} from "./stages.js";

/**
 * Rows of each table at scale factor 1, over those of lineitem (TPC Benchmark H, revision 3, clause 4.2.5).
 */
const TABLES = {
  lineitem: 1,
  orders: 1_500_000 / 6_001_215,
  partsupp: 800_000 / 6_001_215,
  part: 200_000 / 6_001_215,
  customer: 150_000 / 6_001_215,
  supplier: 10_000 / 6_001_215,
  nation: 25 / 6_001_215,
  region: 5 / 6_001_215,
} as const;

/** The tables in the FROM clauses of the 22 queries, with those of their subqueries (TPC-H, clause 2.4). */
const QUERIES: readonly (readonly (keyof typeof TABLES)[])[] = [
  ["lineitem"],
  ["part", "supplier", "partsupp", "nation", "region", "partsupp", "supplier", "nation", "region"],
  ["customer", "orders", "lineitem"],
  ["orders", "lineitem"],
  ["customer", "orders", "lineitem", "supplier", "nation", "region"],
  ["lineitem"],
  ["supplier", "lineitem", "orders", "customer", "nation", "nation"],
  ["part", "supplier", "lineitem", "orders", "customer", "nation", "nation", "region"],
  ["part", "supplier", "lineitem", "partsupp", "orders", "nation"],
  ["customer", "orders", "lineitem", "nation"],
  ["partsupp", "supplier", "nation", "partsupp", "supplier", "nation"],
  ["orders", "lineitem"],
  ["customer", "orders"],
  ["lineitem", "part"],
  ["supplier", "lineitem"],
  ["partsupp", "part", "supplier"],
  ["lineitem", "part", "lineitem"],
  ["customer", "orders", "lineitem", "lineitem"],
  ["lineitem", "part"],
  ["supplier", "nation", "partsupp", "part", "lineitem"],
  ["supplier", "lineitem", "orders", "nation", "lineitem", "lineitem"],
  ["customer", "orders", "customer"],
];

export interface TpchOptions extends StageDraws {
  /** Number of the query, 1 to 22; default: drawn. */
  readonly query?: number;
  /** Tasks of a scan of lineitem, the largest table. Default 16. */
  readonly tasks?: number;
}

/**
 * Returns a graph in the shape of a query of TPC-H: a scan of each table, with tasks in proportion to its
 * rows; a tree of joins, each of two inputs drawn from those that are left, with half the tasks of the larger
 * one; an aggregation with half the tasks of the last join; a sort of one task. Tables and rows are those of
 * the specification; the order of joins, times and demands are our choice. Throws InputError for options out
 * of range.
 */
export function tpchLike(options: TpchOptions = {}): Dag {
  fieldsOf("option", "tpchLike", options, keysOf<TpchOptions>({ query: true, tasks: true, ...DRAW_KEYS }));
  const random = shapeStream("tpch", options);
  const { query = 1 + Math.floor(random() * QUERIES.length), tasks = 16 } = options;
  requireCounts({ tasks });
  numberOf("query", query, { min: 1, max: QUERIES.length, whole: true });
  const shapes: StageShape[] = QUERIES[query - 1].map((table, i) => ({
    id: `scan-${i}-${table}`,
    tasks: Math.max(1, Math.round(tasks * TABLES[table])),
    after: [],
  }));
  const inputs = [...shapes];
  const take = (): StageShape => inputs.splice(Math.floor(random() * inputs.length), 1)[0];
  const add = (id: string, after: readonly StageShape[], count: number): void => {
    const stage = { id, tasks: count, after: after.map((one) => one.id) };
    shapes.push(stage);
    inputs.push(stage);
  };
  while (inputs.length > 1) {
    const [a, b] = [take(), take()];
    add(`join-${shapes.length}`, [a, b], Math.ceil(Math.max(a.tasks, b.tasks) / 2));
  }
  const last = take();
  add("aggregate", [last], Math.ceil(last.tasks / 2));
  add("sort", [take()], 1);
  return drawStages("tpch", shapes, options);
}
