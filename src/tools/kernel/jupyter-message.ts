/** Jupyter's wire format (protocol 5.3): reads and writes signed ZeroMQ frames. */
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

export interface MessageHeader {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
}

export interface JupyterMessage {
  readonly identities: readonly Buffer[];
  readonly header: MessageHeader;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly content: Readonly<Record<string, unknown>>;
}

const DELIMITER = Buffer.from("<IDS|MSG>");

function sign(key: string, parts: readonly (Buffer | string)[]): string {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

/**
 * Returns the message in the frames. Throws Error where the frames are malformed or the signature is wrong.
 */
export function readMessage(key: string, frames: readonly Buffer[]): JupyterMessage {
  const at = frames.findIndex((frame) => frame.equals(DELIMITER));
  if (at < 0 || frames.length < at + 6) throw new Error("malformed Jupyter message");
  const signature = frames[at + 1];
  const parts = frames.slice(at + 2);
  if (key !== "") {
    const expected = Buffer.from(sign(key, parts));
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
      throw new Error("Jupyter message with a wrong signature");
    }
  }
  const json = (index: number): unknown => JSON.parse(parts[index].toString("utf8"));
  return {
    identities: frames.slice(0, at),
    header: json(0) as MessageHeader,
    metadata: json(2) as JupyterMessage["metadata"],
    content: json(3) as JupyterMessage["content"],
  };
}

/** Returns the frames of a message of `type` that answers `parent`. */
export function writeMessage(
  key: string,
  parent: JupyterMessage,
  type: string,
  content: unknown,
): (Buffer | string)[] {
  const header = {
    version: "5.3",
    date: new Date().toISOString(),
    session: parent.header.session,
    username: parent.header.username,
    msg_type: type,
    msg_id: randomUUID(),
  };
  const parts = [header, parent.header, {}, content].map((part) => JSON.stringify(part));
  return [...parent.identities, DELIMITER, key === "" ? "" : sign(key, parts), ...parts];
}
