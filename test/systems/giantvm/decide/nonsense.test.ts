import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseProcStat } from "../../../../src/tools/balance/proc-stat.js";
import type { Decision, StatSample } from "../../../../src/systems/giantvm/decide/decider.js";
import { createDecider, DECIDERS, type DeciderName } from "../../../../src/systems/giantvm/decide/index.js";
import { workOn } from "./stat.js";

const NODES = [[0], [1], [2]];
const NAMES = Object.keys(DECIDERS) as DeciderName[];
/** Thresholds so low that any apparent steal causes a move. */
const EAGER: Record<DeciderName, Record<string, number>> = {
  las: { threshold: 0 },
  "las-robust": { hot: 0.4, halfLife: 0.01, cool: 1, hotSamples: 1, unknown: 0, cooldown: 1, minTicks: 1 },
};

/** The activity of three CPUs in a second, in ticks. */
const interval = fc.array(fc.record({ busy: fc.nat(50), steal: fc.nat(50) }), { minLength: 3, maxLength: 3 });

/** A /proc/stat that grows by the CPUs' activity. */
function texts(intervals: readonly (readonly { busy: number; steal: number }[])[]): string[] {
  const total = NODES.map(() => ({ busy: 1000, steal: 1000, idle: 1000 }));
  return intervals.map((uses) => {
    uses.forEach(({ busy, steal }, cpu) => {
      total[cpu].busy += busy;
      total[cpu].steal += steal;
      total[cpu].idle += 100 - busy - steal;
    });
    const lines = total.map(
      ({ busy, steal, idle }, cpu) => `cpu${cpu} ${busy} 0 0 ${idle} 0 0 0 ${steal} 0 0\n`,
    );
    return `cpu  1 2 3 4 5 6 7 8 0 0\n${lines.join("")}intr 12 0 3\nctxt 99\n`;
  });
}

/** A way to damage a text; half of them leave it intact, so that there are valid decisions in between. */
const spoil = fc.oneof(
  { weight: 8, arbitrary: fc.constant((text: string) => text) },
  fc.nat(120).map((length) => (text: string) => text.slice(0, length)),
  fc.nat(2).map((cpu) => (text: string) => text.replace(new RegExp(`^cpu${cpu} .*\n`, "m"), "")),
  fc
    .nat(9)
    .map(
      (columns) => (text: string) =>
        text.replace(/^cpu1 .*$/m, (line) => line.split(" ").slice(0, columns).join(" ")),
    ),
  fc
    .constantFrom("-1", "x", "1e3", "99999999999999999999", "")
    .map((word) => (text: string) => text.replace(/^cpu0 \d+/m, `cpu0 ${word}`)),
  fc.constant((text: string) => text.replaceAll(/\d{4}/g, "7")),
  fc.constant((text: string) => text.replaceAll(/(\d{4})/g, "9$1")),
  fc.constant((text: string) => text + text),
  fc.string().map((garbage) => () => garbage),
);

function play(name: DeciderName, samples: readonly StatSample[]): Decision[] {
  const decider = createDecider(name, NODES, EAGER[name]);
  let node = 0;
  return samples.map((sample) => {
    const decision = decider.decide(sample, [workOn(node)]);
    for (const { to } of decision.moves) node = to;
    return decision;
  });
}

describe.each(NAMES)("%s on spoilt samples", (name) => {
  it("never throws, and moves only between nodes that it can read", () => {
    let moved = 0;
    const steps = fc.array(fc.tuple(interval, spoil), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(steps, (given) => {
        const clean = texts(given.map(([uses]) => uses));
        const samples = clean.map((text, i) => parseProcStat(given[i][1](text), i));
        for (const { moves, readings } of play(name, samples)) {
          for (const { from, to } of moves) {
            moved++;
            expect(from).not.toBe(to);
            expect(readings[from].stealTicks).not.toBeNaN();
            expect(readings[to].stealTicks).not.toBeNaN();
          }
        }
      }),
      { numRuns: 200 },
    );
    // Otherwise a decider that does nothing would pass.
    expect(moved).toBeGreaterThan(0);
  });

  it.each<[string, (sample: StatSample) => StatSample]>([
    ["empty", ({ seconds }) => ({ seconds, cpus: [] })],
    [
      "counting backwards",
      ({ seconds, cpus }) => ({ seconds, cpus: cpus.map((cpu) => ({ ...cpu, steal: -cpu.steal })) }),
    ],
    ["at one moment", ({ cpus }) => ({ seconds: 5, cpus })],
    ["going back in time", ({ seconds, cpus }) => ({ seconds: -seconds, cpus })],
    ["of NaN", ({ seconds, cpus }) => ({ seconds, cpus: cpus.map((cpu) => ({ ...cpu, steal: NaN })) })],
    [
      "of other CPUs",
      ({ seconds, cpus }) => ({ seconds, cpus: cpus.map((ticks) => ({ ...ticks, cpu: ticks.cpu + 64 })) }),
    ],
    ["of more ticks than time", ({ seconds, cpus }) => ({ seconds: seconds / 1e6, cpus })],
  ])("never moves anything on samples %s", (_, spoilSample) => {
    fc.assert(
      fc.property(fc.array(interval, { minLength: 2, maxLength: 12 }), (intervals) => {
        // Every counter grows by at least a tick, so that "backwards" really decreases.
        const samples = texts(
          intervals.map((uses) => uses.map(({ busy, steal }) => ({ busy, steal: steal + 1 }))),
        ).map((text, i) => spoilSample(parseProcStat(text, i + 1)));
        expect(play(name, samples).flatMap(({ moves }) => moves)).toEqual([]);
      }),
    );
  });

  it("never moves anything where every second sample is lost", () => {
    fc.assert(
      fc.property(fc.array(interval, { minLength: 2, maxLength: 12 }), (intervals) => {
        const samples = texts(intervals).map((text, i) => parseProcStat(i % 2 === 0 ? text : "", i));
        expect(play(name, samples).flatMap(({ moves }) => moves)).toEqual([]);
      }),
    );
  });
});
