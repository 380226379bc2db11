/** See google-lines.mjs. */
export function googleLines(table: string): { readonly lines: string[]; readonly origin: string };
