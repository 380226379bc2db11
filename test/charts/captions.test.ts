import { from, type ColumnTable } from "arquero";
import { describe, expect, it } from "vitest";
import {
  basisOf,
  describeGroups,
  describeRuns,
  describeTable,
  describeWorkloadOrigin,
  joinTexts,
} from "../../src/charts/captions.js";
import { bars } from "../../src/charts/build/bars.js";
import { paperTable } from "../../src/charts/build/paper-table.js";
import type { Run } from "../../src/simulate/simulate.js";
import { tableOfRuns } from "../study/made-up-table.js";
import { tinyWorkload } from "../tiny-workload.js";
import { madeUpRun } from "./made-up-runs.js";

describe("describeRuns", () => {
  it("says where the load comes from, whether it is measured, and how it was simulated", () => {
    expect(describeRuns([madeUpRun({ policy: "a" })])).toEqual({
      en:
        "Generated trace, 8 machines, workload seed 7; usage modelled from published statistics, not " +
        "measured; LC tasks by the rule class>=2. Simulated with lc-first sharing and pre-copy migration, seed 1.",
      zh:
        "合成轨迹，8 台机器，负载种子 7；资源用量按公开统计数据建模，并非实测；时延敏感型任务按规则 class>=2 划分。仿真采用 lc-first 共享方式与 pre-copy 迁移模型，种子 " +
        "1。",
    });
  });

  it("does not describe only the first of several different runs", () => {
    const runs = [madeUpRun({ policy: "a" }), madeUpRun({ policy: "b", usage: "measured", seed: 2 })];
    expect(describeRuns(runs).en).toBe(
      "The runs replay different workloads. The runs differ in sharing, migration model or seed.",
    );
  });
});

describe("where the order of tasks is enforced", () => {
  const enforced = (policy: string, broken: number): Run => {
    const { manifest, ...run } = madeUpRun({ policy });
    const workload = { ...manifest.workload, dependencies: { count: 8, broken } };
    const simulation = { ...manifest.simulation, order: "enforced" } as const;
    return { ...run, manifest: { ...manifest, workload, simulation } };
  };

  it("tells it, and how much of it the trace breaks", () => {
    const told = "Tasks wait until those that they come after have ended";
    const broken = `${told}; the trace itself breaks 75 % of these dependencies.`;
    expect(describeRuns([enforced("a", 6), enforced("b", 6)]).en).toContain(broken);
    expect(describeRuns([enforced("a", 6), enforced("b", 2)]).en).toContain(`${told}.`);
    expect(describeRuns([enforced("a", 6), madeUpRun({ policy: "b" })]).en).toContain(
      "In some of the runs, tasks wait until",
    );
    const runs = tableOfRuns([[madeUpRun({ policy: "a" })]]);
    expect(describeTable(runs.derive({ order: () => "enforced" })).en).toContain(`${told}.`);
    expect(describeTable(runs.derive({ order: () => "trace" })).en).not.toContain(told);
  });
});

describe("describeTable", () => {
  const runs = tableOfRuns([1, 2, 3].map((seed) => [madeUpRun({ policy: "a", seed })]));
  const windows = (count: number): ColumnTable =>
    from(
      Array.from({ length: count }, (_, i) => ({ steps: 12, policy: "a", seed: i + 1, firstStep: 12 * i })),
    );

  it("says whether the replicates are seeds or windows", () => {
    expect(describeTable(runs).en).toBe(
      "Generated trace, 8 machines; usage modelled from published statistics, not measured; LC tasks by " +
        "the rule class>=2. Simulated with lc-first sharing and pre-copy migration. 3 replicates, seeds 1 to 3; each meets every policy.",
    );
    expect(describeTable(windows(2)).en).toBe("2 replicates: windows of 12 steps of one trace.");
    expect(describeTable(windows(2)).zh).toBe("重复 2 次：同一轨迹中各 12 步的时间窗。");
    expect(describeTable(windows(1)).en).toBe("One replicate.");
  });

  it("names all values of differing columns, and the bounds", () => {
    const both = runs.concat(runs.derive({ sharing: () => "fair", policy: () => "oracle" }));
    expect(describeTable(both).en).toContain(
      "Simulated with lc-first and fair sharing and pre-copy migration.",
    );
    expect(describeTable(both).en).toContain(
      "Bounds, which see the future and could not be deployed: oracle.",
    );
    const traces = runs.concat(runs.derive({ trace: () => "planetlab:x" }));
    expect(describeTable(traces).en).toMatch(/^The runs replay different workloads\./);
    expect(describeTable(from([{ x: 1 }]))).toEqual({ en: "", zh: "" });
  });
});

it("a workload that is measured says so", () => {
  const workload = tinyWorkload({ machines: [{}], steps: 1, tasks: [{ cpu: [0.1] }] });
  expect(describeWorkloadOrigin(workload).en).toBe(
    'Trace "tiny", 1 machine; usage as measured in the trace; LC tasks by the rule class>=2.',
  );
});

it("a point that stands for several steps says for how many minutes", () => {
  expect(describeGroups(15, 300).en).toBe("Each point is the mean of 15 steps (75 min).");
  expect(joinTexts(describeGroups(1, 300), { en: "b.", zh: "乙。" })).toEqual({ en: "b.", zh: "乙。" });
});

describe("a chart of a table of runs", () => {
  const runs = tableOfRuns([1, 2].map((seed) => [madeUpRun({ policy: "a", seed })]));
  const columns = { x: "policy", y: "gini", color: "seed" } as const;
  const about = "Generated trace, 8 machines; usage modelled from published statistics, not measured;";

  it("states the origin of its numbers if the table has it: in the caption shortly, else in full", () => {
    const { caption, provenance } = bars(runs, columns);
    expect(caption.en).toMatch(/\. Usage modelled\.$/);
    expect(provenance?.en).toContain(about);
    const mine = paperTable(runs, { name: "mine", caption: "Mine.", method: "Sums." });
    expect(mine.caption.en).toBe("Mine. Usage modelled.");
    expect(mine.provenance?.en.startsWith(`Sums. ${about}`)).toBe(true);
    const plain = bars(runs.select("policy", "seed", "gini"), columns);
    expect(plain.caption.en).toBe("Gini coefficient by policy. One color for each value of seed.");
    expect(plain).not.toHaveProperty("provenance");
  });

  it("can state another origin, as a text or as the table behind the numbers", () => {
    const said = bars(runs, { ...columns, source: "Mine.", basis: "Measured." });
    expect(said.caption.en).toMatch(/ Measured\.$/);
    expect(said.provenance?.en).toBe("Mine.");
    const few = runs.select("policy", "seed", "gini");
    const { caption, provenance } = bars(few, { ...columns, source: runs });
    expect(caption.zh).toMatch(/用量为建模所得。$/);
    expect(provenance?.en).toContain(about);
    expect(provenance?.zh).toContain("合成轨迹，8 台机器；");
  });

  it("knows that a table of steps counts the machines that were up", () => {
    const steps = runs.derive({ step: () => 0, machines: (row: { seed: number }) => 6 + row.seed });
    expect(bars(steps, columns).provenance?.en).toContain("Generated trace, up to 8 machines;");
  });

  it("says it where some usage is measured and some is modelled", () => {
    expect(basisOf(["measured", "measured"]).en).toBe("Usage measured.");
    expect(basisOf(["measured", "modelled"]).en).toBe("Usage measured in some runs, modelled in others.");
    expect(basisOf([]).en).toBe("");
  });
});
