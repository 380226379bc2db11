/** The part of a caption that says what was measured and what was modelled. */
import { isBound, type Manifest } from "../simulate/manifest.js";
import type { ReplicateRun } from "../simulate/replicate-run.js";
import type { Workload } from "../trace/workload.js";
import type { Text } from "./figure.js";
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

/** Says what repetitions have in common, and over what they were repeated: seeds, or windows of one trace. */
export function describeReplicates(replicates: readonly (readonly ReplicateRun[])[]): Text {
  const firsts = replicates.map(([run]) => run.manifest);
  const [{ workload, simulation }] = firsts;
  const provenance = { ...workload, options: {} };
  const origin = describeOrigin({ ...workload, provenance, machineCount: workload.machines } as Origin);
  return joinTexts(
    origin,
    describeModel(simulation),
    describeRepetitions(firsts),
    describeBounds(replicates[0]),
  );
}

function describeRepetitions(manifests: readonly Manifest[]): Text {
  const count = manifests.length;
  const [first, last] = [manifests[0], manifests[count - 1]];
  if (count === 1) return say(({ captions }) => captions.oneRepetition);
  if ("firstStep" in first.workload.options) {
    return say(({ captions }) => captions.windows(count, first.workload.steps));
  }
  return say(({ captions }) => captions.seeds(count, first.simulation.seed, last.simulation.seed));
}

/** Returns the words on the queueing model where one of these figures rests on it, else none. */
export function aboutTail(...names: readonly string[]): Text {
  return names.some(isModelledTail) ? say(({ captions }) => captions.modelledTail) : { en: "", zh: "" };
}

/** Whether a figure rests on the queueing model rather than on CPU counted in the simulation. */
function isModelledTail(name: string): boolean {
  return ["lcTail", "lcTailViolations", "lcHarmed", "lcSlo"].includes(name);
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
