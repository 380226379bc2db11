/** Whatever is no value of an option is refused with the option's name: every option against every shape. */
import { describe, expect, it } from "vitest";
import { from } from "arquero";
import { InputError } from "../../../src/base/errors.js";
import * as traffic from "../../../src/systems/traffic/index.js";

const sizes = traffic.publishedSizes("web-search");
const network = traffic.bigSwitch(3);
const flow = { arrival: 0, source: 2, target: 1, bytes: 1000 };
const flows = traffic.flowsFrom([flow]);
const migrations = {
  ...{ step: new Int32Array(1), execution: new Int32Array(1), outcome: new Uint8Array(1) },
  ...{
    from: Int32Array.of(0),
    to: Int32Array.of(1),
    start: new Float64Array(1),
    bytes: Float64Array.of(1e6),
  },
  ...{ seconds: new Float64Array(1), downtime: new Float64Array(1), stalled: new Float64Array(1) },
};
const part = { sizes, load: 0.5, flows: 5 };
const one = { name: "one", parts: [part] };
const environment = { workloads: [sizes], every: 5, decisions: 1 };
const rule = { name: "mine", create: () => ({ order: "tags", thresholds: [10] }) };

/** Values that are wrong nearly everywhere. */
const SHAPES = {
  ...{ nan: NaN, infinity: Infinity, negative: -1, zero: 0, broken: 1.5, text: "abc", none: null, yes: true },
  ...{ object: {}, empty: [], listOfNan: [NaN], descending: [2, 1], function: () => 1 },
};
type Shape = keyof typeof SHAPES;

