/**
 * Joins what a cell prints into few messages: one per line would be thousands, and would take minutes to read
 * back.
 */
import { performance } from "node:perf_hooks";

export type StreamName = "stdout" | "stderr";

export interface StreamBuffer {
  write(name: StreamName, text: string): void;
  flush(): void;
}

/** A cell that computes without a pause still shows what it prints, this often (ms). */
const LONGEST_WAIT = 100;

/** Returns a buffer that hands joined text to `send`, in the order of the writes. */
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
