/** See mutate-bytes.mjs. */
export function mutateBytes(bytes: Uint8Array, random: () => number): Buffer;