type Call = (options: object) => unknown;
/** Function, options that are right, and for each option the shapes that it takes. */
const CALLS: Record<string, readonly [Call, object, Record<string, readonly Shape[]>]> = {
  flowsFrom: [
    (row) => traffic.runFlows(traffic.flowsFrom(from([row])), network),
    flow,
    {
      arrival: ["negative", "zero", "broken"],
      source: ["zero"],
      target: ["zero"],
      bytes: ["broken"],
      background: ["nan", "none", "zero", "yes"],
    },
  ],
  bigSwitch: [
    (o) => traffic.bigSwitch(...(Object.values({ servers: 2, linkGbps: 1, ...o }) as [number, number])),
    {},
    { servers: [], linkGbps: ["broken"] },
  ],
  runFlows: [
    (o) => traffic.runFlows(flows, network, o),
    {},
    {
      thresholds: ["empty"],
      changes: ["empty"],
      background: [],
      order: [],
      until: ["negative", "zero", "broken"],
    },
  ],
  "change 0": [
    (o) =>
      traffic.runFlows(flows, network, {
        thresholds: [5],
        changes: [{ time: 0, thresholds: [6], ...o }],
      }),
    {},
    { time: ["negative", "zero", "broken"], thresholds: [] },
  ],
  generateFlows: [
    (o) => traffic.generateFlows(sizes, network, o),
    { flows: 3 },
    { flows: [], load: ["broken"], pairs: [], seed: ["negative", "zero"] },
  ],
  "generateFlows for a time": [
    (o) => traffic.generateFlows(sizes, network, o),
    { seconds: 0.1 },
    { seconds: ["broken"], load: ["broken"] },
  ],
  sizesFrom: [
    (o) => traffic.sizesFrom([[0, 0], [1, 1]], o), // prettier-ignore
    {},
    { name: ["text"], source: ["text"] },
  ],
  oneLink: [
    (o) => traffic.oneLink(sizes, 0.5, "mlfq", o),
    {},
    { thresholds: ["empty"], limits: ["empty"], cells: [] },
  ],
  optimalThresholds: [
    (o) => traffic.optimalThresholds(sizes, 0.5, o),
    { queues: 2, evaluations: 3, cells: 4 },
    { queues: [], objective: [], start: [], cells: [], evaluations: [] },
  ],
  againstClosedForms: [
    (o) => traffic.againstClosedForms([{ sizes, load: 0.5, discipline: "ps" }], o as traffic.AgainstOptions),
    { seeds: [1], flows: 5 },
    { seeds: ["descending"], flows: [] },
  ],
  "case 0 of againstClosedForms": [
    (o) =>
      traffic.againstClosedForms([{ sizes, load: 0.5, discipline: "mlfq", ...o }], { seeds: [1], flows: 5 }),
    {},
    { sizes: [], load: [], discipline: [], thresholds: ["empty"] },
  ],
  runRule: [
    (o) => traffic.runRule("learned", flows, network, o as traffic.RunRuleOptions),
    { sizes, load: 0.5, agent: () => [1, 2, 3] },
    {
      sizes: [],
      load: ["broken"],
      other: [],
      agent: ["function"],
      background: [],
      parameters: ["object"],
    },
  ],
  "what rule mine creates": [
    (o) =>
      traffic.runRule(
        { ...rule, rule: "", create: () => ({ ...rule.create(), ...o }) as never },
        flows,
        network,
        {
          sizes,
          load: 0.5,
        },
      ),
    {},
    { order: [], thresholds: ["empty"], adapt: [] },
  ],
  compareRules: [
    (o) => traffic.compareRules([one], o as traffic.CompareRulesOptions),
    { rules: ["fair"], seeds: [1] },
    { rules: [], seeds: ["descending"], agents: [], parameters: ["object"] },
  ],
  "case 0 of compareRules": [
    (o) => traffic.compareRules([{ ...one, ...o }], { rules: ["fair"], seeds: [1] }),
    {},
    { name: ["text"], parts: [], other: [], rules: [], servers: [] },
  ],
  "part 0 of case one": [
    (o) => traffic.compareRules([{ ...one, parts: [{ ...part, ...o }] }], { rules: ["fair"], seeds: [1] }),
    {},
    { sizes: [], load: ["broken"], flows: [] },
  ],
  burstsOf: [(o) => traffic.burstsOf(migrations, o), {}, { count: [], seconds: ["broken"] }],
  migrationImpact: [
    (o) =>
      traffic.migrationImpact(
        [
          {
            policy: "",
            migrations,
            manifest: { simulation: { model: { linkGbps: 1 }, migration: "" } } as never,
          },
        ],
        { sizes, thresholds: [5], seconds: 0.1, ...o },
      ),
    {},
    {
      sizes: [],
      load: ["broken"],
      thresholds: [],
      windows: [],
      seconds: ["broken"],
      servers: [],
      seed: ["negative", "zero"],
    },
  ],
  migrationLoads: [
    (o) => traffic.migrationLoads(o as traffic.MigrationLoadOptions),
    { sizes, load: 0.1, migrationLoads: [0], thresholds: [5], seeds: [1], seconds: 0.1, servers: 2 },
    {
      ...{
        sizes: [],
        load: ["broken"],
        migrationLoads: ["descending"],
        thresholds: [],
        seeds: ["descending"],
      },
      ...{ seconds: ["broken"], servers: [], migrationBytes: ["broken"] },
    },
  ],
  trafficEnvironment: [
    (o) => traffic.trafficEnvironment({ ...environment, ...o }).reset(),
    {},
    { workloads: [], loads: [], every: [], decisions: [], seed: ["negative", "zero"] },
  ],
  trainAgent: [
    (o) => traffic.trainAgent({ steps: 1, ...o }),
    {},
    { workloads: [], loads: [], steps: [], seed: ["negative", "zero"], values: ["object"] },
  ],
  "parameter of DDPG": [
    (o) => traffic.trainAgent({ steps: 1, values: { ...o } }),
    {},
    {
      ...{
        gamma: ["zero", "none"],
        tau: ["zero", "none"],
        actorRate: ["zero", "none"],
        criticRate: ["zero", "none"],
      },
      ...{ batch: ["none"], buffer: ["none"] },
    },
  ],
};

function refusalOf(call: Call, options: object): InputError | undefined {
  try {
    call(options);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return error as InputError;
  }
  return undefined;
}

describe.each(Object.entries(CALLS))("%s", (name, [call, right, taken]) => {
  it("takes what is right", () => {
    expect(refusalOf(call, right)?.message).toBeUndefined();
  });

  it.each(Object.entries(taken))("refuses wrong values of %s, and takes %j", (key, shapes) => {
    for (const [shape, value] of Object.entries(SHAPES)) {
      const refusal = refusalOf(call, { ...right, [key]: value });
      if (shapes.includes(shape as Shape)) expect(refusal?.message, shape).toBeUndefined();
      else expect(refusal?.message, shape).toContain(key.replace(/s$/, ""));
    }
  });

  it.skipIf(name === "bigSwitch")("refuses a misspelt key, and proposes the right one", () => {
    for (const key of Object.keys(taken)) {
      const misspelt = `${key.slice(0, -1)}${key.at(-1)}${key.at(-1)}`;
      expect(refusalOf(call, { ...right, [misspelt]: 1 })?.message).toContain(`(did you mean ${key}?)`);
    }
  });
});

