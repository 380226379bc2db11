/** A mailbox for letters that arrive at any time and are read in order. */
export interface Mailbox {
  readonly put: (letter: string) => void;
  /**
   * Resolves with all letters since the last call as soon as there is one; with an empty list after this time
   * (ms).
   */
  readonly wait: (milliseconds: number) => Promise<string[]>;
  /** Cancels the timer; nobody may wait any more. */
  readonly close: () => void;
}

/** Returns an empty mailbox for one reader at a time. */
export function createMailbox(): Mailbox {
  let letters: string[] = [];
  let wake: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  return {
    put(letter) {
      letters.push(letter);
      wake?.();
    },
    async wait(milliseconds) {
      if (letters.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          timer = setTimeout(resolve, milliseconds);
        });
        clearTimeout(timer);
        wake = undefined;
      }
      const read = letters;
      letters = [];
      return read;
    },
    close() {
      clearTimeout(timer);
    },
  };
}
