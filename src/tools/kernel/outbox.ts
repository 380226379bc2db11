/** Queues messages for a ZeroMQ socket, which accepts only a limited number at once. */

export interface SendingSocket {
  send(frames: (Buffer | string)[]): Promise<void>;
}

type Frames = (Buffer | string)[];

/**
 * Returns a function that sends frames on the socket in order: immediately if the socket accepts them, so
 * that output appears while a cell computes, else as soon as possible. After some hundred consecutive sends,
 * zeromq.js defers one and throws EBUSY until it is done.
 */
export function createOutbox(socket: SendingSocket): (frames: Frames) => void {
  const waiting: Frames[] = [];
  let last: Promise<unknown> = Promise.resolve();
  let isDraining = false;

  /** Returns false where the socket is busy. */
  function trySend(frames: Frames): boolean {
    try {
      // Ignore the error of a closing socket.
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
