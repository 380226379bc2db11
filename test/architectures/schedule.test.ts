import { randomExponential } from "d3-random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { randomStream } from "../../src/base/random.js";
import { createPolicy } from "../../src/policies/resolve.js";
import {
  ARCHITECTURES,
  clusterOf,
  defineArchitecture,
  jobsFrom,
  jobTimes,
  offersTable,
  schedule,
  scheduleMetrics,
  schedulersTable,
  schedulesTable,
  tasksTable,
  jobsTable,
  type ArchitectureDefinition,
  type CellParts,
  type Schedule,
} from "../../src/systems/architectures/index.js";

const sorted = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b);

describe("values computed by hand", () => {
  it("a monolithic scheduler's queue: job i arrives at i with i tasks and a think time of 1 + i", () => {
    const jobs = jobsFrom([1, 2, 3, 4].map((i) => ({ arrival: i, tasks: i, duration: 1 })));
    const { jobs: record } = schedule(jobs, clusterOf({ machines: 10, slots: 4 }), "monolithic-single", {
      parameters: { job: 1, task: 1 },
    });
    expect([...record.queuedTillFirst]).toEqual([0, 1, 3, 6]);
    expect([...record.useful]).toEqual([2, 3, 4, 5]);
  });

  it("40 jobs of one task, think time 2, job i takes i: the last one ends at 121", () => {
    const jobs = jobsFrom(Array.from({ length: 40 }, (_, i) => ({ arrival: i + 1, duration: i + 1 })));
    const { tasks } = schedule(jobs, clusterOf({ machines: 40, slots: 1 }), "monolithic-single", {
      parameters: { job: 2, task: 0 },
    });
    expect(Math.max(...tasks.end)).toBe(121);
  });

  it("late binding on one slot: probe at .5, task at 1.5, next request when the first task ends", () => {
    const jobs = jobsFrom([{ arrival: 0, durations: [10, 20] }]);
    const { tasks, messages } = schedule(jobs, clusterOf({ machines: 1, slots: 1 }), "sparrow", {
      parameters: { delay: 0.5, probeRatio: 1 },
    });
    expect([...tasks.start]).toEqual([1.5, 12.5]);
    expect([...tasks.end]).toEqual([11.5, 32.5]);
    // Two probes, two requests, two answers.
    expect(messages).toBe(6);
  });

  it("an offer locks all that is free until the answer: the other framework waits for the next offer", () => {
    const jobs = jobsFrom([
      { arrival: 0, class: "Batch", duration: 100 },
      { arrival: 0, class: "Service", duration: 100 },
    ]);
    const made = schedule(jobs, clusterOf({ machines: 2, slots: 2 }), "mesos-offers", {
      parameters: { leastCpu: 1, leastMemory: 0, batchJob: 4, batchTask: 0, serviceJob: 3, serviceTask: 0 },
    });
    const { tasks } = made;
    // Batch: the offer is built at 1, takes .001 to make and 4 to answer. Then: the interval, .001, and 3 for
    // Service.
    expect(tasks.start[0]).toBeCloseTo(5.001, 9);
    expect(tasks.start[1]).toBeCloseTo(5.001 + 1 + 0.001 + 3, 9);
    const offers = offersTable(made);
    expect(offers.array("framework")).toEqual(["Batch-1", "Service-1"]);
    expect(offers.array("from")).toEqual([1, tasks.start[0] + 1]);
    expect(offers.array("to")).toEqual([...tasks.start]);
    // Batch has launched a task on one agent, which has another free slot.
    expect(offers.array("agents")).toEqual([2, 2]);
    expect(offers.array("tasks")).toEqual([1, 1]);
  });

  it("Mesos offers whole agents to the framework with the least share, for two messages", () => {
    const jobs = jobsFrom([
      { arrival: 0, class: "a", cpu: 1, duration: 9 },
      { arrival: 2, class: "b", cpu: 2, duration: 9 },
    ]);
    const made = schedule(jobs, clusterOf({ machines: 2, slots: 2 }), "mesos-drf", {
      parameters: { delay: 0.25, refuseFor: 0 },
      horizon: 2.6,
    });
    // A job's message arrives after .25; offers and answer take .25 each.
    expect(offersTable(made).objects()).toEqual([
      { framework: "a", from: 0.25, to: 0.75, agents: 2, tasks: 1 },
      { framework: "b", from: 2.25, to: 2.75, agents: 2, tasks: 1 },
    ]);
    const cut = schedule(jobs, clusterOf({ machines: 2, slots: 2 }), "mesos-drf", {
      parameters: { delay: 0.25 },
      horizon: 0.3,
    });
    expect(offersTable(cut).objects()).toMatchObject([{ framework: "a", to: NaN, agents: 2, tasks: 0 }]);
    expect(() => offersTable(schedule(jobs, clusterOf({ machines: 1, slots: 2 }), "omega"))).toThrow(
      "architecture omega makes no offers",
    );
  });

  it("Omega: of two schedulers that claim the last slot, the slower one has a conflict and retries", () => {
    const jobs = jobsFrom([
      { arrival: 0, class: "Batch", duration: 10 },
      { arrival: 0, class: "Service", duration: 10 },
    ]);
    const {
      tasks,
      schedulers,
      jobs: record,
    } = schedule(jobs, clusterOf({ machines: 1, slots: 1 }), "omega", {
      parameters: { batchJob: 1, batchTask: 0, serviceJob: 2, serviceTask: 0 },
    });
    expect(tasks.start[0]).toBe(1);
    expect(schedulers.map(({ taskConflicts }) => taskConflicts)).toEqual([0, 1]);
    expect(record.wasted[1]).toBeGreaterThanOrEqual(2);
    // It tries again every 3 s. The snapshot at 12 shows that the slot is free, and the task begins at 14.
    expect(tasks.start[1]).toBe(14);
  });

  it("delay scheduling skips agents without the data, and launches on any agent after enough skips", () => {
    const jobs = jobsFrom(Array.from({ length: 30 }, (_, i) => ({ arrival: i, duration: 0.25 })));
    const near = (skips: number): number => {
      const result = schedule(jobs, clusterOf({ machines: 20, slots: 1 }), "mesos-drf", {
        parameters: { copies: 2, skips, leastMemory: 0 },
      });
      for (const left of result.jobs.unplaced) expect(left).toBe(0);
      return result.near!.reduce((sum, one) => sum + one, 0);
    };
    expect(near(0)).toBeLessThan(15);
    expect(near(1000)).toBe(30);
  });
});

