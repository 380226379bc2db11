/**
 * Random small simulations: machines that join, leave, shrink, or have no CPU or memory, under any policy and
 * setting. Plain JavaScript without imports of the project, for tests of src and for scripts on dist.
 */
import fc from "fast-check";

const STEPS = 8;
const STEP_SECONDS = 300;

/** Quarters give ties and exact sums; other numbers give rounding. */
const amount = (most) =>
  fc.oneof(
    fc.integer({ min: 0, max: 4 * most }).map((quarters) => quarters / 4),
    fc.double({ min: 1e-9, max: most, noNaN: true }).map(Math.fround),
    fc.constantFrom(1.1e-9, 1e-45),
  );

/** So small that tasks can migrate. */
const part = amount(1).map((value) => Math.fround(value / 4));

/** A workload has no smaller machines. */
const size = amount(1).map((capacity) => (capacity < 1e-9 ? 0 : capacity));
const capacities = { cpu: fc.oneof(fc.constantFrom(1, 0.5, 0), size), memory: size };

const task = fc.record({
  lc: fc.boolean(),
  priority: fc.nat(3),
  start: fc.integer({ min: 0, max: STEPS * STEP_SECONDS - 1 }),
  cpu: fc.array(fc.oneof(amount(1), amount(1), amount(8)), { minLength: 1, maxLength: 5 }),
  /** Seconds from the beginning of its last step to its end. */
  lastPart: fc.integer({ min: 1, max: STEP_SECONDS }),
  memory: part,
  cpuRequest: part,
  machine: fc.integer({ min: -1, max: 5 }),
  initial: fc.boolean(),
});

const event = fc.record({
  time: fc.integer({ min: 0, max: STEPS * STEP_SECONDS - 1 }),
  machine: fc.nat(5),
  kind: fc.constantFrom(0, 1, 1, 2),
  ...capacities,
});

/** Scenarios under one of these policies, sharings and mechanisms. */
export function scenarios({ policies, sharings, mechanisms }) {
  return fc.record({
    machines: fc.array(fc.record({ ...capacities, up: fc.constantFrom(1, 1, 1, 0) }), {
      minLength: 1,
      maxLength: 6,
    }),
    tasks: fc.array(task, { maxLength: 30 }),
    events: fc.array(event, { maxLength: 8 }),
    policy: fc.constantFrom(...policies),
    options: fc.record({
      seed: fc.nat(1000),
      sharing: fc.constantFrom(...sharings),
      migration: fc.constantFrom(...mechanisms),
      model: fc.record(
        {
          linkGbps: fc.constantFrom(0.001, 0.01, 1),
          referenceMemoryGib: fc.constantFrom(1, 64),
          moveLatencyCritical: fc.nat(1),
          interference: fc.constantFrom(0, 1),
          migrationOverhead: fc.constantFrom(0, 1),
          interval: fc.integer({ min: 1, max: 3 }),
          staleness: fc.nat(2),
          smoothing: fc.constantFrom(0.5, 1),
          cooldown: fc.nat(1),
        },
        { requiredKeys: [] },
      ),
    }),
  });
}

/** Returns the workload of a scenario. */
export function workloadOf({ machines, tasks, events }) {
  const rows = tasks
    .map((one) => {
      const start = one.initial ? 0 : one.start;
      const firstStep = Math.floor(start / STEP_SECONDS);
      const cpu = one.cpu.slice(0, STEPS - firstStep);
      const end = Math.max(start, (firstStep + cpu.length - 1) * STEP_SECONDS + one.lastPart);
      return { ...one, start, firstStep, cpu, end, machine: Math.min(one.machine, machines.length - 1) };
    })
    .sort((a, b) => a.start - b.start);
  const changes = events
    .map((one) => ({ ...one, machine: one.machine % machines.length }))
    .sort((a, b) => a.time - b.time);
  let samples = 0;
  return {
    source: "scenario",
    stepSeconds: STEP_SECONDS,
    steps: STEPS,
    originSeconds: 0,
    lcRule: "class>=2",
    machines: {
      id: BigInt64Array.from(machines, (_, m) => BigInt(m)),
      cpu: Float64Array.from(machines, ({ cpu }) => cpu),
      memory: Float64Array.from(machines, ({ memory }) => memory),
      up: Uint8Array.from(machines, ({ up }) => up),
    },
    machineEvents: {
      time: Float64Array.from(changes, ({ time }) => time),
      machine: Int32Array.from(changes, ({ machine }) => machine),
      kind: Uint8Array.from(changes, ({ kind }) => kind),
      cpu: Float64Array.from(changes, ({ cpu }) => cpu),
      memory: Float64Array.from(changes, ({ memory }) => memory),
    },
    executions: {
      job: BigInt64Array.from(rows, (_, row) => BigInt(row)),
      index: new Int32Array(rows.length),
      taskClass: Uint8Array.from(rows, ({ lc }) => Number(lc)),
      priority: Uint8Array.from(rows, ({ priority }) => priority),
      schedulingClass: Uint8Array.from(rows, ({ lc }) => (lc ? 2 : 0)),
      submit: Float64Array.from(rows, ({ start }) => start),
      start: Float64Array.from(rows, ({ start }) => start),
      end: Float64Array.from(rows, ({ end }) => end),
      outcome: new Uint8Array(rows.length).fill(4),
      cpuRequest: Float64Array.from(rows, ({ cpuRequest }) => cpuRequest),
      memoryRequest: Float64Array.from(rows, ({ memory }) => memory),
      machine: Int32Array.from(rows, ({ machine }) => machine),
      initial: Uint8Array.from(rows, ({ initial, machine }) => Number(initial && machine >= 0)),
      measured: new Uint8Array(rows.length).fill(1),
    },
    usage: {
      offsets: Int32Array.from([0, ...rows.map(({ cpu }) => (samples += cpu.length))]),
      firstStep: Int32Array.from(rows, ({ firstStep }) => firstStep),
      cpu: Float32Array.from(rows.flatMap(({ cpu }) => cpu)),
      memory: Float32Array.from(rows.flatMap(({ cpu, memory }) => cpu.map(() => memory))),
    },
    provenance: { inputs: [], options: {}, usage: "measured", report: {} },
  };
}

/** Returns the values of a run that are outside of the ranges of their metrics, in words. */
export function outOfRange({ steps, summary, metrics }) {
  const faults = [];
  for (const {
    name,
    range: [least, most],
  } of metrics) {
    const values = { run: summary[name], ...steps[name] };
    for (const [place, value] of Object.entries(values)) {
      if (value === undefined || Number.isNaN(value)) continue;
      if (!(Number.isFinite(value) && value >= least && value <= most))
        faults.push(`${name} is ${value} in ${place}, outside of ${least} to ${most}`);
    }
  }
  return faults;
}
