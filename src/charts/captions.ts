/** The part of a caption that says what was measured and what was modelled. */
import { POLICIES } from "../policies/index.js";
import { isBound, type Manifest } from "../simulate/manifest.js";
import type { Workload } from "../trace/workload.js";
import { readRows, type RowTable } from "./build/rows.js";
import type { Text } from "./figure.js";
import { isModelled, type MetricColumn } from "./labels.js";
import { say } from "./words/say.js";

/** Returns the texts one after the other, without the empty ones. */
export function joinTexts(...given: readonly Text[]): Text {
  const texts = given.filter(({ en }) => en !== "");
  return { en: texts.map(({ en }) => en).join(" "), zh: texts.map(({ zh }) => zh).join("") };
}

type Origin = Pick<Workload, "source" | "lcRule" | "provenance"> & { readonly machineCount: number };

/** Says which trace on how many machines, and whether its usage is measured or modelled. */
export function describeWorkloadOrigin(workload: Workload): Text {
  return describeOrigin({ ...workload, machineCount: workload.machines.id.length });
}

/**
 * Says what the runs have in common: trace, machines, usage measured or modelled, LC rule, sharing, migration
 * model, seeds. Where they differ it says so rather than naming the first. Names those that are bounds.
 */
export function describeRuns(runs: readonly { readonly manifest: Manifest }[]): Text {
  if (runs.length === 0) return { en: "", zh: "" };
  const manifests = runs.map(({ manifest }) => manifest);
  const origins = manifests.map(({ workload }) =>
    describeOrigin({ ...workload, provenance: workload, machineCount: workload.machines } as Origin),
  );
  const settings = manifests.map(({ simulation }) => describeSettings(simulation));
  return joinTexts(
    common(
      origins,
      say(({ captions }) => captions.differentTraces),
    ),
    common(
      settings,
      say(({ captions }) => captions.differentSettings),
    ),
    describeBounds(runs),
  );
}

function describeBounds(runs: readonly { readonly manifest: Manifest }[]): Text {
  const names = new Set(runs.filter(isBound).map(({ manifest }) => manifest.policy.name));
  return names.size === 0 ? { en: "", zh: "" } : say(({ captions }) => captions.bounds([...names]));
}

/**
 * Says what the runs of a table have in common (`experiment`), and over what they were repeated: seeds, or
 * windows of one trace. Says where they differ. Names those that are bounds. Columns that the table has not
 * are passed over.
 */
export function describeTable(runs: RowTable): Text {
  const { names, column } = readRows(runs);
  const values = (name: string): (string | number)[] =>
    names.includes(name) ? [...new Set(column(name).values)].filter((value) => value !== null) : [];
  const bounds = values("policy").map(String).filter(isBoundName);
  return joinTexts(
    describeTrace(values),
    describeChoices(values),
    describeRepetitions(values),
    bounds.length === 0 ? NOTHING : say(({ captions }) => captions.bounds(bounds)),
  );
}

/** As `describeTable` for a table with the columns of `experiment` that say what was simulated; else nothing. */
export function describeIfRuns(table: RowTable): Text {
  const { names } = readRows(table);
  return [...ORIGIN, ...MODEL, "policy"].every((name) => names.includes(name))
    ? describeTable(table)
    : NOTHING;
}

const ORIGIN = ["trace", "machines", "usage", "lcRule"];
const MODEL = ["sharing", "migration"];

type ValuesOf = (column: string) => readonly (string | number)[];

function describeTrace(values: ValuesOf): Text {
  const [traces, machines, usages, rules] = ORIGIN.map(values);
  if ([traces, machines, usages, rules].some(({ length }) => length === 0)) return NOTHING;
  if (traces.length > 1 || usages.length > 1) return say(({ captions }) => captions.differentTraces);
  const source = String(traces[0]).split(":")[0];
  const usage = String(usages[0]) as Workload["provenance"]["usage"];
  // In a table of steps, `machines` are those that were up.
  const isOfSteps = values("step").length > 0 && machines.length > 1;
  return say(({ captions }) => {
    const trace = Object.hasOwn(captions.traces, source) ? captions.traces[source] : captions.trace(source);
    const count = isOfSteps ? captions.upTo(Math.max(...machines.map(Number))) : machines.join(", ");
    return captions.origin(trace, count, undefined, captions.usage[usage], rules.join(", "));
  });
}

function describeChoices(values: ValuesOf): Text {
  const [sharing, migration] = MODEL.map((name) => values(name).map(String));
  if (sharing.length === 0 || migration.length === 0) return NOTHING;
  return say(({ captions, build }) => captions.model(build.and(sharing), build.and(migration)));
}

function describeRepetitions(values: ValuesOf): Text {
  const [seeds, windows, steps] = ["seed", "firstStep", "steps"].map((name) => values(name).map(Number));
  if (windows.length > 1) return say(({ captions }) => captions.windows(windows.length, Math.max(...steps)));
  if (seeds.length === 0) return NOTHING;
  if (seeds.length === 1) return say(({ captions }) => captions.oneRepetition);
  return say(({ captions }) => captions.seeds(seeds.length, Math.min(...seeds), Math.max(...seeds)));
}

/** Whether a policy is a built-in bound, which sees the future. */
export function isBoundName(name: string): boolean {
  return POLICIES.some((policy) => policy.name === name && policy.family === "bound");
}

const NOTHING: Text = { en: "", zh: "" };

/** Returns the words on the queueing model where one of these figures rests on it, else none. */
export function aboutTail(...metrics: readonly MetricColumn[]): Text {
  return metrics.some(isModelled) ? say(({ captions }) => captions.modelledTail) : { en: "", zh: "" };
}

/** To be added where a point of a line stands for several steps. */
export function describeGroups(group: number, stepSeconds: number): Text {
  if (group === 1) return { en: "", zh: "" };
  return say(({ captions }) => captions.groups(group, (group * stepSeconds) / 60));
}

function describeOrigin({ source, lcRule, provenance, machineCount }: Origin): Text {
  const { usage, options } = provenance;
  const seed = "seed" in options ? String(options.seed) : undefined;
  return say(({ captions }) => {
    const trace = Object.hasOwn(captions.traces, source) ? captions.traces[source] : captions.trace(source);
    return captions.origin(trace, machineCount, seed, captions.usage[usage], lcRule);
  });
}

function describeSettings(simulation: Manifest["simulation"]): Text {
  return describeModel(simulation, simulation.seed);
}

function describeModel({ sharing, migration }: Manifest["simulation"], seed?: number): Text {
  return say(({ captions }) => captions.model(sharing, migration, seed));
}

function common(texts: readonly Text[], otherwise: Text): Text {
  return texts.every(({ en }) => en === texts[0].en) ? texts[0] : otherwise;
}