describe("mesos-offers without a horizon", () => {
  const jobs = jobsFrom([{ arrival: 0, durations: [10, 10] }]);
  const parameters = { leastCpu: 0, leastMemory: 0 };

  it("ends in mode omega-sim on machines without memory, where the program would never stop offering", () => {
    const options = { mode: "omega-sim", parameters };
    const { tasks } = schedule(jobs, clusterOf({ machines: 2, slots: 1 }), "mesos-offers", options);
    expect([...tasks.machine]).toEqual([-1, -1]);
  });

  it("waits for room without empty offers", () => {
    const prefill = jobsFrom([{ arrival: 0, class: "Prefill", cpu: 2, memory: 1, duration: 50 }]);
    const { tasks } = schedule(jobs, clusterOf({ machines: 1, cpu: 2, memory: 4 }), "mesos-offers", {
      prefill,
      parameters: { ...parameters, batchJob: 4, batchTask: 0 },
    });
    // The prefill ends at 50; the offer is built 1 s later and takes .001 to make and 4 to answer.
    expect(tasks.start[0]).toBeCloseTo(55.001, 9);
  });
});

it("late binding with probes of all workers and no delay starts tasks when the omniscient scheduler does", () => {
  const rows = fc.array(
    fc.record({
      arrival: fc.integer({ min: 0, max: 20 }),
      durations: fc.array(fc.constantFrom(0.5, 1, 7), { minLength: 1, maxLength: 5 }),
    }),
    { minLength: 1, maxLength: 15 },
  );
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 5 }), (given, machines) => {
      const jobs = jobsFrom(given);
      const cluster = clusterOf({ machines, slots: 1 });
      const late = schedule(jobs, cluster, "sparrow", { parameters: { delay: 0, probeRatio: machines } });
      const central = schedule(jobs, cluster, "omniscient", { parameters: { delay: 0 } });
      expect(sorted(late.tasks.start)).toEqual(sorted(central.tasks.start));
    }),
    { numRuns: 60 },
  );
});

