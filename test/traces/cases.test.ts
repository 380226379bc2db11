/**
 * Small inputs that failed when strangers tried the lab, and what is right of each by its README
 * (../shared/cases; skipped where that is not there). The kinds that they are examples of have tests of their
 * own, which need no such folder.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createPolicy } from "../../src/policies/index.js";
import { simulate } from "../../src/simulate/simulate.js";
import { describeWorkload } from "../../src/workload/describe/describe.js";
import { predecessorsOf } from "../../src/workload/dependencies.js";
import { openWorkload } from "../../src/traces/open.js";
import type { Workload } from "../../src/workload/workload.js";

const CASES = "../shared/cases";

const open = (name: string, format = "alibaba2018"): Promise<Workload> =>
  openWorkload(`${format}:${join(CASES, name)}`);
const giniOf = (workload: Workload, policy: string): number =>
  simulate(workload, createPolicy(policy)).summary.gini;
const edgesOf = ({ dependencies }: Workload): number => dependencies?.after.length ?? 0;

describe.skipIf(!existsSync(CASES))("cases (skipped without ../shared/cases)", () => {
  it("alibaba-batch_task-only: executions are made of it", async () => {
    const { executions, provenance } = await open("alibaba-batch_task-only");
    // M1 has two instances of 600 s, R2_1 one.
    expect([...executions.end].map((end, execution) => end - executions.start[execution])).toEqual([
      600, 600, 600,
    ]);
    expect([...executions.machine]).toEqual([-1, -1, -1]);
    expect(provenance.report["batch.useOfPlan"]).toBe(3);
  });

  it("alibaba-batch_task-waiting: opens", async () => {
    expect((await open("alibaba-batch_task-waiting")).executions.job).toHaveLength(3);
  });

  it("alibaba-containers-at-time-0: they are there before, and no placement policy moves them", async () => {
    const workload = await open("alibaba-containers-at-time-0");
    const running = describeWorkload(workload).find(({ statistic }) => statistic === "running tasks");
    expect(running?.value).toBe(4);
    for (const policy of ["no-migration", "least-loaded", "first-fit", "round-robin"])
      expect(giniOf(workload, policy)).toBe(0.5);
  });

  it("alibaba-overcommitted-at-time-0: what the trace over-commits stays where it is", async () => {
    expect(giniOf(await open("alibaba-overcommitted-at-time-0"), "no-migration")).toBe(0.5);
  });

  it("alibaba-dag-loop: orders that lead back are counted and left out", async () => {
    const workload = await open("alibaba-dag-loop");
    expect(workload.provenance.report["batch.edgesInLoops"]).toBe(3);
    expect(edgesOf(workload)).toBe(0);
  });

  it("alibaba-no-batch_task-requests: measured use is the request, and all instances run at once", async () => {
    const workload = await open("alibaba-no-batch_task-requests");
    const { counts } = simulate(workload, createPolicy("no-migration"));
    expect([counts.waiting, counts.placed]).toEqual([0, 100]);
    expect(workload.provenance.report).toMatchObject({
      "requests.imputedCpuFromUse": 100,
      "requests.imputedMemoryFromUse": 100,
      "requests.imputedCpuFromGoogle2011": 0,
    });
  });

  it("alibaba-zero-length: a short execution, with its orders", async () => {
    const workload = await open("alibaba-zero-length");
    const { executions, dependencies } = workload;
    expect([...executions.end].map((end, execution) => end - executions.start[execution]).sort()).toEqual([
      0.5, 600, 600,
    ]);
    expect(edgesOf(workload)).toBe(2);
    // Tasks are numbered in order of name: J3_2, M1, R2_1. M1 is before R2_1, and that before J3_2.
    const before = [0, 2].map((index) => predecessorsOf(dependencies)(1n, index));
    expect(before.map(([{ firstIndex }]) => firstIndex)).toEqual([2, 1]);
    expect(workload.provenance.report["batch.zeroLength"]).toBe(1);
  });

  it("azure-readings-of-other-vms: an error where no reading is of a VM", async () => {
    await expect(open("azure-readings-of-other-vms", "azure2019")).rejects.toThrow(
      /none of \d+ readings in .* belongs to a VM in vmtable/,
    );
  });

  it("azure-release-names: opens", async () => {
    const { executions, provenance } = await open("azure-release-names", "azure2019");
    expect(executions.job).toHaveLength(3);
    expect(provenance.usage).toBe("measured");
  });

  it("csv-blank-line-at-end: empty lines are passed over", async () => {
    const { provenance } = await open("csv-blank-line-at-end");
    expect(provenance.report).toMatchObject({ "batch_instance.rows": 3, "batch_instance.skippedRows": 0 });
  });

  it("every-row-of-a-table-skipped: the semicolons of its task_events are understood", async () => {
    const { executions } = await open("every-row-of-a-table-skipped", "google2011");
    expect([...executions.taskClass, ...executions.measured]).toEqual([1, 1]);
  });

  it("no-machines-crash: one error that names the table", async () => {
    await expect(open("no-machines-crash")).rejects.toThrow(
      "no machine in this trace: no row names one; add machine_meta.csv",
    );
  });

  it("pandas-float-ids: ids with .0 are ids", async () => {
    const { machines, executions } = await open("pandas-float-ids", "google2011");
    expect([...machines.id]).toEqual([4155527081n]);
    expect(executions.job).toHaveLength(1);
  });

  it("swf-submit-unknown: a job that never ran is counted", async () => {
    const { provenance } = await open("swf-submit-unknown/log.swf", "swf");
    // Jobs 3 and 4; of job 3 the submit time is known.
    expect(provenance.report["swf.withoutExecutionTime"]).toBe(2);
  });
});

const REAL = "../shared/data";

let whole: Promise<Workload> | undefined;
/** The slices of Alibaba's tables together: more than a million executions, opened once. */
const alibaba = (): Promise<Workload> =>
  (whole ??= openWorkload(`alibaba2018:${join(REAL, "alibaba2018-real")}`, { machines: "all" }));

