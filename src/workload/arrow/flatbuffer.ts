/**
 * Checks the lengths that the flatbuffers of an Arrow file state, before anything is decoded by them: a wrong
 * one would cost minutes and gigabytes.
 */

/**
 * The fields of a table that hold more than plain numbers, by their number in the format's schema
 * (Schema.fbs, Message.fbs, File.fbs).
 */
type Shape = Readonly<Record<number, Part>>;

/** A text, a table, or a list of tables, or a list of structs with their size in bytes. */
type Part = "text" | { readonly table: Shape | ShapeOf } | { readonly each: Shape | number };

/** The shape of a table that follows from the table above it. */
type ShapeOf = (buffer: DataView, above: number) => Shape;

const KEY_VALUE: Shape = { 0: "text", 1: "text" };

const NUMBERS: Shape = {};
/** By code of the type: a time stamp names its zone, and a union lists its types. */
const TYPES: Readonly<Record<number, Shape | undefined>> = { 10: { 1: "text" }, 14: { 1: { each: 4 } } };
const typeShape: ShapeOf = (buffer, field) => {
  const code = fieldAt(buffer, field, 2);
  const type = code === 0 ? 0 : buffer.getUint8(code);
  return TYPES[type] ?? NUMBERS;
};

const FIELD: Record<number, Part> = {
  0: "text",
  3: { table: typeShape },
  4: { table: { 1: { table: NUMBERS } } },
  6: { each: KEY_VALUE },
};
FIELD[5] = { each: FIELD };

const SCHEMA: Shape = { 1: { each: FIELD }, 2: { each: KEY_VALUE } };
const BATCH: Shape = { 1: { each: 16 }, 2: { each: 16 }, 4: { each: 8 } };

export const FOOTER: Shape = {
  1: { table: SCHEMA },
  2: { each: 24 },
  3: { each: 24 },
  4: { each: KEY_VALUE },
};
/** The head of a message that holds rows. */
export const BATCH_HEAD: Shape = { 2: { table: BATCH } };

/**
 * Throws Error where a text or a list of the flatbuffer leads out of it. Parts that are stated more than once
 * count each time, so that decoding costs no more than the bytes can justify.
 */
export function checkFlatbuffer(bytes: Uint8Array, shape: Shape): void {
  const buffer = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    checkTable(buffer, 0, shape, { left: bytes.byteLength });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Error("its head or footer leads out of itself", { cause: error });
  }
}

function checkTable(buffer: DataView, at: number, shape: Shape, budget: { left: number }): void {
  spend(budget, 4);
  const table = at + buffer.getInt32(at, true);
  for (const [field, part] of Object.entries(shape)) {
    const place = fieldAt(buffer, table, Number(field));
    if (place === 0) continue;
    if (part === "text") checkList(buffer, place, 1, budget);
    else if ("table" in part) {
      const below = typeof part.table === "function" ? part.table(buffer, table) : part.table;
      checkTable(buffer, place, below, budget);
    } else if (typeof part.each === "number") checkList(buffer, place, part.each, budget);
    else {
      const { first, length } = checkList(buffer, place, 4, budget);
      for (let i = 0; i < length; i++) checkTable(buffer, first + 4 * i, part.each, budget);
    }
  }
}

function checkList(
  buffer: DataView,
  at: number,
  size: number,
  budget: { left: number },
): { first: number; length: number } {
  const base = at + buffer.getInt32(at, true);
  const length = buffer.getInt32(base, true);
  if (length < 0) throw new RangeError(`length ${length}`);
  spend(budget, size * length);
  if (base + 4 + size * length > buffer.byteLength) throw new RangeError(`length ${length}`);
  return { first: base + 4, length };
}

function spend(budget: { left: number }, bytes: number): void {
  budget.left -= bytes;
  if (budget.left < 0) throw new RangeError("more parts than bytes");
}

/** Returns the position of a field of the table at `table`; 0 if it is absent. */
export function fieldAt(buffer: DataView, table: number, field: number): number {
  const slot = slotOf(buffer, table, field);
  const offset = slot === 0 ? 0 : buffer.getInt16(slot, true);
  return offset === 0 ? 0 : table + offset;
}

/** Returns where the table states the position of a field; 0 if its list of fields is shorter. */
export function slotOf(buffer: DataView, table: number, field: number): number {
  const list = table - buffer.getInt32(table, true);
  const slot = 4 + 2 * field;
  return slot < buffer.getInt16(list, true) ? list + slot : 0;
}

/** Returns the position of the root table. */
export function rootOf(buffer: DataView): number {
  return buffer.getInt32(0, true);
}
