/** Opens saved workloads of which bytes were changed: each is whole, or refused with a reason. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mutateBytes } from "./mutate-bytes.mjs";

/**
 * Returns how many of the changed files opened and how many were refused. Throws Error with the number of the
 * first that ends in another way: an error that is no InputError, or a workload that is not whole or cannot
 * be simulated.
 *
 * @param options.modules `loadWorkload`, `InputError` and `simulate`, of src or of dist.
 */
export async function checkArrow({ files, count, random, folder, modules, onProgress }) {
  const path = join(folder, "mutated.arrow");
  const sum = { opened: 0, refused: 0, simulated: 0, slowest: 0 };
  for (let number = 0; number < count; number++) {
    await writeFile(path, mutateBytes(files[number % files.length], random));
    const began = performance.now();
    const opened = await modules.loadWorkload(path, { shared: random() < 0.2 }).catch((error) => error);
    sum.slowest = Math.max(sum.slowest, performance.now() - began);
    if (opened instanceof Error) {
      const isPlain = opened instanceof modules.InputError && !opened.message.includes("\n");
      if (!isPlain) throw new Error(`file ${number}: ${opened.stack}`, { cause: opened });
      sum.refused++;
    } else {
      const fault = faultOf(opened);
      if (fault !== undefined) throw new Error(`file ${number} opened, but ${fault}`);
      sum.opened++;
      if (opened.steps <= 1000 && opened.machines.id.length > 0)
        sum.simulated += use(opened, number, modules);
    }
    onProgress?.(number + 1);
  }
  return sum;
}

function use(workload, number, { simulate, InputError }) {
  try {
    simulate(workload, "threshold", { metrics: ["utilization", "gini", "lcTail"] });
    return 1;
  } catch (error) {
    if (error instanceof InputError) return 0;
    throw new Error(`file ${number} opened, but cannot be simulated`, { cause: error });
  }
}

/** A second description of a sound workload. */
export function faultOf({ steps, stepSeconds, originSeconds, ...workload }) {
  const { machines, machineEvents, executions, usage, dependencies } = workload;
  const rows = executions.job.length;
  const isWhole = (value, least, most) => Number.isInteger(value) && value >= least && value <= most;
  const isAmount = (value) => value >= 0 && value <= 1e15;
  const isSample = (value) => value >= 0 && value <= 1000;
  const isSize = (value) => value === 0 || (value >= 1e-9 && value <= 1000);
  const all = (column, is) => Array.from(column).every(is);
  const ascends = (column) => all(column, (value, row) => row === 0 || value >= column[row - 1]);
  const have = (table, length) => Object.values(table).every((column) => column.length === length);
  const { offsets, firstStep } = usage;
  const rules = {
    "its scalars": isWhole(steps, 0, 1e7) && stepSeconds > 0 && Number.isFinite(stepSeconds + originSeconds),
    "its lengths":
      have(machines, machines.id.length) &&
      have(machineEvents, machineEvents.time.length) &&
      have(executions, rows) &&
      firstStep.length === rows &&
      offsets.length === rows + 1 &&
      usage.cpu.length === usage.memory.length,
    "its offsets": offsets[0] === 0 && ascends(offsets) && offsets[rows] === usage.cpu.length,
    "its runs":
      ascends(firstStep) &&
      all(firstStep, (step, row) => step >= 0 && offsets[row + 1] > offsets[row]) &&
      all(firstStep, (step, row) => step + offsets[row + 1] - offsets[row] <= steps),
    "its codes":
      all(executions.taskClass, (code) => code < 2) &&
      all(executions.initial, (code) => code < 2) &&
      all(executions.measured, (code) => code < 2) &&
      all(executions.outcome, (code) => [2, 3, 4, 5, 6, 255].includes(code)) &&
      all(machines.up, (code) => code < 2) &&
      all(machineEvents.kind, (code) => code < 3),
    "its machines":
      all(machines.cpu, isSize) &&
      all(machines.memory, isSize) &&
      all(machineEvents.cpu, isSize) &&
      all(machineEvents.memory, isSize) &&
      all(machineEvents.machine, (row) => row >= 0 && row < machines.id.length) &&
      all(executions.machine, (row) => row >= -1 && row < machines.id.length),
    "its amounts": all(executions.cpuRequest, isAmount) && all(executions.memoryRequest, isAmount),
    "its samples": all(usage.cpu, isSample) && all(usage.memory, isSample),
    "its times":
      ascends(machineEvents.time) &&
      all(machineEvents.time, isAmount) &&
      all(executions.start, isAmount) &&
      all(executions.end, (end, row) => isAmount(end) && end >= executions.start[row]) &&
      all(executions.submit, (time) => isAmount(Math.abs(time))),
    "its dependencies": dependencies === undefined || areSound(dependencies),
  };
  const broken = Object.keys(rules).find((name) => !rules[name]);
  return broken === undefined ? undefined : `${broken} are not sound`;
}

function areSound({ job, firstIndex, instances, offsets, after }) {
  const rows = job.length;
  return (
    firstIndex.length === rows &&
    instances.length === rows &&
    offsets.length === rows + 1 &&
    offsets[0] === 0 &&
    offsets[rows] === after.length &&
    Array.from(offsets).every((offset, row) => row === 0 || offset >= offsets[row - 1]) &&
    Array.from(after).every((row) => row >= 0 && row < rows) &&
    Array.from(instances).every((count) => count >= 0)
  );
}

/** Returns a small workload with all parts that a file can have. */
export function smallWorkload(workloadOf) {
  const task = (index) => ({
    lc: index % 3 === 0,
    priority: index % 4,
    start: 60 * index,
    cpu: [0.1, 0.2, 0.3].slice(0, 1 + (index % 3)),
    lastPart: 200,
    memory: 0.05,
    cpuRequest: 0.1,
    machine: index % 3,
    initial: index === 0,
  });
  const workload = workloadOf({
    machines: [
      { cpu: 1, memory: 1, up: 1 },
      { cpu: 0.5, memory: 0.25, up: 1 },
      { cpu: 0.5, memory: 1, up: 0 },
    ],
    tasks: Array.from({ length: 12 }, (_, index) => task(index)),
    events: [
      { time: 400, machine: 2, kind: 0, cpu: 0.5, memory: 1 },
      { time: 900, machine: 1, kind: 1, cpu: 0, memory: 0 },
    ],
  });
  const dependencies = {
    job: BigInt64Array.of(0n, 1n, 2n),
    firstIndex: Int32Array.of(0, 0, 0),
    instances: Int32Array.of(1, 1, 1),
    offsets: Int32Array.of(0, 0, 1, 3),
    after: Int32Array.of(0, 0, 1),
  };
  return { ...workload, dependencies };
}
