/** See google-readers.mjs. */
export function googleReaders(load: (path: string) => Promise<unknown>): Promise<Record<string, unknown>>;
