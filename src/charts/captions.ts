/** What charts say of where their numbers are from: what was simulated, measured and modelled. */
import { POLICIES } from "../policies/index.js";
import { isBound, type Manifest } from "../simulate/manifest.js";
import type { Workload } from "../workload/workload.js";
import { readRows, type RowTable } from "./build/rows.js";
import type { Language, Text } from "./figure.js";
import { isModelled, type MetricColumn } from "./labels.js";
import { words } from "./words/words.js";

const NOTHING: Text = { en: "", zh: "" };

/** Joins texts; skips empty texts, false and undefined. */
export function joinTexts(...given: readonly (Text | false | undefined)[]): Text {
  const texts = given.filter((text) => text !== undefined && text !== false && text.en !== "") as Text[];
  return { en: texts.map(({ en }) => en).join(" "), zh: texts.map(({ zh }) => zh).join("") };
}

/** Returns the sentences of a text in one language. */
export function sentencesOf(text: string, language: Language): string[] {
  const end = language === "en" ? /(?<=[.?!]) (?=\p{Lu})/u : /(?<=。)/u;
  return text.split(end).filter((sentence) => sentence !== "");
}

/** Where numbers are from: in a caption in a few words, with the bounds among the policies, and in full. */
export interface Origin {
  readonly basis: Text;
  readonly source: Text;
}

/** Adds to a figure or a table where its numbers are from and how they were computed. */
export function withProvenance<T extends { readonly provenance?: Text }>(
  item: T,
  ...texts: readonly (Text | false | undefined)[]
): T {
  const provenance = joinTexts(...texts);
  return provenance.en === "" ? item : { ...item, provenance };
}

/** Returns the origin of charts of these runs: `describeRuns`, and whether usage is measured or modelled. */
export function originOfRuns(runs: readonly { readonly manifest: Manifest }[]): Origin {
  const usages = runs.map(({ manifest }) => manifest.workload.usage);
  const bounds = runs.filter(isBound).map(({ manifest }) => manifest.policy.name);
  return { basis: joinTexts(basisOf(usages), markBounds(bounds)), source: describeRuns(runs) };
}

/** Returns the origin of charts of this workload. */
export function originOfWorkload(workload: Workload): Origin {
  return { basis: basisOf([workload.provenance.usage]), source: describeWorkloadOrigin(workload) };
}

type Usage = Manifest["workload"]["usage"];

/** Returns whether usage is measured or modelled, in a few words; nothing where no usage is given. */
export function basisOf(usages: readonly Usage[]): Text {
  const { basis, bothForms } = words.captions;
  if (new Set(usages).size > 1) return bothForms;
  return usages.length > 0 && Object.hasOwn(basis, usages[0]) ? basis[usages[0]] : NOTHING;
}

/** Returns the origin of charts of a table from `experiment`; nothing for other tables. */
export function originOfTable(table: RowTable): Origin {
  const { names, column } = readRows(table);
  const usages = names.includes("usage") ? column("usage").values.filter((value) => value !== null) : [];
  const policies = names.includes("policy") ? column("policy").values.map(String) : [];
  const bounds = markBounds(policies.filter(isBoundName));
  return { basis: joinTexts(basisOf(usages as Usage[]), bounds), source: describeTable(table) };
}

/** Returns which trace a workload replays, its machines, and whether its usage is measured or modelled. */
export function describeWorkloadOrigin({ source, lcRule, provenance, machines }: Workload): Text {
  return describeOrigin({ source, lcRule, ...provenance, machines: machines.id.length });
}

/**
 * Returns what the runs have in common: trace, machines, usage measured or modelled, LC rule, sharing,
 * migration model, seeds, whether the order of tasks is enforced. States where they differ, and which
 * policies are bounds.
 */
export function describeRuns(runs: readonly { readonly manifest: Manifest }[]): Text {
  const manifests = runs.map(({ manifest }) => manifest);
  const models = manifests.map(({ simulation: { sharing, migration, seed } }) =>
    words.captions.model(sharing, migration, seed),
  );
  const bounds = runs.filter(isBound).map(({ manifest }) => manifest.policy.name);
  return joinTexts(
    common(
      manifests.map(({ workload }) => describeOrigin(workload)),
      words.captions.differentTraces,
    ),
    common(models, words.captions.differentSettings),
    describeOrder(
      manifests.map(({ simulation }) => simulation.order ?? "trace"),
      manifests.flatMap(brokenShares),
    ),
    describeBounds(bounds),
  );
}

/** Returns whether the order of tasks is enforced; nothing where it is not. */
function describeOrder(orders: readonly (string | number)[], shares: readonly string[] = []): Text {
  if (!orders.includes("enforced")) return NOTHING;
  if (new Set(orders).size > 1) return words.captions.enforcedInSome;
  return words.captions.enforced(new Set(shares).size === 1 ? shares[0] : undefined);
}

