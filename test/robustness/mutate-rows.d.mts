/** See mutate-rows.mjs. */
export function mutateBytes(bytes: Buffer, random: () => number): Buffer;