describe("closed forms: the probability that no task of a job waits, workers with one slot", () => {
  const workers = 500;
  const [load, tasks, batches] = [0.5, 3, 20];
  const random = randomStream(7, "workload", "closed-forms");
  const gap = randomExponential.source(random)((load * workers) / tasks);
  const duration = randomExponential.source(random)(1);
  let now = 0;
  const jobs = jobsFrom(
    Array.from({ length: 16_000 }, () => ({
      arrival: (now += gap()),
      durations: Array.from({ length: tasks }, duration),
    })),
  );
  // (1 - rho)^m, (1 - rho^2)^m and sum over i = 3..6 of C(6, i) / 2^6.
  it.each([
    ["random-sampling", 0.125],
    ["per-task-sampling", 0.421875],
    ["batch-sampling", 42 / 64],
  ])("%s: %f", (name, expected) => {
    const parameters = { delay: 0, probeRatio: 2 };
    const { waitToFull } = jobTimes(
      schedule(jobs, clusterOf({ machines: workers, slots: 1 }), name, { parameters }),
    );
    // The cluster is empty at first. Means over many successive jobs are nearly independent; single jobs are
    // not.
    const counted = waitToFull.subarray(2000);
    const size = Math.floor(counted.length / batches);
    const means = Array.from({ length: batches }, (_, i) => {
      const stretch = counted.subarray(i * size, (i + 1) * size);
      return stretch.reduce((sum, wait) => sum + (wait < 1e-9 ? 1 : 0), 0) / size;
    });
    const mean = means.reduce((sum, one) => sum + one, 0) / batches;
    const variance = means.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (batches - 1);
    expect(Math.abs(mean - expected)).toBeLessThan(4 * Math.sqrt(variance / batches));
  });
});

describe("metrics and tables", () => {
  const jobs = jobsFrom([
    { id: "a", arrival: 0, durations: [10, 20] },
    { id: "b", arrival: 0, class: "Service", duration: 30 },
  ]);
  // Two slots: a's tasks begin at 0; b waits until 10.
  const result = schedule(jobs, clusterOf({ machines: 1, slots: 2 }), "omniscient", {
    parameters: { delay: 0 },
  });

  it("equal the values computed by hand", () => {
    const metrics = scheduleMetrics(result, { waitObjective: 5 });
    expect(metrics).toMatchObject({
      responseMean: (20 + 40) / 2,
      responseP50: 30,
      slowdownMean: (20 / 20 + 40 / 30) / 2,
      waitToFirstMean: 5,
      waitToFullMean: 5,
      overWaitObjective: 0.5,
      unfinished: 0,
      abandoned: 0,
      makespan: 40,
      cpuUse: (10 + 20 + 30) / (2 * 40),
      messagesPerTask: 2,
    });
    // Shares of the two slots: 1 and 0 from 0 to 10 s, .5 and .5 until 20 s, 0 and .5 until 40 s.
    expect(metrics.dominantShareGap).toBeCloseTo((10 * 1 + 20 * 0.5) / 40, 12);
    expect(metrics.busyness).toBeNaN();
  });

  it("makes tables of jobs, tasks, schedulers and schedules", () => {
    expect(jobsTable(result).objects()).toMatchObject([
      { job: "a", class: "Batch", tasks: 2, response: 20 },
      { job: "b", class: "Service", tasks: 1, response: 40 },
    ]);
    expect(tasksTable(result).objects()).toMatchObject([
      { job: "a", index: 0, start: 0, end: 10, machine: 0 },
      { job: "a", index: 1, start: 0, end: 20 },
      { job: "b", index: 0, start: 10, end: 40 },
    ]);
    const cell = schedule(jobs, clusterOf({ machines: 2, slots: 2 }), "monolithic-single");
    expect(schedulersTable(cell).objects()).toMatchObject([{ name: "Monolithic", transactions: 2 }]);
    expect(schedulesTable([result, cell]).array("architecture")).toEqual(["omniscient", "monolithic-single"]);
  });
});

