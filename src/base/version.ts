import { readFileSync } from "node:fs";

const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");

/** The version of this package, as its package.json states it. */
export const VERSION: string = (JSON.parse(text) as { version: string }).version;
