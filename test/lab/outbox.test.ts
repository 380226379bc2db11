import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it } from "vitest";
import { createOutbox } from "../../src/lab/outbox.js";

/** As zeromq.js: takes 512 messages a turn, then refuses. */
function createSocket(): { sent: string[]; send(frames: (Buffer | string)[]): Promise<void> } {
  const sent: string[] = [];
  let left = 512;
  return {
    sent,
    send([frame]) {
      if (left === 512) setImmediate(() => (left = 512));
      if (left-- <= 0) return Promise.reject(new Error("EBUSY"));
      sent.push(String(frame));
      return Promise.resolve();
    },
  };
}

it("sends at once, and in order what is more than the socket takes in a turn", async () => {
  const socket = createSocket();
  const send = createOutbox(socket);
  send(["0"]);
  expect(socket.sent).toEqual(["0"]);
  for (let i = 1; i < 3000; i++) send([String(i)]);
  while (socket.sent.length < 3000) await nextTurn();
  expect(socket.sent).toEqual(Array.from({ length: 3000 }, (_, i) => String(i)));
});
