/** A typed array that grows by doubling: rows of a trace without an object a row. */
export interface GrowingColumn<T, A> {
  readonly length: () => number;
  readonly push: (value: T) => void;
  /** Returns what was pushed, without spare room. */
  readonly finish: () => A;
}

interface TypedArray<T> {
  readonly length: number;
  [row: number]: T;
  slice(from: number, to: number): this;
  set(values: this): void;
}

/** Returns an empty column whose arrays `create` makes, as in `growing((rows) => new Float64Array(rows))`. */
export function growing<T, A extends TypedArray<T>>(create: (rows: number) => A): GrowingColumn<T, A> {
  let values = create(1024);
  let length = 0;
  return {
    length: () => length,
    push: (value) => {
      if (length === values.length) {
        const larger = create(2 * length);
        larger.set(values);
        values = larger;
      }
      values[length++] = value;
    },
    finish: () => values.slice(0, length),
  };
}

export const int32Column = (): GrowingColumn<number, Int32Array> => growing((rows) => new Int32Array(rows));
export const uint8Column = (): GrowingColumn<number, Uint8Array> => growing((rows) => new Uint8Array(rows));
export const uint16Column = (): GrowingColumn<number, Uint16Array> =>
  growing((rows) => new Uint16Array(rows));
export const float64Column = (): GrowingColumn<number, Float64Array> =>
  growing((rows) => new Float64Array(rows));
export const bigintColumn = (): GrowingColumn<bigint, BigInt64Array> =>
  growing((rows) => new BigInt64Array(rows));
