/** Detects the kind of a file from its first bytes, because its name may be wrong. */
import { open } from "node:fs/promises";
import { InputError } from "../../base/errors.js";

/** The kinds that a reader can open. */
export type Content = "empty" | "text" | "utf-16le" | "utf-16be" | "gzip" | "zip" | "parquet";

/** The number of bytes that `contentOf` looks at. */
export const HEAD_BYTES = 512;

interface Signature {
  readonly bytes: string;
  readonly at?: number;
}

const READABLE: readonly (readonly [Content, Signature])[] = [
  ["gzip", { bytes: "\x1f\x8b" }],
  ["zip", { bytes: "PK\x03\x04" }],
  ["parquet", { bytes: "PAR1" }],
  ["utf-16le", { bytes: "\xff\xfe" }],
  ["utf-16be", { bytes: "\xfe\xff" }],
];

/** For each kind that no reader can open: its name, its first bytes, and the remedy. */
const UNREADABLE: readonly (readonly [string, Signature, string])[] = [
  ["a tar archive", { bytes: "ustar", at: 257 }, "unpack it with tar -xf and give its folder"],
  ["compressed with zstd", { bytes: "\x28\xb5\x2f\xfd" }, "unpack it with zstd -d"],
  ["compressed with xz", { bytes: "\xfd7zXZ\x00" }, "unpack it with xz -d"],
  ["compressed with bzip2", { bytes: "BZh" }, "unpack it with bunzip2"],
  ["compressed with lz4", { bytes: "\x04\x22\x4d\x18" }, "unpack it with lz4 -d"],
  ["a 7z archive", { bytes: "7z\xbc\xaf\x27\x1c" }, "unpack it and give its folder"],
  ["a RAR archive", { bytes: "Rar!" }, "unpack it and give its folder"],
  ["an empty zip archive", { bytes: "PK\x05\x06" }, "download it again"],
  ["an Arrow or Feather file", { bytes: "ARROW1" }, "save it as Parquet or CSV"],
  ["an old Feather file", { bytes: "FEA1" }, "save it as Parquet or CSV"],
  ["an ORC file", { bytes: "ORC" }, "save it as Parquet or CSV"],
  ["an Avro file", { bytes: "Obj\x01" }, "save it as Parquet or CSV"],
  ["an HDF5 file", { bytes: "\x89HDF" }, "save it as Parquet or CSV"],
  ["an SQLite database", { bytes: "SQLite format 3" }, "export its tables as CSV"],
  ["a Python pickle", { bytes: "\x80\x04\x95" }, "save it as Parquet or CSV"],
  ["a Python pickle", { bytes: "\x80\x05\x95" }, "save it as Parquet or CSV"],
  ["a PDF document", { bytes: "%PDF" }, "give the data file"],
  ["an old Excel workbook", { bytes: "\xd0\xcf\x11\xe0" }, "save its sheet as CSV"],
  [
    "a Git LFS pointer, not the data",
    { bytes: "version https://git-lfs" },
    "fetch the data with git lfs pull",
  ],
];

/** Tab to carriage return: the control characters that occur in text. */
const FIRST_BLANK = 0x09;
const LAST_BLANK = 0x0d;

/** The beginning of a web page, which a server may send instead of a file. */
const WEB_PAGE = /^\s*<(?:!doctype html|html|\?xml)/i;

/**
 * Returns the kind of a file from its first `HEAD_BYTES` bytes (fewer if the file is shorter).
 * @throws InputError if no reader can open the file; the error says what it is and what to do.
 */
export function contentOf(head: Uint8Array, name: string): Content {
  if (head.length === 0) return "empty";
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString("latin1");
  const has = ({ bytes, at = 0 }: Signature): boolean => text.startsWith(bytes, at);
  const known = READABLE.find(([, signature]) => has(signature));
  if (known !== undefined) return known[0];
  const other = UNREADABLE.find(([, signature]) => has(signature));
  if (other !== undefined) throw new InputError(`cannot read ${name}: it is ${other[0]}; ${other[2]}`);
  if (WEB_PAGE.test(text))
    throw new InputError(`cannot read ${name}: it is a web page, not the data; download the file again`);
  // UTF-16 without a byte order mark: every other byte of Latin letters and digits is 0.
  if (head.every((byte, i) => (byte === 0) === (i % 2 === 1))) return head.length > 1 ? "utf-16le" : "text";
  if (head.every((byte, i) => (byte === 0) === (i % 2 === 0))) return "utf-16be";
  // A few control bytes are faults of their rows; the reader names the place.
  const control = head.filter((byte) => byte < 0x20 && (byte < FIRST_BLANK || byte > LAST_BLANK)).length;
  if (control <= head.length / 10) return "text";
  throw new InputError(`cannot read ${name}: it is not text; give CSV or Parquet`);
}

/** Returns the first `HEAD_BYTES` bytes of a file; fewer if it is shorter. Throws the file system's error. */
export async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const head = new Uint8Array(HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
