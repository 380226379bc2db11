/** The kinds of typed arrays that rows are kept in. */
export const KINDS = { Int32Array, Uint8Array, Uint16Array, Float64Array, BigInt64Array } as const;
export type Kind = keyof typeof KINDS;
export type Column = Int32Array | Uint8Array | Uint16Array | Float64Array | BigInt64Array;
