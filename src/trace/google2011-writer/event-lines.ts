/** Lines of machine_events, job_events and task_events. */
import { MACHINE_EVENT, type Workload } from "../workload.js";
import { EVENT, runOf, timeOf, typeOf } from "./events.js";
import { hashText, microseconds } from "./layout.js";

const PLATFORM = hashText("platform");
/** So many users share the jobs. */
const USERS = 97;
const NAMES = Array.from({ length: USERS }, (_, user) => hashText(`user ${user}`));

/** Returns the lines of machine_events: the machines of step 0, then what joins, leaves and changes. */
export function machineLines(workload: Workload): string[] {
  const { machines, machineEvents } = workload;
  const lines: string[] = [];
  const add = (time: number, machine: number, kind: number, cpu: number, memory: number): void => {
    lines.push([time, machines.id[machine], kind, PLATFORM, cpu, memory].join(","));
  };
  for (let machine = 0; machine < machines.id.length; machine++) {
    if (machines.up[machine] === 1) {
      add(0, machine, MACHINE_EVENT.add, machines.cpu[machine], machines.memory[machine]);
    }
  }
  for (let row = 0; row < machineEvents.time.length; row++) {
    const time = microseconds(workload, machineEvents.time[row]);
    add(
      time,
      machineEvents.machine[row],
      machineEvents.kind[row],
      machineEvents.cpu[row],
      machineEvents.memory[row],
    );
  }
  return lines;
}

/** Returns the line of an event in task_events. */
export function taskLine(workload: Workload, event: number): string {
  const { machines, runs } = workload;
  const run = runOf(event);
  const type = typeOf(workload, event);
  const machine = runs.machine[run];
  const place = type === EVENT.submit || machine < 0 ? "" : machines.id[machine];
  const task = `${runs.job[run]},${runs.index[run]},${place}`;
  const kind = `${runs.schedulingClass[run]},${runs.priority[run]}`;
  const request = `${runs.cpuRequest[run]},${runs.memoryRequest[run]}`;
  return `${timeOf(workload, event)},,${task},${type},${userOf(runs.job[run])},${kind},${request},,0`;
}

/** Returns the line of an event in job_events. */
export function jobLine(workload: Workload, event: number): string {
  const { runs } = workload;
  const run = runOf(event);
  const job = runs.job[run];
  const name = hashText(`job ${job}`);
  const head = `${timeOf(workload, event)},,${job},${typeOf(workload, event)}`;
  return `${head},${userOf(job)},${runs.schedulingClass[run]},${name},${name}`;
}

function userOf(job: bigint): string {
  return NAMES[Number(job % BigInt(USERS))];
}
