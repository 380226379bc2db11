/** A signal for work that goes on until it is told to stop. */
export interface StopSignal {
  readonly signal: AbortSignal;
  /** Gives Ctrl-C and the others back their usual meaning. */
  readonly release: () => void;
}

/** Returns a signal that aborts on Ctrl-C, SIGTERM and SIGHUP, and after `seconds` where they are given. */
export function stopSignal(seconds?: number): StopSignal {
  const controller = new AbortController();
  const stop = (): void => {
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, stop);
  const timer = seconds === undefined ? undefined : setTimeout(stop, 1000 * seconds);
  return {
    signal: controller.signal,
    release: () => {
      clearTimeout(timer);
      for (const name of SIGNALS) process.removeListener(name, stop);
    },
  };
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
