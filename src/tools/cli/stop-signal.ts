/** A signal for work that continues until it is stopped. */
export interface StopSignal {
  readonly signal: AbortSignal;
  /** Restores the usual handling of Ctrl-C and the other signals. */
  readonly release: () => void;
}

/** Returns a signal that aborts on Ctrl-C, SIGTERM and SIGHUP, and after `seconds` if given. */
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
