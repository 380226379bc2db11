import { performance } from "node:perf_hooks";
import type { OnProgress, Progress } from "../../base/progress.js";
import type { Streams } from "./streams.js";

/**
 * Does some work with a progress bar on the last line of standard error, with the remaining time once it can
 * be estimated. A new phase replaces the bar of the one before. Where standard error is not a terminal, the
 * work gets no callback. The bar is cleared when the promise settles.
 */
export async function withProgress<T>(
  stderr: Streams["stderr"],
  work: (onProgress: OnProgress | undefined) => Promise<T>,
): Promise<T> {
  if (stderr.isTTY !== true) return work(undefined);
  const bar = createBar(stderr);
  const timer = setInterval(bar.draw, 1000);
  try {
    return await work(bar.onProgress);
  } finally {
    clearInterval(timer);
    stderr.write(CLEAR);
  }
}

/** Back to the start of the line, which is emptied. */
const CLEAR = "\r\u001b[K";

/** The shortest time between two drawings, in ms. */
const PERIOD = 100;

function createBar(stream: Streams["stderr"]): { onProgress: OnProgress; draw: () => void } {
  let current: { progress: Progress; first: number; began: number } | undefined;
  let drawn = -Infinity;
  const draw = (): void => {
    if (current === undefined) return;
    const { progress, first, began } = current;
    drawn = performance.now();
    const seconds = (drawn - began) / 1000;
    stream.write(`${CLEAR}${progressLine(progress, { seconds, first, width: (stream.columns ?? 80) - 1 })}`);
  };
  const onProgress: OnProgress = (progress) => {
    const now = performance.now();
    if (current?.progress.phase === progress.phase) current.progress = progress;
    else {
      current = { progress, first: shareOf(progress), began: now };
      drawn = -Infinity;
    }
    if (now - drawn >= PERIOD) draw();
  };
  return { onProgress, draw };
}

/** How long a phase has been going on, and the share of it that was done when it was first reported. */
interface Elapsed {
  readonly seconds: number;
  readonly first: number;
  /** The most characters of the line. */
  readonly width: number;
}

/** Seconds before which the remaining time is not estimated. */
const UNKNOWN = 1;

/** Returns the line that shows a progress report, such as "simulating [=== ] 25 %, 3/12 runs, 9 s left". */
export function progressLine(progress: Progress, { seconds, first, width }: Elapsed): string {
  const { phase, done, total, unit, item, rows = 0 } = progress;
  if (total === undefined) return `${phase}: ${done} ${unit}`.slice(0, width);
  const share = shareOf(progress);
  const left = (seconds * (1 - share)) / (share - first);
  const facts = [
    ` ${Math.floor(100 * share)} %`,
    ` ${done}/${total} ${unit}${item === undefined ? "" : ` (${item})`}`,
    ...(rows > 0 && seconds >= UNKNOWN ? [` ${Math.round(rows / seconds / 1000)} thousand rows/s`] : []),
    ...(share > first && share < 1 && seconds >= UNKNOWN ? [` ${duration(left)} left`] : []),
  ].join();
  const size = Math.min(24, Math.max(8, width - phase.length - facts.length - 3));
  return `${phase} [${"=".repeat(share * size).padEnd(size)}]${facts}`.slice(0, width);
}

function shareOf({ done, total = 0, part = 0 }: Progress): number {
  return total > 0 ? Math.min(1, (done + part) / total) : 0;
}

/** Returns a duration in whole seconds, minutes or hours, rounded up: "9 s", "12 min", "3 h". */
function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  return seconds < 3600 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3600)} h`;
}
