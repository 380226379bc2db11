/** A worker for the tests of the pool. It counts what it opens in memory that it shares with the test. */
import { setTimeout as sleep } from "node:timers/promises";
import { threadId } from "node:worker_threads";

export function open({ group, opens, fault }) {
  if (fault) return Promise.resolve({ inputError: `no group ${group}` });
  Atomics.add(opens, group, 1);
  return Promise.resolve({ group });
}

export default async function work({ group, opened, pause }) {
  await sleep(pause);
  return { thread: threadId, opened: opened?.group, sees: group };
}
