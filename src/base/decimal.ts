/**
 * Returns the finite number that the text as a whole stands for; undefined for anything else ("", "1x",
 * "Infinity").
 */
export function parseDecimal(text: string): number | undefined {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  return Number.isFinite(value) ? value : undefined;
}
