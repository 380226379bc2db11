import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { createOutbox } from "../../../src/tools/kernel/outbox.js";
import { zeromq } from "./kernel-client.js";

it("sends, in order, more than the socket accepts at once", async () => {
  const count = 3000;
  const address = "inproc://outbox";
  const publisher = new zeromq.Publisher({ sendHighWaterMark: 0 });
  const subscriber = new zeromq.Subscriber({ receiveHighWaterMark: 0 });
  await publisher.bind(address);
  subscriber.connect(address);
  subscriber.subscribe("");
  await delay(100);
  const send = createOutbox(publisher);
  for (let i = 0; i < count; i++) send([String(i)]);
  const received: string[] = [];
  for await (const [frame] of subscriber) {
    received.push(frame.toString());
    if (received.length === count) break;
  }
  expect(received).toEqual(Array.from({ length: count }, (_, i) => String(i)));
  publisher.close();
  subscriber.close();
});
