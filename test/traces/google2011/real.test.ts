import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { findFault } from "../../../src/workload/check.js";
import { openGoogle2011 } from "../../../src/traces/google2011/open.js";
import { LATENCY_CRITICAL, type Workload } from "../../../src/workload/workload.js";
import { halfOfRequest, part } from "./fixtures.js";

// Real traces, on the machines of the project's authors only: the tests are skipped where the folder is
// absent.
const DATA = resolve(import.meta.dirname, "../../../../shared/data");
const hasData = existsSync(DATA);

const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};

describe.skipIf(!hasData)("the Google trace's state at t = 0 (real data; skipped where it is absent)", () => {
  test("has the tasks, machines, requests and mix that are published of it", async () => {
    const workload = await openGoogle2011(join(DATA, "clusterdata-2011-2"), {
      machines: "all",
      parts: [0],
      steps: 1,
      createUsageModel: halfOfRequest,
    });
    expect(findFault(workload)).toBeUndefined();
    const { machines, executions } = workload;
    expect(sum(executions.initial)).toBe(132_982);
    const hosts = new Map<number, { latencyCritical: boolean; bestEffort: boolean }>();
    let [cpu, memory] = [0, 0];
    for (let execution = 0; execution < executions.job.length; execution++) {
      if (executions.initial[execution] === 0) continue;
      cpu += executions.cpuRequest[execution];
      memory += executions.memoryRequest[execution];
      const host = hosts.get(executions.machine[execution]) ?? { latencyCritical: false, bestEffort: false };
      if (executions.taskClass[execution] === LATENCY_CRITICAL) host.latencyCritical = true;
      else host.bestEffort = true;
      hosts.set(executions.machine[execution], host);
    }
    expect(hosts.size).toBe(12_489);
    expect(132_982 / hosts.size).toBeCloseTo(10.65, 2);
    const capacity = (sizes: Float64Array): number => sum(sizes.filter((_, row) => machines.up[row] === 1));
    expect(sum(machines.up)).toBe(12_477);
    expect(capacity(machines.cpu)).toBeCloseTo(6603.25, 2);
    // 5862.75 in our research notes, rounded to two digits.
    expect(Math.abs(capacity(machines.memory) - 5862.75)).toBeLessThan(0.01);
    expect(cpu / capacity(machines.cpu)).toBeCloseTo(1.13, 2);
    expect(memory / capacity(machines.memory)).toBeCloseTo(0.93, 2);
    const mixed = [...hosts.values()].filter((host) => host.latencyCritical && host.bestEffort).length;
    // 97.67 % of the 12,489, as an independent count over the CSV rows also gives. The 97.0 % of our research
    // notes does not follow from these rows with that denominator.
    expect(mixed).toBe(12_198);
    // 12,476 of the 12,477 machines at t = 0 host a task; 13 tasks run on machines that are not up
    // then.
    expect(workload.provenance.report["executions.initialOnMachineNotUp"]).toBe(13);
    // No SCHEDULE row at t = 0 lacks a request; 291 SUBMIT rows do.
    expect(workload.provenance.report["requests.imputedCpuFromTier"]).toBe(0);
  });
});

describe.skipIf(!hasData)("traces in the same layout (real data; skipped where it is absent)", () => {
  test("PlanetLab: 1,052 virtual machines for a day, all measured, on no machine", async () => {
    const workload = await openGoogle2011(join(DATA, "planetlab-20110303-as-2011"));
    expect(findFault(workload)).toBeUndefined();
    expect(workload).toMatchObject({ steps: 288, originSeconds: 600 });
    expect(workload.provenance.usage).toBe("measured");
    expect(workload.machines.id).toHaveLength(800);
    expect(new Set(workload.machines.cpu)).toEqual(new Set([0.699248, 1]));
    expect(workload.executions.job).toHaveLength(1052);
    expect(sum(workload.executions.measured)).toBe(1052);
    expect(workload.executions.machine.every((machine) => machine === -1)).toBe(true);
    expect(workload.usage.cpu).toHaveLength(302_976);
    // Rows of job 1000 in the file: its first sample is 24 % of a VM of .469925.
    expect(workload.usage.cpu[0]).toBeCloseTo(0.112782, 6);
    expect(workload.usage.memory[0]).toBeCloseTo(0.212402, 6);
    const half = await openGoogle2011(join(DATA, "planetlab-20110303-as-2011"), { machines: 400, steps: 1 });
    expect(half.executions.job.length).toBeGreaterThan(450);
    expect(half.executions.job.length).toBeLessThan(600);
  });

  test("Google 2019: raw priorities become those of 2011, ids beyond 2^32 stay", async () => {
    const workload = await openGoogle2011(join(DATA, "google2019-as-2011"));
    expect(workload.provenance.usage).toBe("measured");
    expect(workload.executions.job).toHaveLength(20);
    expect(new Set(workload.executions.priority)).toEqual(new Set([9]));
    expect(workload.executions.job.includes(380263806889n)).toBe(true);
    expect(workload.originSeconds).toBe(461_400);
    expect(workload.machines.id.includes(82974476169n)).toBe(true);
  });

  test("the small replay: events and usage of the same tasks, machines inferred", async () => {
    const workload = await openGoogle2011(join(DATA, "google2011-replay-small"), {
      machines: "all",
      steps: 17,
      createUsageModel: halfOfRequest,
    });
    const row = workload.executions.job.indexOf(3418314n);
    const samples = workload.usage.cpu.subarray(workload.usage.offsets[row], workload.usage.offsets[row + 1]);
    expect(samples).toHaveLength(17);
    expect(samples[0]).toBeCloseTo(0.0003071, 7);
    expect(workload.provenance.report["usage.maximumBelowMean"]).toBe(4);
    expect(workload.provenance.report["inferred.executions"]).toBe(0);
  });

  test("a usage sample is read, with a header line and without", async () => {
    const samples = join(DATA, "google2011-usage-samples");
    const folder = mkdtempSync(join(tmpdir(), "schedlab-real-"));
    const open = (name: string): Promise<Workload> => {
      const root = join(folder, name);
      mkdirSync(join(root, "task_usage"), { recursive: true });
      symlinkSync(join(samples, name), join(root, "task_usage", part(0).replace(".gz", "")));
      return openGoogle2011(root, { machines: "all" });
    };
    // One window of 10,000 tasks: head -1 names the columns, wc -l says 10,001.
    const window = await open("part-00000-first-10000-rows.csv");
    expect(window.executions.job).toHaveLength(10_000);
    const six = await open("six-tasks-17-windows.csv");
    expect(six.executions.job).toHaveLength(6);
    expect(six.steps).toBe(17);
    expect(six.usage.cpu).toHaveLength(102);
    expect(six.provenance.usage).toBe("measured");
    rmSync(folder, { recursive: true });
  });
});
