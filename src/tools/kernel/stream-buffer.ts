/**
 * Joins a cell's output into few messages, because thousands of messages with one line each would take
 * minutes to read.
 */
import { performance } from "node:perf_hooks";

export type StreamName = "stdout" | "stderr";

export interface StreamBuffer {
  write(name: StreamName, text: string): void;
  flush(): void;
}

/** The longest time before output is sent, also while a cell computes without pausing (ms). */
const LONGEST_WAIT = 100;

/** Returns a buffer that passes joined text to `send` in the order of the writes. */
export function createStreamBuffer(
  send: (name: StreamName, text: string) => void,
  now: () => number = () => performance.now(),
): StreamBuffer {
  let name: StreamName = "stdout";
  let waiting: string[] = [];
  let since = 0;
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return;
    const text = waiting.join("");
    waiting = [];
    send(name, text);
  }

  return {
    flush,
    write(to, text) {
      if (text === "") return;
      if (to !== name) flush();
      name = to;
      if (waiting.length === 0) since = now();
      waiting.push(text);
      if (now() - since > LONGEST_WAIT) flush();
      else timer ??= setTimeout(flush, LONGEST_WAIT / 2);
    },
  };
}
