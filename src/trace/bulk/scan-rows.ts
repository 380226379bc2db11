import type { Schema } from "../csv.js";
import type { OnError } from "../options.js";
import { scanNumber, type ScannedNumber, type ScannedType } from "./scan-number.js";

/** Rows of the columns that are read, in order of column. */
export interface Block {
  readonly rows: number;
  readonly columns: readonly (Float64Array | BigInt64Array)[];
}

export interface Scanned {
  readonly blocks: readonly Block[];
  readonly rows: number;
  readonly skippedRows: number;
}

export interface Scanner {
  /** Takes the next bytes of the text; false where they are out of the ordinary: then `readCsv` is to read the file. */
  readonly feed: (bytes: Uint8Array) => boolean;
  /** Takes the text as finished; undefined where anything in it was out of the ordinary. */
  readonly finish: () => Scanned | undefined;
}

const COMMA = 0x2c;
const LINE_BREAK = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const LAST_ASCII = 0x7f;
/** Less than `readCsv` allows. */
const LONGEST_ROW = 60_000;
const BLOCK_ROWS = 1 << 14;

/**
 * Returns a scanner that reads the text of a `.csv` file as `readCsv` does, to the bit, in a fifth of the time: numbers
 * straight from bytes, only of the columns that are read. A row with a bad value is left out and counted with "skip". It is
 * out of the ordinary with "fail", and so are quotes, carriage returns, a byte order mark and rows of huge length.
 */
export function createScanner(schema: Schema, onError: OnError): Scanner {
  const fill = createBlocks(schema);
  const field: ScannedNumber = { end: 0, value: 0, high: 0, isEmpty: false, isBad: false };
  const count = { rows: 0, skipped: 0 };
  let rest: Uint8Array = new Uint8Array(0);
  let isFirst = true;
  let isOrdinary = true;

  /** Reads the row at `from` into the current block. Returns the place of its line break, or -1 - place for a bad row. */
  const scanRow = (bytes: Uint8Array, from: number): number => {
    let at = from;
    for (let i = 0; i < schema.length; i++) {
      const column = schema[i];
      if (column.read === false) {
        while (bytes[at] !== COMMA && bytes[at] !== LINE_BREAK) at++;
      } else {
        scanNumber(bytes, at, column.type as ScannedType, field);
        at = field.end;
        const { min, max } = column;
        const isOutside =
          (min !== undefined && field.value < min) || (max !== undefined && field.value > max);
        if (field.isBad || isOutside || (field.isEmpty && column.mandatory === true))
          return badRow(bytes, at);
        fill.put(i, field);
      }
      const isLast = i === schema.length - 1;
      if ((bytes[at] === LINE_BREAK) !== isLast) return badRow(bytes, at);
      at++;
    }
    return at - 1;
  };

  /** `end` is the end of a text's last whole row. */
  const scanRows = (bytes: Uint8Array, end: number): boolean => {
    for (let at = 0; at < end;) {
      const place = scanRow(bytes, at);
      if (place < 0) {
        if (onError === "fail") return false;
        count.skipped++;
      } else {
        count.rows++;
        fill.next();
      }
      const lineBreak = place < 0 ? -1 - place : place;
      if (lineBreak - at > LONGEST_ROW) return false;
      at = lineBreak + 1;
    }
    return true;
  };

  const feed = (chunk: Uint8Array): boolean => {
    if (!isOrdinary || chunk.length === 0) return isOrdinary;
    if (isFirst && chunk[0] > LAST_ASCII) isOrdinary = false;
    isFirst = false;
    if (chunk.includes(QUOTE) || chunk.includes(CARRIAGE_RETURN)) isOrdinary = false;
    const end = chunk.lastIndexOf(LINE_BREAK) + 1;
    if (end === 0) {
      rest = joinBytes(rest, chunk);
    } else if (isOrdinary) {
      // The row that two chunks share goes first, so that no whole chunk is copied.
      const head = rest.length === 0 ? 0 : chunk.indexOf(LINE_BREAK) + 1;
      if (head > 0) {
        const shared = joinBytes(rest, chunk.subarray(0, head));
        isOrdinary = scanRows(shared, shared.length);
      }
      isOrdinary &&= scanRows(chunk.subarray(head), end - head);
      rest = chunk.slice(end);
    }
    if (rest.length > LONGEST_ROW) isOrdinary = false;
    return isOrdinary;
  };

  return {
    feed,
    finish: () => {
      if (rest.length > 0) feed(Uint8Array.of(LINE_BREAK));
      if (!isOrdinary || count.rows + count.skipped === 0) return undefined;
      return { blocks: fill.finish(), rows: count.rows, skippedRows: count.skipped };
    },
  };
}

function badRow(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] !== LINE_BREAK) at++;
  return -1 - at;
}

function joinBytes(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

interface BlockBuilder {
  /** Puts a value into the current row. */
  readonly put: (column: number, field: ScannedNumber) => void;
  readonly next: () => void;
  readonly finish: () => Block[];
}

function createBlocks(schema: Schema): BlockBuilder {
  const blocks: Block[] = [];
  const read = schema.map((column, i) => ({ column, i })).filter(({ column }) => column.read !== false);
  const isId = schema.map(({ type }) => type === "bigint");
  let numbers: Float64Array[] = [];
  let ids: Int32Array[] = [];
  let row = 0;
  const begin = (): void => {
    numbers = schema.map((_, i) => new Float64Array(read.some((own) => own.i === i) ? BLOCK_ROWS : 0));
    ids = numbers.map(({ buffer }) => new Int32Array(buffer));
    row = 0;
  };
  const end = (): void => {
    if (row === 0) return;
    const columns = read.map(({ i }) => {
      const bytes = row === BLOCK_ROWS ? numbers[i].buffer : numbers[i].buffer.slice(0, 8 * row);
      return isId[i] ? new BigInt64Array(bytes) : new Float64Array(bytes);
    });
    blocks.push({ rows: row, columns });
  };
  begin();
  return {
    put: (column, { value, high, isEmpty }) => {
      if (isId[column]) {
        ids[column][2 * row] = isEmpty ? -1 : value;
        ids[column][2 * row + 1] = isEmpty ? -1 : high;
      } else numbers[column][row] = value;
    },
    next: () => {
      if (++row < BLOCK_ROWS) return;
      end();
      begin();
    },
    finish: () => {
      end();
      return blocks;
    },
  };
}
