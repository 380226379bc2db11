/**
 * Simulates N random scenarios with machine events, of all policies in turn, and checks that every metric of
 * every step and run is in its range or NaN. Usage, after `npm run build`: node
 * test/robustness/metric-ranges.mjs [N, default 100000] [seed, default 1]
 */
import fc from "fast-check";
import { MIGRATION_MODELS } from "../../dist/cluster/migration/presets.js";
import { SHARING } from "../../dist/cluster/share.js";
import { POLICIES } from "../../dist/policies/index.js";
import { simulate } from "../../dist/simulate/simulate.js";
import { outOfRange, scenarios, workloadOf } from "./scenarios.mjs";

const [count = "100000", seed = "1"] = process.argv.slice(2);
const policies = POLICIES.map(({ name }) => name);
let done = 0;
fc.assert(
  fc.property(scenarios({ policies, sharings: SHARING, mechanisms: MIGRATION_MODELS }), (scenario) => {
    const faults = outOfRange(simulate(workloadOf(scenario), scenario.policy, scenario.options));
    if (faults.length > 0) throw new Error(faults.join("\n"));
    if (++done % 10_000 === 0) console.error(`${done} scenarios`);
  }),
  { numRuns: Number(count), seed: Number(seed) },
);
console.log(`${done} scenarios of ${policies.length} policies: every metric is in its range or not defined`);