describe("an architecture of the user", () => {
  it("is declared with the parts of a cell", () => {
    const mine = defineArchitecture({
      name: "two-queues",
      rule: "Two schedulers see the cell as it is.",
      parameters: { think: { default: 1, unit: "s", description: "about a job", min: 0 } },
      create: ({ think }, { classes }) => ({
        engine: "cell",
        see: "live",
        conflict: "resource-fit",
        transaction: "incremental",
        schedulers: classes.map((name) => ({ name, thinks: { [name]: { job: think, task: 0 } } })),
        offers: { interval: 1, allocatorThinks: 0, leastCpu: 0, leastMemory: 0 },
        retryAfter: 1,
        attemptsWithoutTask: 100,
        attempts: 1000,
      }),
    });
    const jobs = jobsFrom([
      { arrival: 0, class: "a", duration: 1 },
      { arrival: 0, class: "b", duration: 1 },
    ]);
    const run = (parameters = {}): Schedule =>
      schedule(jobs, clusterOf({ machines: 1, slots: 2 }), mine, { parameters });
    expect([...run({ think: 3 }).tasks.start]).toEqual([3, 3]);
    expect(run().architecture).toBe("two-queues");
    expect(() => run({ thinks: 3 })).toThrow("unknown parameter of architecture two-queues: thinks");
  });
});

describe("parts of a cell", () => {
  const cellWith = (parts: Partial<CellParts>, think = 0): ArchitectureDefinition =>
    defineArchitecture({
      name: "mine",
      rule: "One scheduler.",
      create: (_, { classes }) => ({
        engine: "cell",
        see: "live",
        conflict: "resource-fit",
        transaction: "incremental",
        schedulers: [
          { name: "one", thinks: Object.fromEntries(classes.map((name) => [name, { job: think, task: 0 }])) },
        ],
        offers: { interval: 1, allocatorThinks: 0, leastCpu: 0, leastMemory: 0 },
        retryAfter: 1,
        attemptsWithoutTask: 100,
        attempts: 1000,
        ...parts,
      }),
    });

  // The scheduler thinks about the first job until 1; meanwhile the others enter the queue.
  const waiting = jobsFrom([
    { arrival: 0, class: "a", duration: 9 },
    { arrival: 0.1, class: "a", tasks: 2, duration: 4 },
    { arrival: 0.2, class: "a", duration: 5, memory: 1 },
    { arrival: 0.3, class: "b", tasks: 3, duration: 3, memory: 4 },
    { arrival: 0.4, class: "b", duration: 7 },
  ]);
  const roomy = clusterOf({ machines: 4, cpu: 8, memory: 8 });
  it.each([
    ["fifo", [0, 1, 2, 3, 4]],
    // Work that is not placed: 8, 5, 9 and 7.
    ["srpt", [0, 2, 4, 1, 3]],
    // CPU of a and b: 1 and 0, 1 and 3, then 3 and 3; at equal CPU, the first in the queue.
    ["fair", [0, 3, 1, 2, 4]],
    // Dominant shares of 32 CPUs and 32 GB: 1/32 and 0, then 1/32 and 12/32, 3/32, 4/32.
    ["drf", [0, 3, 1, 2, 4]],
  ] as const)("%s", (order, expected) => {
    const { tasks, submitted } = schedule(waiting, roomy, cellWith({ order }, 1));
    const starts = [...submitted.ids.keys()].map((j) => tasks.start[submitted.taskOffsets[j]]);
    expect([...starts.keys()].sort((a, b) => starts[a] - starts[b])).toEqual(expected);
  });

  it.each(["live", "snapshot"] as const)("places by a policy instead of at random (%s)", (see) => {
    const jobs = jobsFrom([
      { arrival: 0, tasks: 3, duration: 9 },
      { arrival: 1, duration: 9 },
    ]);
    const machines = (policy: string): number[] => {
      const definition = cellWith({ see, where: createPolicy(policy) }, 0.5);
      return [...schedule(jobs, clusterOf({ machines: 3, cpu: 2 }), definition).tasks.machine];
    };
    expect(machines("first-fit")).toEqual([0, 0, 1, 1]);
    expect(machines("least-loaded")).toEqual([0, 1, 2, 0]);
    expect(() => machines("threshold")).toThrow("policy threshold does not place");
  });
});

