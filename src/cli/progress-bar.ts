import { SingleBar } from "cli-progress";
import type { OnProgress } from "../progress.js";
import type { Streams } from "./streams.js";

/**
 * Does some work with a progress bar on standard error, one a phase, with the time left where the total is known.
 * Where standard error is no terminal, the work gets no callback. The bar is gone when the promise settles.
 */
export async function withProgress<T>(
  stderr: Streams["stderr"],
  work: (onProgress: OnProgress | undefined) => Promise<T>,
): Promise<T> {
  if (stderr.isTTY !== true) return work(undefined);
  const bar = createBar(stderr);
  try {
    return await work(bar.onProgress);
  } finally {
    bar.stop();
  }
}

function createBar(stream: NodeJS.WritableStream): { onProgress: OnProgress; stop: () => void } {
  let current: { readonly bar: SingleBar; readonly phase: string } | undefined;
  const stop = (): void => {
    current?.bar.stop();
    current = undefined;
  };
  const onProgress: OnProgress = ({ phase, done, total, unit }) => {
    if (current?.phase !== phase) {
      stop();
      const bar = new SingleBar({ ...APPEARANCE, stream, format: total === undefined ? COUNT : BAR });
      bar.start(total ?? 0, done, { phase, unit });
      current = { bar, phase };
      return;
    }
    if (total !== undefined) current.bar.setTotal(total);
    current.bar.update(done);
  };
  return { onProgress, stop };
}

const COUNT = "{phase}: {value} {unit}";
const BAR = "{phase} [{bar}] {percentage} %, {value}/{total} {unit}, {eta_formatted} left";

const APPEARANCE = {
  barCompleteChar: "=",
  barIncompleteChar: " ",
  barsize: 24,
  clearOnComplete: true,
  // Time left is reckoned from so many updates: a sweep's runs differ in length.
  etaBuffer: 100,
  // The bar's own signal handler would swallow the first Ctrl-C.
  gracefulExit: false,
  linewrap: true,
} as const;
