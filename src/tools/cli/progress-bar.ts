import { performance } from "node:perf_hooks";
import { SingleBar } from "cli-progress";
import type { OnProgress } from "../../base/progress.js";
import type { Streams } from "./streams.js";

/**
 * Does some work with one progress bar per phase on standard error, with the remaining time where the total
 * is known. Where standard error is not a terminal, the work gets no callback. The bar is cleared when the
 * promise settles.
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
  let current: { readonly bar: SingleBar; readonly phase: string; readonly began: number } | undefined;
  const stop = (): void => {
    current?.bar.stop();
    current = undefined;
  };
  const onProgress: OnProgress = ({ phase, done, total, unit, rows = 0 }) => {
    if (current?.phase !== phase) {
      stop();
      const bar = new SingleBar({ ...APPEARANCE, stream, format: total === undefined ? COUNT : BAR });
      bar.start(total ?? 0, done, { phase, unit, speed: "" });
      current = { bar, phase, began: performance.now() };
      return;
    }
    if (total !== undefined) current.bar.setTotal(total);
    const seconds = (performance.now() - current.began) / 1000;
    const speed = rows === 0 ? "" : `, ${Math.round(rows / seconds / 1000)} thousand rows/s`;
    current.bar.update(done, { unit, speed });
  };
  return { onProgress, stop };
}

const COUNT = "{phase}: {value} {unit}";
const BAR = "{phase} [{bar}] {percentage} %, {value}/{total} {unit}{speed}, {eta_formatted} left";

const APPEARANCE = {
  barCompleteChar: "=",
  barIncompleteChar: " ",
  barsize: 24,
  clearOnComplete: true,
  // The remaining time is estimated from this many updates, because a sweep's runs differ in length.
  etaBuffer: 100,
  // The bar's own signal handler would swallow the first Ctrl-C.
  gracefulExit: false,
  linewrap: true,
} as const;
