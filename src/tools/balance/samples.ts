/** The sources of samples: the running machine, or a recording. */
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { setImmediate, setTimeout } from "node:timers/promises";
import { InputError } from "../../base/errors.js";
import type { StatSample, Work } from "../../systems/giantvm/decide/decider.js";
import { readNodes } from "../../systems/giantvm/decide/readings.js";
import { parseProcStat } from "./proc-stat.js";
import type { RecordedSample } from "./recording.js";
import type { ReadUsage } from "./usage.js";
import type { Node } from "./topology.js";

/** A sample, and the work at the same time. */
export interface Observation {
  readonly sample: StatSample;
  readonly work: readonly Work[];
  /** The text of /proc/stat; "" for a recording. */
  readonly stat: string;
}

/** Returns the text of /proc/stat. Throws InputError where there is none. */
export function readProcStat(): string {
  try {
    return readFileSync("/proc/stat", "utf8");
  } catch {
    throw new InputError("no /proc/stat: schedlab balance needs Linux; replay a recording with --replay");
  }
}

/** Observes the machine immediately and then every `interval` seconds, until the signal aborts. */
export async function* liveSamples(
  interval: number,
  readUsage: ReadUsage,
  signal: AbortSignal,
): AsyncGenerator<Observation> {
  const began = performance.now();
  for (let count = 1; !signal.aborted; count++) {
    const stat = readProcStat();
    const seconds = (performance.now() - began) / 1000;
    yield { sample: parseProcStat(stat, seconds), work: readUsage(seconds), stat };
    const wait = Math.max(0, began + 1000 * interval * count - performance.now());
    await setTimeout(wait, undefined, { signal }).catch(() => undefined);
  }
}

/**
 * Observes a recording without waiting. The node of the work comes from `placedWork`. Its usage comes from
 * the recording, matched by position; where that is missing, the CPU is the busy time of its node.
 */
export async function* recordedSamples(
  recording: readonly RecordedSample[],
  nodes: readonly Node[],
  placedWork: () => readonly Work[],
  signal: AbortSignal,
): AsyncGenerator<Observation> {
  let before: StatSample | undefined;
  for (const { sample, work: recorded } of recording) {
    // Yield, so that signals are handled during a long recording.
    await setImmediate();
    if (signal.aborted) return;
    const busy = readNodes(
      before,
      sample,
      nodes.map(({ cpus }) => cpus),
    ).map(({ busyShare, cpus }) => (cpus > 0 ? busyShare * cpus : 0));
    before = sample;
    const work = placedWork().map(({ id, node }, i) => ({
      id,
      node,
      cpu: recorded?.at(i)?.cpu ?? (node >= 0 ? busy[node] : busy.reduce((sum, cpus) => sum + cpus, 0)),
      workingSet: recorded?.at(i)?.workingSet ?? 0,
    }));
    yield { sample, work, stat: "" };
  }
}