describe("bad input", () => {
  const jobs = jobsFrom([{ id: "big", arrival: 0, cpu: 3, duration: 1 }]);
  const cluster = clusterOf({ machines: 2, slots: 4 });

  it.each([
    [
      "a job larger than any machine",
      () => schedule(jobs, clusterOf({ machines: 2, slots: 2 }), "omega"),
      "job big demands CPU 3",
    ],
    [
      "an unknown architecture",
      () => schedule(jobs, cluster, "sparow"),
      "unknown architecture: sparow (did you mean sparrow?)",
    ],
    ["an unknown mode", () => schedule(jobs, cluster, "omega", { mode: "omega" }), "unknown mode: omega"],
    [
      "a mode of another program",
      () => schedule(jobs, cluster, "omega", { mode: "eagle-sim" }),
      "has no mode eagle-sim: give clean or omega-sim",
    ],
    [
      "a probe ratio below 1",
      () => schedule(jobs, cluster, "sparrow", { parameters: { probeRatio: 0.5 } }),
      "invalid probeRatio of architecture sparrow: 0.5; it must be at least 1",
    ],
    [
      "a misspelt option",
      () => schedule(jobs, cluster, "omega", { sead: 1 } as never),
      "unknown option of schedule: sead (did you mean seed?)",
    ],
    ["a seed that is no whole number", () => schedule(jobs, cluster, "omega", { seed: 0.5 }), "seed is 0.5"],
    ["no machines", () => clusterOf({ machines: 0, slots: 1 }), "cluster of 0 machines"],
    ["a seed below 0", () => schedule(jobs, cluster, "omega", { seed: -1 }), "seed is -1: give a number"],
    ["too many machines", () => clusterOf({ machines: 1e10, slots: 1 }), "cluster of 10000000000 machines"],
    ["endless CPU", () => clusterOf({ machines: 1, cpu: Infinity }), "machines with CPU Infinity"],
    [
      "endless memory",
      () => clusterOf({ machines: 1, cpu: 1, memory: Infinity }),
      "machines with memory Infinity",
    ],
    [
      "an unknown key of a cluster",
      () => clusterOf({ machines: 1, cpus: 2 } as never),
      "unknown key of clusterOf: cpus (did you mean cpu?)",
    ],
    ["slots and CPU", () => clusterOf({ machines: 1, slots: 2, cpu: 3 }), "2 slots and CPU 3: give one"],
    [
      "a machine with CPU NaN",
      () => schedule(jobs, { cpu: Float64Array.of(4, NaN), memory: new Float64Array(2) }, "omega"),
      "machine 1 of the cluster has CPU NaN",
    ],
    [
      "a column of memory that is too short",
      () => schedule(jobs, { ...cluster, memory: new Float64Array(1) }, "omega"),
      "the cluster has 2 rows of cpu and 1 of memory",
    ],
    ["no cluster", () => schedule(jobs, { machines: 2 } as never, "omega"), "give what clusterOf returns"],
    [
      "rows for jobs",
      () => schedule([] as never, cluster, "omega"),
      "jobs are a list of 0: give what jobsFrom",
    ],
    [
      "probes that are a list of lists",
      () => schedule(jobs, cluster, "sparrow", { probes: [[0]] as never }),
      "invalid probes: a list of 1; give { offsets, workers }",
    ],
    [
      "probes of fewer jobs",
      () =>
        schedule(jobs, cluster, "sparrow", {
          probes: { offsets: Int32Array.of(0), workers: Int32Array.of(0) },
        }),
      "with 2 offsets",
    ],
    [
      "more schedulers than make sense",
      () => schedule(jobs, cluster, "omega", { parameters: { batchSchedulers: 1e9 } }),
      "invalid batchSchedulers of architecture omega: 1000000000; it must be at most 10000",
    ],
    [
      "more probes than make sense",
      () => schedule(jobs, cluster, "sparrow", { parameters: { probeRatio: 1e6 } }),
      "it must be at most 1000",
    ],
    [
      "more attempts than make sense",
      () => schedule(jobs, cluster, "omega", { parameters: { attempts: 1e12 } }),
      "it must be at most 10000000",
    ],
    [
      "no workers for long jobs",
      () =>
        schedule(jobsFrom([{ arrival: 0, duration: 100 }]), cluster, "hawk", {
          parameters: { longPercent: 0 },
        }),
      "raise longPercent (the workers for long jobs)",
    ],
    [
      "no workers for short jobs",
      () => schedule(jobs, cluster, "eagle", { parameters: { shortPercent: 0 } }),
      "or shortPercent (those for short jobs)",
    ],
    ["half a slot", () => clusterOf({ machines: 1, slots: 0.5 }), "machines with 0.5 slots"],
    ["no architecture", () => schedule(jobs, cluster, 7 as never), "invalid architecture: it is 7"],
    [
      "a worker that is not there",
      () =>
        schedule(jobs, cluster, "sparrow", {
          probes: { offsets: Int32Array.of(0, 2), workers: Int32Array.of(0, 2) },
        }),
      "probes worker 2: there are 2",
    ],
  ])("%s", (_, run, message) => {
    expect(run).toThrow(InputError);
    expect(run).toThrow(message);
  });

  it("names the assertion at which a reference program fails", () => {
    const many = jobsFrom(
      Array.from({ length: 60 }, (_, i) => ({
        arrival: i / 10,
        tasks: 1 + ((i * 7) % 4),
        duration: 10 + (i % 9),
        cpu: 0.3 + ((i * 3) % 5) * 0.3,
      })),
    );
    const cell = clusterOf({ machines: 3, cpu: 4 });
    const parameters = { sequenceNumbers: 1, batchSchedulers: 4, batchJob: 1, batchTask: 0.05 };
    expect(() => schedule(many, cell, "omega", { mode: "omega-sim", horizon: 600, parameters })).toThrow(
      "the program fails its own assertion here",
    );
    expect(schedule(many, cell, "omega", { horizon: 600, parameters }).schedulers).toHaveLength(4);

    const unsorted = jobsFrom([
      { arrival: 5, duration: 1 },
      { arrival: 2, duration: 1 },
    ]);
    const workers = clusterOf({ machines: 100, slots: 1 });
    expect(() => schedule(unsorted, workers, "hawk", { mode: "eagle-sim", seed: 1 })).toThrow(
      "job 1 arrives at 2, before the previous job (5)",
    );
    expect(Math.max(...schedule(unsorted, workers, "hawk").tasks.end)).toBeLessThan(7);

    const wide = jobsFrom([{ arrival: 0, tasks: 3, duration: 1 }]);
    expect(() =>
      schedule(wide, clusterOf({ machines: 2, slots: 1 }), "batch-sampling", { mode: "sparrow-sim" }),
    ).toThrow("has 3 tasks and 2 probes");
  });
});

