/** Sends on a ZeroMQ socket, in order, more messages than it takes in one turn of the event loop. */

export interface SendingSocket {
  send(frames: (Buffer | string)[]): Promise<void>;
}

/** zeromq.js defers the 513th send of a turn and then refuses the next one: stay below that. */
const SENDS_PER_TURN = 400;

/** Returns a function that sends frames on the socket at once while it takes them, else as soon as it does. */
export function createOutbox(socket: SendingSocket): (frames: (Buffer | string)[]) => void {
  const waiting: (Buffer | string)[][] = [];
  let sent = 0;

  function send(frames: (Buffer | string)[]): void {
    if (sent === 0) setImmediate(nextTurn);
    sent++;
    // A socket that is closing refuses; nobody is left to tell.
    socket.send(frames).catch(() => undefined);
  }

  function nextTurn(): void {
    sent = 0;
    for (const frames of waiting.splice(0, SENDS_PER_TURN)) send(frames);
  }

  return (frames) => {
    if (waiting.length > 0 || sent >= SENDS_PER_TURN) waiting.push(frames);
    else send(frames);
  };
}
