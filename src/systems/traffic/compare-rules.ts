/** Runs rules on the same flows, over seeds, and returns what came of it as a table. */
import { from, type ColumnTable } from "arquero";
import {
  ANYTHING,
  checkKeys,
  checkValue,
  FUNCTION,
  listOf,
  OBJECT,
  optional,
  SEEDS,
  whole,
  type Checks,
} from "../../base/checks.js";
import { LOAD, SIZES } from "./check.js";
import { slowdowns } from "./control.js";
import { flowsFrom, type FlowRow, type Flows } from "./flows.js";
import { refuseUnknownKeys } from "../../base/known-keys.js";
import { bigSwitch, type Network } from "./network.js";
import { optimalThresholds } from "./queue/optimum.js";
import { classOf } from "./queue/scaled.js";
import { resolveFlowRule, RULE, type FlowRuleChoice } from "./rules/registry.js";
import type { Agent } from "./rules/rule.js";
import { runRule, type RunRuleOptions } from "./rules/run-rule.js";
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
  readonly rules?: readonly FlowRuleChoice[];
  /** Servers of the switch; without them, all flows share one link. */
  readonly servers?: number;
}

export interface FlowPart {
  readonly sizes: SizeDistribution;
  readonly load: number;
  readonly flows: number;
}

export interface CompareRulesOptions {
  /** Names of built-in rules, and rules of one's own, each once. */
  readonly rules: readonly FlowRuleChoice[];
  /** Whole numbers that differ. */
  readonly seeds: readonly number[];
  /** Agents for "learned", one for each seed; fewer are used in turn. */
  readonly agents?: readonly Agent[];
  /** Values of parameters by the name of the rule, such as `{ "adaptive-optimum": { every: 1000 } }`. */
  readonly parameters?: Readonly<Record<string, RunRuleOptions["parameters"]>>;
}

const RULES = listOf(RULE);
const PART: Checks<FlowPart> = { sizes: SIZES, load: LOAD, flows: whole() };
const CASE: Checks<FlowCase> = {
  name: (value) => (typeof value === "string" ? undefined : "give a text"),
  ...{ parts: listOf(ANYTHING), other: optional(SIZES), rules: optional(RULES), servers: optional(whole(2)) },
};
const OPTIONS: Checks<CompareRulesOptions> = {
  ...{ rules: RULES, seeds: SEEDS, agents: optional(listOf(FUNCTION)), parameters: optional(OBJECT) },
};

/** Ends of the classes of sizes, in bytes. */
const LIMITS = [1e5, 1e7];

/**
 * Returns a table with a row for each case, rule and seed: mean slowdown, mean completion time over that of a
 * mean flow alone on a link, mean slowdown of flows up to 100 KB, up to 10 MB and above, and `overOptimum`,
 * the mean slowdown over that of "own-optimum" (four queues) on the same flows, NaN at a load of 1 or more.
 * Of a case of several parts, rules know the first; only "own-optimum" without parameters gets the thresholds
 * of each part when the part begins. Throws InputError for options out of range, and as `runRule` does.
 */
export function compareRules(cases: readonly FlowCase[], options: CompareRulesOptions): ColumnTable {
  checkKeys("compareRules", options, OPTIONS);
  checkValue("cases of compareRules", cases, listOf(ANYTHING));
  const { rules, seeds, agents = [], parameters = {} } = options;
  const chosen = cases.map((flowCase, i) => {
    checkKeys(`case ${i} of compareRules`, flowCase, CASE);
    flowCase.parts.forEach((part, p) => {
      checkKeys(`part ${p} of case ${flowCase.name}`, part, PART);
    });
    return (flowCase.rules ?? rules).map(resolveFlowRule);
  });
  const names = [...new Set(chosen.flat().map(({ name }) => name))];
  refuseUnknownKeys(parameters, names, "rule in parameters of compareRules");
  return from(
    cases.flatMap((flowCase, c) => {
      const optima = optimaOf(flowCase);
      return seeds.flatMap((seed, i) => {
        const network = bigSwitch(flowCase.servers ?? 2);
        const { flows, begins } = flowsOf(flowCase, network, seed);
        const [{ sizes, load }] = flowCase.parts;
        const context = {
          ...{ sizes, load },
          ...(flowCase.other === undefined ? {} : { other: flowCase.other }),
          ...(agents.length === 0 ? {} : { agent: agents[i % agents.length] }),
        };
        const changes = optima.slice(1).map((thresholds, part) => ({ time: begins[part + 1], thresholds }));
        const optimum =
          optima.length === 0
            ? undefined
            : figuresOf(runFlows(flows, network, { thresholds: optima[0], changes }), flowCase);
        return chosen[c].map((rule) => {
          const own = parameters[rule.name];
          const isOptimum = rule.name === "own-optimum" && own === undefined;
          const options = own === undefined ? context : { ...context, parameters: own };
          const figures =
            isOptimum && optimum !== undefined
              ? optimum
              : figuresOf(runRule(rule, flows, network, options), flowCase);
          const overOptimum = figures.slowdown / (optimum?.slowdown ?? NaN);
          return { case: flowCase.name, rule: rule.name, seed, ...figures, overOptimum };
        });
      });
    }),
  );
}

/** The best thresholds of each part; none where a load is too large for a mean. */
function optimaOf({ parts }: FlowCase): Float64Array[] {
  if (parts.some(({ load }) => load >= 1)) return [];
  return parts.map(({ sizes, load }) => optimalThresholds(sizes, load).thresholds);
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