/** Returns the dependencies that a trace breaks, such as "81 %"; nothing where it has none. */
function brokenShares({ workload: { dependencies } }: Manifest): string[] {
  if (dependencies === undefined || dependencies.count === 0) return [];
  return [`${Math.round((100 * dependencies.broken) / dependencies.count)} %`];
}

function common(texts: readonly Text[], otherwise: Text): Text {
  return texts.every(({ en }) => en === texts[0].en) ? (texts[0] ?? NOTHING) : otherwise;
}

/** A reader of the caption alone must not take a bound for a policy. */
function markBounds(names: readonly string[]): Text {
  return names.length === 0 ? NOTHING : words.captions.boundsShort([...new Set(names)]);
}

function describeBounds(names: readonly string[]): Text {
  return names.length === 0 ? NOTHING : words.captions.bounds([...new Set(names)]);
}

type Workloads = Pick<Manifest["workload"], "source" | "lcRule" | "usage"> & {
  readonly machines: number | string | Text;
  readonly options?: object;
};

function describeOrigin({ source, lcRule, usage, machines, options = {} }: Workloads): Text {
  const { traces, trace, origin, usage: usages } = words.captions;
  const seed = "seed" in options ? String(options.seed) : undefined;
  const name = Object.hasOwn(traces, source) ? traces[source] : trace(source);
  return origin(name, machines, seed, usages[usage], lcRule);
}

/** Returns `originOfTable` for a table with the columns of `experiment` that say what was simulated. */
export function originIfRuns(table: RowTable): Origin {
  const { names } = readRows(table);
  const isOfRuns = [...ORIGIN, ...MODEL, "policy"].every((name) => names.includes(name));
  return isOfRuns ? originOfTable(table) : { basis: NOTHING, source: NOTHING };
}

const ORIGIN = ["trace", "machines", "usage", "lcRule"];
const MODEL = ["sharing", "migration"];

/**
 * Returns what the runs of a table from `experiment` have in common, whether the replicates are seeds or
 * windows of one trace, where the runs differ, and which policies are bounds. Ignores columns that the table
 * does not have.
 */
export function describeTable(runs: RowTable): Text {
  const { names, column } = readRows(runs);
  const values: ValuesOf = (name) =>
    names.includes(name) ? [...new Set(column(name).values)].filter((value) => value !== null) : [];
  const [sharing, migration] = MODEL.map((name) => words.build.and(values(name).map(String)));
  return joinTexts(
    describeTrace(values),
    sharing.en === "" || migration.en === "" ? NOTHING : words.captions.model(sharing, migration),
    describeOrder(values("order")),
    describeReplicates(values),
    describeBounds(values("policy").map(String).filter(isBoundName)),
  );
}

type ValuesOf = (column: string) => readonly (string | number)[];

function describeTrace(values: ValuesOf): Text {
  const [traces, machines, usages, rules] = ORIGIN.map(values);
  if ([traces, machines, usages, rules].some(({ length }) => length === 0)) return NOTHING;
  if (traces.length > 1 || usages.length > 1) return words.captions.differentTraces;
  // In a table of steps, `machines` counts the machines that were up.
  const isOfSteps = values("step").length > 0 && machines.length > 1;
  return describeOrigin({
    source: String(traces[0]).split(":")[0],
    machines: isOfSteps ? words.captions.upTo(Math.max(...machines.map(Number))) : machines.join(", "),
    usage: usages[0] as Usage,
    lcRule: rules.join(", "),
  });
}

function describeReplicates(values: ValuesOf): Text {
  const [seeds, windows, steps] = ["seed", "firstStep", "steps"].map((name) => values(name).map(Number));
  if (windows.length > 1) return words.captions.windows(windows.length, Math.max(...steps));
  if (seeds.length < 2) return seeds.length === 0 ? NOTHING : words.captions.oneReplicate;
  return words.captions.seeds(seeds.length, Math.min(...seeds), Math.max(...seeds));
}

/** Whether a policy is a built-in bound, which sees the future. */
export function isBoundName(name: string): boolean {
  return POLICIES.some((policy) => policy.name === name && policy.family === "bound");
}

/** Returns the remark on the queueing model where one of these metrics depends on it; else nothing. */
export function aboutTail(...metrics: readonly MetricColumn[]): Text {
  return metrics.some(isModelled) ? words.captions.modelledTail : NOTHING;
}

/** Returns the remark for lines whose points stand for several steps. */
export function describeGroups(group: number, stepSeconds: number): Text {
  return group === 1 ? NOTHING : words.captions.groups(group, (group * stepSeconds) / 60);
}