describe("what is not an option", () => {
  const agent = traffic.shippedAgent();
  const context = { sizes, load: 0.5 };
  const mine = (thresholds: unknown) =>
    traffic.defineFlowRule({
      name: "mine",
      rule: "Gives other thresholds after each flow.",
      create: () => ({
        order: "tags",
        thresholds: [10],
        adapt: { every: 1, next: () => thresholds as number[] },
      }),
    });
  const rows: readonly (readonly [string, () => unknown, RegExp])[] = [
    [
      "no options",
      () => traffic.runRule("fair", flows, network, undefined as never),
      /give an object with sizes/,
    ],
    ["a number of options", () => traffic.runFlows(flows, network, 5 as never), /input of runFlows is 5/],
    [
      "no sizes",
      () => traffic.optimalThresholds(undefined as never, 0.5),
      /sizes of optimalThresholds is undefined: give what publ/,
    ],
    ["no flows", () => traffic.runFlows(undefined as never, network), /flowsFrom or generateFlows/],
    ["no network", () => traffic.runFlows(flows, undefined as never), /bigSwitch/],
    ["a server of no number", () => traffic.flowsFrom([{ ...flow, source: "a" as never }]), /row 1.*source/],
    ["a server above 32 bits", () => traffic.flowsFrom([{ ...flow, source: 2 ** 32 + 1 }]), /row 1.*source/],
    [
      "seconds since 1970",
      () => traffic.runFlows(traffic.flowsFrom([{ ...flow, arrival: 1.7e9 }]), network),
      /first arr/,
    ],
    [
      "far more flows than memory",
      () => traffic.generateFlows(sizes, network, { seconds: 1e6, load: 90 }),
      /the most/,
    ],
    ["a discipline", () => traffic.oneLink(sizes, 0.5, "PS" as never), /give ps or.*did you mean ps/],
    [
      "a discipline without queues",
      () => traffic.oneLink(sizes, 0.5, "ps", { thresholds: [5] }),
      /ps has no queues/,
    ],
    ["a load of 1", () => traffic.runRule("own-optimum", flows, network, { sizes, load: 1 }), /below 1/],
    [
      "a value far from a name",
      () => traffic.runFlows(flows, network, { background: "low" as never }),
      /lowest/,
    ],
    [
      "no rule",
      () => traffic.runRule(undefined as never, flows, network, context),
      /rule for flows is undefined/,
    ],
    ["fewer thresholds", () => traffic.runRule(mine([]), flows, network, context), /rule mine.*exactly 1/],
    ["more thresholds", () => traffic.runRule(mine([1, 2]), flows, network, context), /rule mine.*exactly 1/],
    [
      "thresholds of no number",
      () => traffic.runRule(mine([NaN]), flows, network, context),
      /rule mine.*entry 0/,
    ],
    ["no agent in a file", () => traffic.readAgent("null"), /lists of numbers/],
    [
      "an agent that is no function",
      () => traffic.runRule("learned", flows, network, { ...context, agent: agent as never }),
      /agentOf/,
    ],
    [
      "parameters of a rule that is not compared",
      () => traffic.compareRules([one], { rules: ["fair"], seeds: [1], parameters: { fiar: {} } }),
      /did you mean fair/,
    ],
    [
      "an action of one number",
      () => {
        const world = traffic.trafficEnvironment(environment);
        world.reset();
        world.step([1]);
      },
      /exactly 3/,
    ],
    ["rows of objects as a table", () => traffic.sizesFrom([{ bytes: 0, share: 0 }, flow] as never), /row 0/],
    ["no measured sizes", () => traffic.measuredSizes([]), /at least one/],
    ["measured sizes below 0", () => traffic.measuredSizes([5, -1]), /entry 1 is -1/],
    ["a size that many flows have", () => traffic.sizesFrom([[0, 0], [9, 0.5], [9, 1]]), /row 2.*spread/], // prettier-ignore
  ];
  it.each(rows)("%s", (_, call, message) => {
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });

  it("numbers of threads", async () => {
    for (const threads of [NaN, 0, -1, 1.5])
      await expect(traffic.trainAgents({ seeds: [1], threads })).rejects.toThrow(/threads/);
  });
});
