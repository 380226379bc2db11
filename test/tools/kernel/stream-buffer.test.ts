import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { createStreamBuffer } from "../../../src/tools/kernel/stream-buffer.js";

it("joins text of one stream and keeps the order between two", () => {
  const sent: string[] = [];
  const buffer = createStreamBuffer((name, text) => sent.push(`${name}:${text}`));
  buffer.write("stdout", "a");
  buffer.write("stdout", "b");
  buffer.write("stderr", "c");
  buffer.write("stdout", "d");
  buffer.flush();
  buffer.flush();
  expect(sent).toEqual(["stdout:ab", "stderr:c", "stdout:d"]);
});

it("sends without a flush: soon during a pause, else at the next write", async () => {
  const sent: string[] = [];
  let now = 0;
  const buffer = createStreamBuffer(
    (_, text) => sent.push(text),
    () => now,
  );
  buffer.write("stdout", "a");
  now = 50;
  buffer.write("stdout", "b");
  expect(sent).toEqual([]);
  now = 150;
  buffer.write("stdout", "c");
  expect(sent).toEqual(["abc"]);
  buffer.write("stdout", "d");
  await delay(200);
  expect(sent).toEqual(["abc", "d"]);
});
