import { expect, it } from "vitest";
import { readMessage, writeMessage, type JupyterMessage } from "../../../src/tools/kernel/jupyter-message.js";

const parent: JupyterMessage = {
  identities: [Buffer.from("client")],
  header: { msg_id: "1", msg_type: "execute_request", session: "s", username: "u" },
  metadata: {},
  content: {},
};
const frames = (key: string): Buffer[] =>
  writeMessage(key, parent, "execute_reply", { status: "ok", word: "基尼" }).map((frame) =>
    Buffer.from(frame),
  );

it("reads what it writes", () => {
  const message = readMessage("key", frames("key"));
  expect(message.identities.map(String)).toEqual(["client"]);
  expect(message.header).toMatchObject({ msg_type: "execute_reply", session: "s", username: "u" });
  expect(message.content).toEqual({ status: "ok", word: "基尼" });
});

it("signs as the protocol says: HMAC-SHA256 over the four parts, in hex", () => {
  expect(frames("key")[2].toString()).toMatch(/^[0-9a-f]{64}$/);
  expect(frames("")[2].toString()).toBe("");
});

it("refuses a message that was changed, signed with another key, or cut short", () => {
  const changed = frames("key");
  changed[6] = Buffer.from('{"status":"error"}');
  expect(() => readMessage("key", changed)).toThrow("wrong signature");
  expect(() => readMessage("other", frames("key"))).toThrow("wrong signature");
  expect(() => readMessage("key", frames("key").slice(0, 5))).toThrow("malformed");
  expect(() => readMessage("key", [Buffer.from("x")])).toThrow("malformed");
});
