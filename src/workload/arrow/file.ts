/** Reads an Arrow IPC file batch by batch, because it may be larger than an array can be (4 GiB). */
import { open, type FileHandle } from "node:fs/promises";
import { Table, tableFromIPC, tableToIPC } from "@uwdata/flechette";
import { InputError } from "../../base/errors.js";
import { explainFileError } from "../../base/files.js";
import { BATCH_HEAD, checkFlatbuffer, fieldAt, FOOTER, rootOf, slotOf } from "./flatbuffer.js";

/**
 * Yields the tables of an Arrow IPC file: first a table without rows, for its schema, then one for each
 * record batch. 64-bit integers are BigInt.
 * @throws InputError if the file cannot be read, is not Arrow or is truncated; Error if it is damaged.
 */
export async function* arrowTables(path: string): AsyncGenerator<Table, void> {
  const file = await open(path, "r").catch((error: unknown) => {
    throw explainFileError(error, path, "read");
  });
  try {
    const { size } = await file.stat();
    await checkMagic(file, path, size);
    const header = tableFromIPC(await withoutBatches(file, size));
    yield header;
    // Each batch is decoded with the schema, which needs no metadata for it.
    const bare = new Table({ ...header.schema, metadata: null }, header.children);
    const schema = tableToIPC(bare, { format: "stream" })!;
    for (let at = FIRST_MESSAGE; ;) {
      const { length, kind } = await readHead(file, at, size);
      if (length === 0) return;
      if (kind === RECORD_BATCH) {
        yield tableFromIPC([schema, await readBytes(file, at, length)], { useBigInt: true });
      }
      at += length;
    }
  } catch (error) {
    throw explainFileError(error, path, "read");
  } finally {
    await file.close();
  }
}

const MAGIC = "ARROW1";
/** The magic text is padded to a multiple of eight bytes. */
const FIRST_MESSAGE = 8;
/** Bytes after the footer: its length and the magic text. */
const FOOTER_END = 4 + MAGIC.length;
/** Comes before the length of a message's head (Arrow columnar format, "Encapsulated message format"). */
const CONTINUATION = -1;
/** The kind (field 1 in Message.fbs) of a message that holds rows; field 3 is the length of its body. */
const RECORD_BATCH = 3;

async function checkMagic(file: FileHandle, path: string, size: number): Promise<void> {
  const length = Math.min(size, MAGIC.length);
  if (text(await readBytes(file, 0, length)) !== MAGIC) {
    throw new InputError(`not an Arrow file: ${path}; make one with schedlab convert TRACE --out FILE.arrow`);
  }
  const end = size < 2 * MAGIC.length ? "" : text(await readBytes(file, size - MAGIC.length, MAGIC.length));
  if (end !== MAGIC) {
    throw new InputError(`truncated: ${path} lacks the end of an Arrow file; copy or convert it again`);
  }
}

/**
 * Returns the kind and the length (head and body) of the message at `at`; length 0 after the last message.
 */
async function readHead(
  file: FileHandle,
  at: number,
  size: number,
): Promise<{ length: number; kind: number }> {
  const prefix = view(await readBytes(file, at, 8));
  const headLength = prefix.getInt32(4, true);
  if (prefix.getInt32(0, true) !== CONTINUATION || headLength < 0 || at + headLength > size) {
    throw new Error(`there is no message at byte ${at}`);
  }
  if (headLength === 0) return { length: 0, kind: 0 };
  const bytes = await readBytes(file, at + 8, headLength);
  const head = view(bytes);
  const kindAt = fieldAt(head, rootOf(head), 1);
  const bodyAt = fieldAt(head, rootOf(head), 3);
  const bodyLength = bodyAt === 0 ? 0 : Number(head.getBigInt64(bodyAt, true));
  const length = 8 + headLength + bodyLength;
  if (bodyLength < 0 || at + length > size)
    throw new Error(`the message at byte ${at} cannot have ${bodyLength} bytes`);
  const kind = kindAt === 0 ? 0 : head.getUint8(kindAt);
  if (kind === RECORD_BATCH) checkFlatbuffer(bytes, BATCH_HEAD);
  return { length, kind };
}

/**
 * Returns a file without rows. It has the footer, with its two lists of batches (fields 2 and 3 in
 * Footer.fbs) removed, because some writers leave the schema out of the messages.
 */
async function withoutBatches(file: FileHandle, size: number): Promise<Uint8Array> {
  const end = await readBytes(file, size - FOOTER_END, FOOTER_END);
  const length = view(end).getInt32(0, true);
  if (length <= 0 || length > size - FOOTER_END) throw new Error(`its footer cannot have ${length} bytes`);
  const footer = await readBytes(file, size - FOOTER_END - length, length);
  const bytes = view(footer);
  for (const field of [2, 3]) {
    const slot = slotOf(bytes, rootOf(bytes), field);
    if (slot > 0) bytes.setUint16(slot, 0, true);
  }
  checkFlatbuffer(footer, FOOTER);
  return Buffer.concat([Buffer.from(MAGIC.padEnd(FIRST_MESSAGE, "\0")), footer, end]);
}

async function readBytes(file: FileHandle, from: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    // One read takes less than 2 GiB.
    const part = Math.min(length - done, 2 ** 30);
    const { bytesRead } = await file.read(bytes, done, part, from + done);
    if (bytesRead === 0) throw new Error(`the file ends at byte ${from + done}`);
    done += bytesRead;
  }
  return bytes;
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}
