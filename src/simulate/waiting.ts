import TinyQueue from "tinyqueue";

/**
 * Returns an empty queue of executions that wait for a machine: the execution with the highest priority
 * first, among equals the one with the lowest row number (rows are in order of start).
 */
export function createWaitingQueue(priority: Uint8Array): TinyQueue<number> {
  return new TinyQueue<number>([], (a, b) => priority[b] - priority[a] || a - b);
}
