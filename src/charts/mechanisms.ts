import type { Text } from "./figure.js";
import { words } from "./words/words.js";

/** Returns the displayed name of a migration mechanism; of one without a name, its key. */
export function mechanismName(key: string): Text {
  const { names } = words.migrations;
  return Object.hasOwn(names, key) ? names[key] : { en: key, zh: key };
}