describe.skipIf(!existsSync(REAL))("real slices open without a flag (skipped without ../shared/data)", () => {
  it("batch_task of Alibaba: executions, orders and machine-seconds as counted from the file", async () => {
    const file = join(REAL, "alibaba2018-real/batch_task-first-12000-rows.csv.gz");
    const rows = gunzipSync(readFileSync(file))
      .toString()
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
    const workload = await alibaba();
    const { report } = workload.provenance;
    // zcat FILE | awk -F, '$5 != "Waiting" && NR > 1 {s += $2} END {print s}': 1040345 (1025009 of them
    // Terminated). The slice of container_meta and the machine_usage of four machines lie beside it: their
    // executions have jobs from 10^15 on.
    const isBatch = (job: bigint): boolean => job < 10n ** 15n;
    const batch = Array.from(workload.executions.job.keys()).filter((execution) =>
      isBatch(workload.executions.job[execution]),
    );
    const ran = rows.filter(([, , , , status]) => status !== "Waiting");
    expect(batch).toHaveLength(ran.reduce((sum, [, instances]) => sum + Number(instances), 0));
    expect(report["batch.neverRan"]).toBe(rows.length - ran.length);
    // Of what has ended: 277,021,881 s of Terminated rows by the same awk with ($7 - $6) * $2, Failed and
    // Running added; half a second each for those that begin and end in one.
    const ended = ran.filter(([, , , , , , end]) => Number(end) > 0);
    const seconds = ended.reduce(
      (sum, [, n, , , , start, end]) => sum + Number(n) * Math.max(0.5, Number(end) - Number(start)),
      0,
    );
    const { start, end, outcome } = workload.executions;
    const own = batch
      .filter((execution) => outcome[execution] !== 255)
      .reduce((sum, execution) => sum + end[execution] - start[execution], 0);
    expect(own).toBeCloseTo(seconds, 0);
    // Orders: names such as R2_1 whose number 1 is a task of the job, loops and doubles left out, counted
    // here by job and number.
    const numbers = new Map<string, string>();
    const parse = (name: string): string[] | undefined =>
      /^[A-Za-z]\d+(_|$)/.test(name) ? name.split("_") : undefined;
    for (const [task, , job] of ran) {
      const own = parse(task)?.[0].slice(1);
      if (own !== undefined) numbers.set(`${job}/${own}`, task);
    }
    const edges = ran.flatMap(([task, , job]) =>
      [...new Set(parse(task)?.slice(1) ?? [])].filter((n) => /^\d+$/.test(n) && numbers.has(`${job}/${n}`)),
    );
    expect(edgesOf(workload) + report["batch.edgesInLoops"]).toBe(edges.length);
  });

  it("containers of Alibaba at time 0 execution when it begins", async () => {
    const { executions } = await alibaba();
    // zcat container_meta-first-5000-rows.csv.gz | awk -F, '$3 == 0 {print $1}' | sort -u | wc -l: 897.
    const containers = Array.from(executions.initial.keys()).filter(
      (execution) => executions.initial[execution] === 1 && executions.job[execution] < 2n * 10n ** 15n,
    );
    expect(containers).toHaveLength(897);
  });

  it("vmtable of Azure has one execution per VM", async () => {
    const folder = join(REAL, "azure2019-real");
    // The slice's readings are of twenty other VMs.
    await expect(openWorkload(`azure2019:${folder}`)).rejects.toThrow("none of 16894 readings");
  });

  it("a month of Bitbrains", async () => {
    const { executions, usage } = await openWorkload(`bitbrains:${join(REAL, "bitbrains-real")}`);
    expect([executions.job.length, usage.cpu.length > 12 * 1500]).toEqual([12, true]);
  });
});
