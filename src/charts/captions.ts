/** The part of a caption that says what was measured and what was modelled. */
import { isBound, type Manifest } from "../simulate/manifest.js";
import type { ReplicateRun } from "../simulate/replicate-run.js";
import type { Workload } from "../trace/workload.js";
import type { Text } from "./figure.js";

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
    common(origins, DIFFERENT_TRACES),
    common(settings, DIFFERENT_SETTINGS),
    describeBounds(runs),
  );
}

function describeBounds(runs: readonly { readonly manifest: Manifest }[]): Text {
  const names = new Set(runs.filter(isBound).map(({ manifest }) => manifest.policy.name));
  if (names.size === 0) return { en: "", zh: "" };
  const [en, zh] = [", ", "、"].map((comma) => Array.from(names).join(comma));
  return {
    en: `Bounds, which see the future and could not be deployed: ${en}.`,
    zh: `${zh} 预知未来，仅作为界限，无法实际部署。`,
  };
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
  if (count === 1) return { en: "One repetition.", zh: "仅一次重复。" };
  if ("firstStep" in first.workload.options) {
    const { steps } = first.workload;
    return {
      en: `${count} repetitions: windows of ${steps} steps of one trace.`,
      zh: `重复 ${count} 次：同一轨迹中各 ${steps} 步的时间窗。`,
    };
  }
  const seeds = [first.simulation.seed, last.simulation.seed];
  return {
    en: `${count} repetitions, seeds ${seeds[0]} to ${seeds[1]}; each meets every policy.`,
    zh: `重复 ${count} 次（种子 ${seeds[0]} 至 ${seeds[1]}），各策略面对相同的负载。`,
  };
}

/** To be added where the LC tail of the queueing model is shown. */
export const TAIL_IS_MODELLED: Text = {
  en: "The LC tail comes from a queueing model (M/G/m, exact Erlang C), not from measured requests.",
  zh: "时延敏感型任务的尾时延来自排队模型（M/G/m，精确 Erlang C），并非实测请求。",
};

/** Returns the words on the queueing model where one of these figures rests on it, else none. */
export function aboutTail(...names: readonly string[]): Text {
  return names.some(isModelledTail) ? TAIL_IS_MODELLED : { en: "", zh: "" };
}

/** Whether a figure rests on the queueing model rather than on CPU counted in the simulation. */
export function isModelledTail(name: string): boolean {
  return ["lcTail", "lcTailViolations", "lcHarmed", "lcSlo"].includes(name);
}

/** To be added where a point of a line stands for several steps. */
export function describeGroups(group: number, stepSeconds: number): Text {
  if (group === 1) return { en: "", zh: "" };
  const minutes = (group * stepSeconds) / 60;
  return {
    en: `Each point is the mean of ${group} steps (${minutes} min).`,
    zh: `每个点是 ${group} 步（${minutes} 分钟）的均值。`,
  };
}

function describeOrigin({ source, lcRule, provenance, machineCount }: Origin): Text {
  const usage = USAGE[provenance.usage];
  const seeded = "seed" in provenance.options ? String(provenance.options.seed) : "";
  const trace = TRACES[source] ?? { en: `trace "${source}"`, zh: `“${source}” 轨迹` };
  return {
    en:
      `${sentence(trace.en)}, ${machineCount} ` +
      `${machineCount === 1 ? "machine" : "machines"}${seeded && `, workload seed ${seeded}`}; ` +
      `${usage.en}; LC tasks by the rule ${lcRule}.`,
    zh: `${trace.zh}，${machineCount} 台机器${seeded && `，负载种子 ${seeded}`}；${usage.zh}；时延敏感型任务按规则 ${lcRule} 划分。`,
  };
}

function describeSettings(simulation: Manifest["simulation"]): Text {
  const { en, zh } = describeModel(simulation);
  const { seed } = simulation;
  return { en: `${en.slice(0, -1)}, seed ${seed}.`, zh: `${zh.slice(0, -1)}，种子 ${seed}。` };
}

function describeModel({ sharing, migration }: Manifest["simulation"]): Text {
  const free =
    migration === "free" ? { en: " (unrealistic)", zh: "（不现实，仅供比较）" } : { en: "", zh: "" };
  return {
    en: `Simulated with ${sharing} sharing and ${migration} migration${free.en}.`,
    zh: `仿真采用 ${sharing} 共享方式与 ${migration} 迁移模型${free.zh}。`,
  };
}

function common(texts: readonly Text[], otherwise: Text): Text {
  return texts.every(({ en }) => en === texts[0].en) ? texts[0] : otherwise;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const USAGE: Readonly<Record<Workload["provenance"]["usage"], Text>> = {
  measured: { en: "usage as measured in the trace", zh: "资源用量为轨迹实测" },
  modelled: {
    en: "usage modelled from published statistics, not measured",
    zh: "资源用量按公开统计数据建模，并非实测",
  },
  mixed: { en: "usage partly measured, partly modelled", zh: "资源用量部分实测、部分建模" },
};

const TRACES: Readonly<Record<string, Text>> = {
  synthetic: { en: "generated trace", zh: "合成轨迹" },
  google2011: { en: "Google 2011 trace", zh: "Google 2011 轨迹" },
  planetlab: { en: "PlanetLab trace", zh: "PlanetLab 轨迹" },
};

const DIFFERENT_TRACES: Text = { en: "The runs replay different workloads.", zh: "各次仿真使用不同的负载。" };
const DIFFERENT_SETTINGS: Text = {
  en: "The runs differ in sharing, migration model or seed.",
  zh: "各次仿真的共享方式、迁移模型或种子不同。",
};
