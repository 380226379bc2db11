/** The public API of flows on the network, `schedlab/traffic`: our reading of the thesis's fourth chapter. */
export { flowsFrom, withBackground, type FlowRow, type Flows } from "./flows.js";
export { bigSwitch, type Network } from "./network.js";
export {
  runFlows,
  type Background,
  type FlowRun,
  type RunFlowsOptions,
  type ThresholdChange,
} from "./run-flows.js";

// Sizes and arrivals
export {
  meanBytes,
  measuredSizes,
  mixSizes,
  publishedSizes,
  SIZE_NAMES,
  sizesFrom,
  type SizeDistribution,
  type SizesOptions,
  type SizesName,
} from "./sizes/distribution.js";
export { generateFlows, type GenerateOptions } from "./sizes/generate.js";

// One link in closed form
export { againstClosedForms, type AgainstOptions, type ClosedFormCase } from "./against-closed-forms.js";
export {
  oneLink,
  type ClassMeans,
  type OneLinkDiscipline,
  type OneLinkMeans,
  type OneLinkOptions,
} from "./queue/one-link.js";
export { optimalThresholds, type Objective, type Optimum, type OptimumOptions } from "./queue/optimum.js";

// Rules
export { slowdowns, type Interval } from "./control.js";
export { FLOW_RULES, findFlowRule, type FlowRuleChoice, type FlowRuleName } from "./rules/registry.js";
export {
  defineFlowRule,
  type Agent,
  type BuiltInFlowRule,
  type FlowRule,
  type RuleContext,
} from "./rules/rule.js";
export { compareRules, type CompareRulesOptions, type FlowCase, type FlowPart } from "./compare-rules.js";
export { runRule, type RuleRun, type RunRuleOptions } from "./rules/run-rule.js";

// Migrations of simulated runs beside LC flows
export { burstsOf, type Burst, type BurstOptions } from "./migrations/bursts.js";
export { migrationLoads, type MigrationLoadOptions } from "./migrations/loads.js";
export { meetings } from "./migrations/meetings.js";
export {
  migrationImpact,
  type Discipline,
  type ImpactOptions,
  type RunWithMigrations,
} from "./migrations/impact.js";

// Learning
export { agentJson, readAgent } from "./agent/agent-file.js";
export { DDPG, type DdpgValues } from "./agent/ddpg.js";
export {
  trafficEnvironment,
  type TrafficEnvironment,
  type TrafficEnvironmentOptions,
  type TrafficInfo,
} from "./agent/environment.js";
export { observationOf, rewardOf, thresholdsOf } from "./agent/sight.js";
export { saveAgents } from "./agent/save-agents.js";
export { shippedAgent } from "./agent/shipped.js";
export { agentOf, trainAgent, type TrainedAgent, type TrainOptions } from "./agent/train.js";
export { trainAgents, type TrainAgentsOptions } from "./agent/train-agents.js";

// Charts
export { trafficDrawing } from "./charts/architecture-drawing.js";
