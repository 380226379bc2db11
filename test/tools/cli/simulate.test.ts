import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fromCSV } from "arquero";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashModule } from "../../../src/base/own-module/hash-module.js";
import { MIGRATION_MODELS } from "../../../src/cluster/migration/presets.js";
import { LINE_UP, POLICIES } from "../../../src/policies/index.js";
import { findMetric, RUN_METRICS } from "../../../src/simulate/metrics/catalogue.js";
import { schedlab } from "./capture.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-simulate-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const SMALL = ["synthetic", "--machines", "20", "--steps", "12"];

interface Answer {
  summary: Record<string, number>;
  manifest: Record<string, Record<string, unknown>>;
  timing: Record<string, number>;
}

describe("schedlab simulate", () => {
  it("prints one object with summary, manifest and timing", async () => {
    const { code, stdout, stderr } = await schedlab("simulate", ...SMALL, "--policy", "threshold", "--json");
    expect([code, stderr]).toEqual([0, ""]);
    const { summary, manifest, timing } = JSON.parse(stdout) as Answer;
    expect(Object.keys(summary).sort()).toEqual(["policy", ...RUN_METRICS].sort());
    expect(summary.policy).toBe("threshold");
    expect(summary.utilization).toBeGreaterThan(0.2);
    expect(manifest.policy).toEqual({ name: "threshold", parameters: { hot: 0.8, cold: 0.6 } });
    expect(manifest.workload).toMatchObject({
      source: "synthetic",
      machines: 20,
      steps: 12,
      usage: "modelled",
    });
    expect(Object.keys(timing)).toEqual(
      expect.arrayContaining([
        "loadSeconds",
        "simulateSeconds",
        "taskSteps",
        "taskStepsPerSecond",
        "peakRssMb",
      ]),
    );
    expect(timing.taskSteps).toBeGreaterThan(20 * 12);
  });

  it("takes a user-defined policy by its module's path, sets parameters, and records its origin", async () => {
    const path = join(folder, "hottest.mjs");
    await writeFile(
      path,
      `const hot = { default: 0.6, unit: "load", description: "a machine above it gives work away" };
       export const hottest = {
         name: "hottest", rule: "Moves the first task of each machine above \`hot\`.", parameters: { hot },
         create: ({ hot }) => ({
           rebalance(view) {
             const above = [...Array(view.machines).keys()].filter((m) => view.load[m] > hot);
             const tasks = above.flatMap((m) => view.tasksOn(m, "best-effort").slice(0, 1));
             return tasks.map((task) => ({ task: task.id, to: view.coldest(task) })).filter(({ to }) => to >= 0);
           },
         }),
       };`,
    );
    const run = async (...more: string[]): Promise<Answer> => {
      const { code, stdout, stderr } = await schedlab(
        "simulate",
        ...SMALL,
        "--policy",
        path,
        "--json",
        ...more,
      );
      expect([code, stderr]).toEqual([0, ""]);
      return JSON.parse(stdout) as Answer;
    };
    const { summary, manifest } = await run("--set", "hot=0.5");
    expect(summary.migrations).toBeGreaterThan(0);
    expect(manifest.policy).toEqual({
      name: "hottest",
      parameters: { hot: 0.5 },
      module: { reference: path, sha256: await hashModule(path) },
    });
    // No machine is that hot.
    expect((await run("--set", "hottest.hot=1000")).summary.migrations).toBe(0);
    const compared = await schedlab(
      "compare",
      ...SMALL,
      "--policy",
      `no-migration,${path}#hottest`,
      "--set",
      "hot=0.5",
    );
    expect(compared.stdout).toMatch(/^hottest .*\nno-migration /m);
    const wrong = await schedlab("simulate", ...SMALL, "--policy", `${path}#hotest`);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain("no such export of");
    expect(wrong.stderr).toContain("hotest (did you mean hottest?); it exports: hottest");
  });

  it("prints a table with the meaning of each metric", async () => {
    const { stdout } = await schedlab("simulate", ...SMALL, "--policy", "no-migration");
    const text = stdout.replace(/\s+/g, " ");
    for (const { name, description: meaning } of RUN_METRICS.map(findMetric)) {
      expect(text).toMatch(new RegExp(` ${name} \\S+ ${meaning.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")} `));
    }
    expect(text).toMatch(/no-migration on synthetic: 20 machines, .*usage modelled; LC is class>=2 $/);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("sets parameters of the model and of the policy, and records them in the manifest", async () => {
    const set = ["--set", "hot=0.9", "--set", "linkGbps=10", "--set", "threshold.cold=0.5"];
    const { stdout } = await schedlab(
      "simulate",
      ...SMALL,
      "--policy",
      "threshold",
      ...set,
      "--sharing",
      "fair",
      "--json",
    );
    const { manifest } = JSON.parse(stdout) as Answer;
    expect(manifest.policy.parameters).toEqual({ hot: 0.9, cold: 0.5 });
    expect(manifest.simulation).toMatchObject({ sharing: "fair", model: { linkGbps: 10 } });
  });

  it("lists every migration model in its help, and accepts it", async () => {
    const { stdout } = await schedlab("simulate", "--help");
    for (const name of MIGRATION_MODELS) expect(stdout).toMatch(new RegExp(`^  ${name} +\\S`, "m"));
    const given = ["simulate", ...SMALL, "--policy", "threshold", "--json", "--migration", "giantvm"];
    const { summary, manifest } = JSON.parse((await schedlab(...given)).stdout) as {
      summary: { moves: number; downtimeSeconds: number };
      manifest: { simulation: { migration: string } };
    };
    expect(manifest.simulation.migration).toBe("giantvm");
    expect(summary.downtimeSeconds).toBe(0);
  });

  it("enforces the order of tasks, and tells how much of it the trace breaks", async () => {
    await writeFile(
      join(folder, "tasks.csv"),
      "id,start,end,cpu,after\na,0,900,.1,\nb,300,600,.1,a\nc,900,1200,.1,a\n",
    );
    const columns = Object.fromEntries(["id", "start", "end", "cpu", "after"].map((name) => [name, name]));
    const spec = { machines: { count: 1 }, tasks: { file: "tasks.csv", columns } };
    await writeFile(join(folder, "own.json"), JSON.stringify(spec));
    const own = [`table:${join(folder, "own.json")}`, "--policy", "no-migration"];
    const told = "the trace itself breaks 1 of 2 dependencies (50 %)";
    for (const command of ["simulate", "compare"]) {
      const flat = async (...more: string[]): Promise<string> =>
        (await schedlab(command, ...own, ...more)).stdout.replaceAll(/\s+/g, " ");
      expect(await flat("--order", "enforced")).toContain(told);
      expect(await flat()).not.toContain("order");
    }
    // b comes to its machine at 900 s, when a has ended.
    const { stdout } = await schedlab("simulate", ...own, "--order", "enforced", "--json");
    const { manifest, summary } = JSON.parse(stdout) as Answer;
    expect(manifest.simulation.order).toBe("enforced");
    expect(manifest.workload.dependencies).toEqual({ count: 2, broken: 1 });
    expect(summary.ended).toBe(3);
    const none = await schedlab("simulate", ...SMALL, "--policy", "random", "--order", "enforced");
    expect(none.stdout).toContain("the trace says nothing of the order of its tasks");
  });

  it("is reproducible, and differs for another seed", async () => {
    const answer = async (seed: string): Promise<string> => {
      const { stdout } = await schedlab("simulate", ...SMALL, "--policy", "random", "--seed", seed, "--json");
      const { timing: _timing, ...rest } = JSON.parse(stdout) as Answer;
      return JSON.stringify(rest);
    };
    expect(await answer("1")).toBe(await answer("1"));
    expect(await answer("1")).not.toBe(await answer("2"));
  });

  it.each([
    [["--policy", "nosuch"], /^schedlab: unknown policy: nosuch; known: no-migration, .*\n$/],
    [
      ["--policy", "threshold", "--set", "hott=1"],
      /unknown --set key: hott \(did you mean hot\?\); known: hot, threshold\.hot, /,
    ],
    [["--policy", "threshold", "--set", "moves=1"], /unknown --set key: moves/],
    [["--policy", "threshold", "--set", "hot"], /Give key=value with a number, such as hot=0\.9\./],
    [["--policy", "threshold", "--set", "hot=warm"], /Give key=value with a number/],
    [
      ["--policy", "threshold", "--set", "hot=-1"],
      /invalid hot of policy threshold: -1; it must be at least 0/,
    ],
    [["--policy", "threshold", "--sharing", "rude"], /Allowed choices are lc-first, fair/],
    [["--policy", "threshold", "--order", "forced"], /Allowed choices are trace, enforced/],
    [[], /required option '--policy <name>' not specified/],
  ])("refuses %j in one line, exit 2", async (argv, message) => {
    const { code, stdout, stderr } = await schedlab("simulate", ...SMALL, ...argv);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(stderr.split("\n")).toHaveLength(2);
  });
});

describe("schedlab compare", () => {
  it("prints one object per policy, in the given order, and one manifest", async () => {
    const { stdout } = await schedlab("compare", ...SMALL, "--policy", "threshold,no-migration", "--json");
    const { summary, manifest } = JSON.parse(stdout) as {
      summary: { policy: string }[];
      manifest: Answer["manifest"];
    };
    expect(summary.map(({ policy }) => policy)).toEqual(["threshold", "no-migration"]);
    expect(manifest.policies).toEqual([
      { name: "threshold", parameters: { hot: 0.8, cold: 0.6 } },
      { name: "no-migration", parameters: {} },
    ]);
    expect(manifest.simulation).toMatchObject({
      seed: 1,
      steps: 12,
      sharing: "lc-first",
      migration: "pre-copy",
    });
  });

  it("takes a user-defined policy by the path of its module, and records it", async () => {
    const own = fileURLToPath(new URL("../../your-own/own-parts.mjs", import.meta.url));
    const policies = `no-migration,${own}#drain`;
    const out = join(folder, "own");
    const { stdout, code } = await schedlab(
      "compare",
      ...SMALL,
      "--policy",
      policies,
      "--set",
      "drain.hot=0.5",
      "--out",
      out,
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^policy .*\n(no-migration|drain) .*\n(no-migration|drain) /m);
    const manifest = JSON.parse(
      await readFile(join(out, "drain", "manifest.json"), "utf8"),
    ) as Answer["manifest"];
    expect(manifest.policy).toMatchObject({
      name: "drain",
      parameters: { hot: 0.5 },
      module: { reference: `${own}#drain`, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    });
  });

  it("compares the line-up by default, and writes complete tables and manifests", async () => {
    const out = join(folder, "all");
    const { code, stdout } = await schedlab("compare", ...SMALL, "--out", out);
    expect(code).toBe(0);
    const names = [...LINE_UP];
    // Two tables of five metrics each.
    const printed = stdout.split("\n").map((line) => line.split(" ")[0]);
    for (const name of names) expect(printed.filter((word) => word === name)).toHaveLength(2);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect((await readdir(out)).sort()).toEqual(["schedlab.json", "summary.csv", ...names].sort());
    const table = fromCSV(await readFile(join(out, "summary.csv"), "utf8"));
    expect(table.numRows()).toBe(names.length);
    expect(table.columnNames()).toEqual(["policy", ...RUN_METRICS]);
    for (const name of names) {
      expect((await readdir(join(out, name))).sort()).toEqual([
        "manifest.json",
        "migrations.csv",
        "steps.csv",
        "tasks.csv",
      ]);
      const steps = fromCSV(await readFile(join(out, name, "steps.csv"), "utf8"));
      expect(steps.numRows()).toBe(12);
    }
  });

  it("compares all policies for `all`", async () => {
    const { stdout } = await schedlab("compare", ...SMALL, "--policy", "all", "--json");
    const { summary } = JSON.parse(stdout) as { summary: { policy: string }[] };
    expect(summary.map(({ policy }) => policy)).toEqual(POLICIES.map(({ name }) => name));
  });

  it("says which rows are bounds, in words and in the manifest", async () => {
    const { stdout } = await schedlab("compare", ...SMALL, "--policy", "threshold,oracle,lookahead");
    expect(stdout).toMatch(/\nbounds, which see the future and could not be deployed: oracle, lookahead\n$/);
    const json = await schedlab("compare", ...SMALL, "--policy", "threshold,oracle", "--json");
    const { manifest } = JSON.parse(json.stdout) as { manifest: Answer["manifest"] };
    expect(manifest.policies).toMatchObject([{ name: "threshold" }, { name: "oracle", foresight: true }]);
    const plain = await schedlab("compare", ...SMALL, "--policy", "threshold");
    expect(plain.stdout).not.toContain("bounds");
  });

  it("leaves nothing behind where it cannot write", async () => {
    const file = join(folder, "taken");
    await writeFile(file, "mine");
    const { code, stderr } = await schedlab("compare", ...SMALL, "--policy", "random", "--out", file);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^schedlab: cannot write .*taken.*\n$/);
    expect(await readFile(file, "utf8")).toBe("mine");
  });

  it("names a policy's unknown parameter among several policies", async () => {
    const { code, stderr } = await schedlab(
      "compare",
      ...SMALL,
      "--policy",
      "random,threshold",
      "--set",
      "threshold.x=1",
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/unknown --set key: threshold\.x/);
  });
});

describe("schedlab policies", () => {
  it("lists every policy with its rule, and the model's parameters", async () => {
    const { code, stdout } = await schedlab("policies");
    expect(code).toBe(0);
    const text = stdout.replace(/\s+/g, " ");
    for (const { name, family, rule } of POLICIES) expect(text).toContain(` ${name} ${family} ${rule} `);
    expect(stdout).toMatch(/^linkGbps +1 +Gbit\/s, 0\.000001 to 10000: each machine's link/m);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("shows one policy: source, deviations, parameters", async () => {
    const { stdout } = await schedlab("policies", "steal-time");
    expect(stdout).toContain("GiantVM");
    expect(stdout).toMatch(/^threshold +0\.0125/m);
  });

  it("prints JSON that a script can read", async () => {
    const { stdout } = await schedlab("policies", "--json");
    const { policies, model } = JSON.parse(stdout) as { policies: { name: string }[]; model: object };
    expect(policies.map(({ name }) => name)).toEqual(POLICIES.map(({ name }) => name));
    expect(model).toHaveProperty("linkGbps.default", 1);
  });
});
