/** Letters that come at any time and are read in turn. */
export interface Mailbox {
  readonly put: (letter: string) => void;
  /**
   * Resolves with all that has come since the last time, as soon as there is something; with none after this
   * time (ms).
   */
  readonly wait: (milliseconds: number) => Promise<string[]>;
  /** Nobody waits any more. */
  readonly close: () => void;
}

/** Returns an empty mailbox; one reader at a time waits at it. */
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
