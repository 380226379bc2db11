/** What charts of single machines read from runs. */
import { InputError } from "../base/errors.js";
import type { MachineHistory } from "../simulate/run.js";
import type { Run } from "../simulate/simulate.js";
import { checkNames, checkRuns } from "./run-rows.js";

/** Returns the run's CPU use by machine. Throws InputError where it was not kept. */
export function historyOf({ policy, machines }: Run): MachineHistory {
  if (machines !== undefined) return machines;
  throw new InputError(
    `the run of ${policy} has no utilization per machine: simulate with keepMachines: true`,
  );
}

/**
 * Returns the histories of runs that are compared machine by machine. Throws InputError for no run, for two
 * runs with the same name, with different machines or workloads, and where a history was not kept.
 */
export function comparedHistories(runs: readonly Run[]): MachineHistory[] {
  checkRuns(runs);
  checkNames(runs.map(({ policy }) => policy));
  const histories = runs.map(historyOf);
  const other = histories.findIndex(({ machines }) => machines !== histories[0].machines);
  checkWorkload(runs);
  if (other < 0) return histories;
  throw new InputError(
    `the runs have different machines (${runs[0].policy}: ${histories[0].machines}, ` +
      `${runs[other].policy}: ${histories[other].machines}): simulate one workload`,
  );
}

/** Throws InputError where runs replay different workloads, which cannot be compared machine by machine. */
export function checkWorkload(runs: readonly Run[]): void {
  const [first, ...others] = runs.map(({ manifest: { workload } }) =>
    JSON.stringify({ ...workload, steps: undefined }),
  );
  const other = others.findIndex((workload) => workload !== first);
  if (other < 0) return;
  throw new InputError(
    `the runs of ${runs[0].policy} and ${runs[other + 1].policy} replay different workloads: simulate one`,
  );
}

/** Returns the machines in order of their mean use, the lowest first; those that were never up come first. */
export function orderByMean(cpu: ArrayLike<number>, machines: number): number[] {
  const means = meansOfMachines(cpu, machines).map((mean) => mean || 0);
  return Array.from(means.keys()).sort((a, b) => means[a] - means[b] || a - b);
}

/**
 * Returns the utilization of the machines that are up in a step of a run, or the means over all steps. Throws
 * InputError where the run was not simulated with `keepMachines: true` or does not have the step.
 */
export function machineUtilization(run: Run, step?: number): Float64Array {
  const { machines, cpu } = historyOf(run);
  const steps = cpu.length / machines;
  if (step !== undefined && !(Number.isInteger(step) && step >= 0 && step < steps)) {
    throw new InputError(`invalid step: ${step}; the run has ${steps}`);
  }
  if (step !== undefined)
    return Float64Array.from(cpu.subarray(step * machines, (step + 1) * machines)).filter(isUp);
  return meansOfMachines(cpu, machines).filter(isUp);
}

/**
 * Returns the mean of each machine over the steps in which it was up; NaN where it never was. `cpu` has one
 * row per step.
 */
export function meansOfMachines(cpu: ArrayLike<number>, machines: number): Float64Array {
  return Float64Array.from({ length: machines }, (_, machine) => {
    let [sum, count] = [0, 0];
    for (let at = machine; at < cpu.length; at += machines) {
      if (!isUp(cpu[at])) continue;
      sum += cpu[at];
      count++;
    }
    return sum / count;
  });
}

function isUp(utilization: number): boolean {
  return !Number.isNaN(utilization);
}
