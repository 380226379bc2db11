/** Sends on a ZeroMQ socket, in order, more messages than it takes at once. */

export interface SendingSocket {
  send(frames: (Buffer | string)[]): Promise<void>;
}

type Frames = (Buffer | string)[];

/**
 * Returns a function that sends frames on the socket: at once while it takes them, so that output shows while
 * a cell computes, else as soon as it does. After some hundred sends in a row zeromq.js puts one off, and
 * throws EBUSY at the next until that one is done.
 */
export function createOutbox(socket: SendingSocket): (frames: Frames) => void {
  const waiting: Frames[] = [];
  let last: Promise<unknown> = Promise.resolve();
  let isDraining = false;

  /** Returns false where the socket is busy. */
  function trySend(frames: Frames): boolean {
    try {
      // A socket that is closing refuses; nobody is left to tell.
      last = socket.send(frames).catch(() => undefined);
      return true;
    } catch {
      return false;
    }
  }

  async function drain(): Promise<void> {
    isDraining = true;
    while (waiting.length > 0) {
      await last;
      if (trySend(waiting[0])) waiting.shift();
      else await new Promise(setImmediate);
    }
    isDraining = false;
  }

  return (frames) => {
    if (waiting.length === 0 && trySend(frames)) return;
    waiting.push(frames);
    if (!isDraining) void drain();
  };
}
