/** Timers of TypeScript while it watches the files that cells import. */

/** The functions of TypeScript's watch host for timers. */
export interface TimerHost {
  setTimeout?: (callback: (...given: unknown[]) => void, ms: number, ...given: unknown[]) => unknown;
  clearTimeout?: (timer: unknown) => void;
}

/** The function of TypeScript 5.0 that makes the program again, for which tslab keeps its timer. */
const UPDATE = "updateProgramWithWatchStatus";

/**
 * Gives TypeScript timers of its own for everything but the update of the program. tslab has one timer, which
 * runs when a cell is compiled, and throws when TypeScript sets a second one: where two files change between
 * two cells, and one of them could be what an import meant, that would end the kernel.
 */
export function separateTimers(host: TimerHost): void {
  const { setTimeout: setOwn, clearTimeout: clearOwn } = host;
  const pending = new Set<unknown>();
  host.setTimeout = (callback, ms, ...given) => {
    if (callback.name === UPDATE) return setOwn?.(callback, ms, ...given);
    const timer = setTimeout(() => {
      pending.delete(timer);
      callback(...given);
    }, ms).unref();
    pending.add(timer);
    return timer;
  };
  host.clearTimeout = (timer) => {
    if (pending.delete(timer)) clearTimeout(timer as NodeJS.Timeout);
    else clearOwn?.(timer);
  };
}
