/** Runs rules on the same flows, over seeds, and returns what came of it as a table. */
import { table, type ColumnTable } from "arquero";
import { InputError } from "../../base/errors.js";
import { keysOf, refuseUnknownKeys } from "../../base/known-keys.js";
import { slowdowns } from "./control.js";
import { flowsFrom, type FlowRow, type Flows } from "./flows.js";
import { bigSwitch, type Network } from "./network.js";
import { optimalThresholds } from "./queue/optimum.js";
import { classOf } from "./queue/scaled.js";
import type { FlowRuleName } from "./rules/registry.js";
import type { Agent } from "./rules/rule.js";
import { runRule } from "./rules/run-rule.js";
import { runFlows, type FlowRun } from "./run-flows.js";
import { meanBytes, type SizeDistribution } from "./sizes/distribution.js";
import { generateFlows } from "./sizes/generate.js";

/** Flows of one workload after the other. */
export interface FlowCase {
  readonly name: string;
  readonly parts: readonly FlowPart[];
  /** The workload for "wrong-optimum". */
  readonly other?: SizeDistribution;
  /** Rules for this case; default: those of all. */
  readonly rules?: readonly FlowRuleName[];
  /** Servers of the switch; without them, all flows share one link. */
  readonly servers?: number;
}

export interface FlowPart {
  readonly sizes: SizeDistribution;
  readonly load: number;
  readonly flows: number;
}

export interface CompareRulesOptions {
  readonly rules: readonly FlowRuleName[];
  readonly seeds: readonly number[];
  /** Agents for "learned", one for each seed; fewer are used in turn. */
  readonly agents?: readonly Agent[];
}

const OPTIONS = keysOf<CompareRulesOptions>({ rules: true, seeds: true, agents: true });

/** Ends of the classes of sizes, in bytes. */
const LIMITS = [1e5, 1e7];

/**
 * Returns a table with a row for each case, rule and seed: mean slowdown, mean completion time over that of a
 * mean flow alone on a link, mean slowdown of flows up to 100 KB, up to 10 MB and above, and `overOptimum`,
 * the mean slowdown over that of "own-optimum" on the same flows. Of a case of several parts, rules know the
 * first; only "own-optimum" gets the thresholds of each part when the part begins. Throws InputError as
 * `runRule` does.
 */
export function compareRules(cases: readonly FlowCase[], options: CompareRulesOptions): ColumnTable {
  refuseUnknownKeys(options, OPTIONS, "option of compareRules");
  const { rules, seeds, agents = [] } = options;
  const rows = cases.flatMap((flowCase) => {
    const optima = flowCase.parts.map(({ sizes, load }) => optimalThresholds(sizes, load).thresholds);
    return seeds.flatMap((seed, i) => {
      const network = bigSwitch(flowCase.servers ?? 2);
      const { flows, begins } = flowsOf(flowCase, network, seed);
      const best = runFlows(flows, network, {
        thresholds: optima[0],
        changes: optima.slice(1).map((thresholds, part) => ({ time: begins[part + 1], thresholds })),
      });
      const optimum = figuresOf(best, flowCase);
      return (flowCase.rules ?? rules).map((rule) => {
        const [{ sizes, load }] = flowCase.parts;
        const context = {
          ...{ sizes, load },
          ...(flowCase.other === undefined ? {} : { other: flowCase.other }),
          ...(agents.length === 0 ? {} : { agent: agents[i % agents.length] }),
        };
        const figures =
          rule === "own-optimum" ? optimum : figuresOf(runRule(rule, flows, network, context), flowCase);
        const overOptimum = figures.slowdown / optimum.slowdown;
        return { case: flowCase.name, rule, seed, ...figures, overOptimum };
      });
    });
  });
  if (rows.length === 0) throw new InputError("nothing to compare: give cases, rules and seeds");
  const names = Object.keys(rows[0]) as (keyof (typeof rows)[number])[];
  return table(Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])])));
}

/** Returns the flows of all parts, and the times at which the parts begin. */
function flowsOf(
  { parts, servers }: FlowCase,
  network: Network,
  seed: number,
): { readonly flows: Flows; readonly begins: readonly number[] } {
  const begins: number[] = [];
  const rows: FlowRow[] = [];
  let begin = 0;
  parts.forEach(({ sizes, load, flows: count }, part) => {
    const pairs = servers === undefined ? "one" : "all";
    const flows = generateFlows(sizes, network, { load, flows: count, pairs, seed: seed + 1000 * part });
    begins.push(begin);
    flows.arrival.forEach((arrival, f) => {
      const [source, target, bytes] = [flows.source[f], flows.target[f], flows.bytes[f]];
      rows.push({ arrival: begin + arrival, source, target, bytes });
    });
    begin = rows[rows.length - 1].arrival;
  });
  return { flows: flowsFrom(rows), begins };
}

function figuresOf(run: FlowRun, { parts }: FlowCase) {
  const { flows, network, completionTime } = run;
  const slowdown = slowdowns(run);
  const sums = new Float64Array(3);
  const counts = new Float64Array(3);
  let times = 0;
  for (let f = 0; f < slowdown.length; f++) {
    const place = classOf(LIMITS, flows.bytes[f]);
    sums[place] += slowdown[f];
    counts[place]++;
    times += completionTime[f];
  }
  const all = slowdown.length;
  const mean = parts.reduce((sum, { sizes, flows: n }) => sum + (n / all) * meanBytes(sizes), 0);
  return {
    slowdown: (sums[0] + sums[1] + sums[2]) / all,
    completionTime: times / all / (mean / network.up[0]),
    small: sums[0] / counts[0],
    medium: sums[1] / counts[1],
    large: sums[2] / counts[2],
  };
}