describe("options of a run", () => {
  // The run ends with the first event after the horizon, so that the last of the jobs never arrives.
  const three = jobsFrom([
    { arrival: 0, cpu: 1, duration: 10 },
    { arrival: 20, cpu: 1, duration: 10 },
    { arrival: 40, cpu: 1, duration: 10 },
  ]);
  const cell = clusterOf({ machines: 4, cpu: 2, memory: 2 });
  const parameters: Readonly<Partial<Record<string, Record<string, number>>>> = {
    "mesos-offers": { leastCpu: 0, leastMemory: 0 },
    "mesos-drf": { leastCpu: 0, leastMemory: 0 },
    pigeon: { reserved: 0, masters: 2 },
  };

  it.each(ARCHITECTURES.map(({ name }) => name))("%s ends at the horizon", (name) => {
    const run = (horizon: number) =>
      schedule(three, cell, name, { horizon, parameters: parameters[name] ?? {} });
    const ended = run(15).jobs.unplaced;
    expect([ended[0], ended[2]]).toEqual([0, 1]);
    expect([...run(Infinity).jobs.unplaced]).toEqual([0, 0, 0]);
  });

  it.each(ARCHITECTURES.map(({ name }) => name))("%s ends after a job, or refuses to", (name) => {
    const run = () => schedule(three, cell, name, { stopAfterJobs: 1, parameters: parameters[name] ?? {} });
    if (/^mono|^static|^omega|^mesos/.test(name)) expect(run).toThrow("does not take stopAfterJobs");
    else expect([...run().jobs.unplaced]).toEqual([0, 1, 1]);
  });

  it("are refused out of their range, and where an architecture does not use them", () => {
    expect(() => schedule(three, cell, "omega", { horizon: NaN })).toThrow("horizon is NaN: give a number");
    expect(() => schedule(three, cell, "sparrow", { stopAfterJobs: 0 })).toThrow("stopAfterJobs is 0");
    const probes = { offsets: Int32Array.of(0, 0), workers: new Int32Array(0) };
    expect(() => schedule(three, cell, "hawk", { probes })).toThrow("hawk does not take probes");
  });
});
