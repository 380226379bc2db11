/** Lines of machine_events, job_events and task_events. */
import { createHash } from "node:crypto";
import { EVENT } from "../borg/event-types.js";
import { MACHINE_EVENT, type Workload } from "../../workload/workload.js";
import { executionOf, timeOf, typeOf } from "./events.js";
import { microseconds } from "../google2011/layout.js";

const PLATFORM = hashText("platform");
/** The number of users that share the jobs. */
const USERS = 97;
const NAMES = Array.from({ length: USERS }, (_, user) => hashText(`user ${user}`));

/** Returns the lines of machine_events: the machines of step 0, then the machine events. */
export function* machineLines(workload: Workload): Generator<string> {
  const { machines, machineEvents } = workload;
  for (let machine = 0; machine < machines.id.length; machine++) {
    if (machines.up[machine] === 0) continue;
    yield machineLine([0, machines.id[machine], MACHINE_EVENT.add], machines, machine);
  }
  for (let row = 0; row < machineEvents.time.length; row++) {
    const time = microseconds(workload, machineEvents.time[row]);
    const id = machines.id[machineEvents.machine[row]];
    yield machineLine([time, id, machineEvents.kind[row]], machineEvents, row);
  }
}

function machineLine(
  event: readonly (number | bigint)[],
  { cpu, memory }: Pick<Workload["machines"], "cpu" | "memory">,
  row: number,
): string {
  return [...event, PLATFORM, cpu[row], memory[row]].join(",");
}

/** Returns the lines of events in task_events. */
export function* taskLines(workload: Workload, events: Uint32Array): Generator<string> {
  const { machines, executions } = workload;
  for (const event of events) {
    const execution = executionOf(event);
    const type = typeOf(workload, event);
    const machine = executions.machine[execution];
    const place = type === EVENT.submit || machine < 0 ? "" : machines.id[machine];
    const task = `${executions.job[execution]},${executions.index[execution]},${place}`;
    const kind = `${executions.schedulingClass[execution]},${executions.priority[execution]}`;
    const request = `${executions.cpuRequest[execution]},${executions.memoryRequest[execution]}`;
    const user = userOf(executions.job[execution]);
    yield `${timeOf(workload, event)},,${task},${type},${user},${kind},${request},,0`;
  }
}

/** Returns the lines of events in job_events. */
export function* jobLines(workload: Workload, events: Uint32Array): Generator<string> {
  const { executions } = workload;
  for (const event of events) {
    const execution = executionOf(event);
    const job = executions.job[execution];
    const name = hashText(`job ${job}`);
    const head = `${timeOf(workload, event)},,${job},${typeOf(workload, event)}`;
    yield `${head},${userOf(job)},${executions.schedulingClass[execution]},${name},${name}`;
  }
}

function userOf(job: bigint): string {
  return NAMES[Number(job % BigInt(USERS))];
}

/** Returns 44 characters that look like the hashed names of the official trace. */
function hashText(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
