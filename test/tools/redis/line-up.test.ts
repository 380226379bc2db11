import { describe, expect, it } from "vitest";
import { HELD, lineUp } from "../../../src/tools/redis/line-up.js";
import { listScenarios } from "../../../src/study/scenarios.js";
import { readDesign } from "../../../src/study/design.js";
import type { PlannedRun } from "../../../src/study/sweep/sweep.js";

const [scenario] = listScenarios(await readDesign({ trace: "synthetic", policies: "random" }));

/** A run whose key begins with its workload. */
function planned(key: string): PlannedRun {
  return { key, workload: key[0], scenario, result: undefined };
}

function keys(runs: readonly PlannedRun[]): string[] {
  return lineUp(runs).map(({ run }) => run.key);
}

/** The keys in the order in which workers take them if no other worker interferes. */
function taken(runs: readonly PlannedRun[]): string[] {
  return lineUp(runs)
    .sort((a, b) => a.priority - b.priority)
    .map(({ run }) => run.key);
}

describe("lineUp", () => {
  it("offers a run of each workload first, then runs on the workload with most left", () => {
    const runs = ["a1", "b1", "c1", "a2", "b2", "b3", "b4", "c2", "c3"].map(planned);
    expect(taken(runs)).toEqual(["a1", "b1", "c1", "b2", "b3", "c2", "a2", "b4", "c3"]);
  });

  it("uses only priorities that BullMQ allows, and keeps the highest one free", () => {
    const priorities = lineUp(Array.from({ length: 100_000 }, () => planned("a"))).map(
      ({ priority }) => priority,
    );
    expect(Math.min(...priorities.slice(0, 1000))).toBeGreaterThan(HELD);
    expect(priorities.at(-1)).toBe(2 ** 21 - 1);
  });

  it("queues whole workloads, but large ones in slices of fifty runs", () => {
    expect(keys(["a1", "b1", "a2", "b2"].map(planned))).toEqual(["a1", "a2", "b1", "b2"]);
    const large = ["a", "b"].flatMap((workload) =>
      Array.from({ length: 60 }, (_, index) => planned(`${workload}${index}`)),
    );
    const entering = keys(large);
    expect(entering).toHaveLength(120);
    expect([entering[49], entering[50], entering[99]]).toEqual(["a49", "b0", "b49"]);
    expect([entering[100], entering[109], entering[110]]).toEqual(["a50", "a59", "b50"]);
  });
});
