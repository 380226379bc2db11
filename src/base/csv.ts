/** Texts in CSV, which spreadsheets open. */
import type { ColumnTable } from "arquero";

/** Numbers, also with a sign, an interval's arm, a percent sign or a star: no formula. */
const NUMBER = /^[+-][\d\s.,e±%*+-]*$/i;

/**
 * Returns the text with an apostrophe before it where a spreadsheet would take it for a formula: where it
 * begins with =, @, a tab or a line end, or with + or - and is no number (OWASP, CSV Injection).
 */
export function csvText(text: string): string {
  return /^[=@\t\r\n]/.test(text) || (/^[+-]/.test(text) && !NUMBER.test(text)) ? `'${text}` : text;
}

/** Returns a field of CSV, in quotes where it needs them (RFC 4180). */
export function csvField(text: string): string {
  const safe = csvText(text);
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Returns a table as CSV; texts that a spreadsheet would take for formulas begin with an apostrophe. */
export function tableCsv(table: ColumnTable): string {
  const names = table.columnNames();
  const asText = (value: unknown): unknown => (typeof value === "string" ? csvText(value) : value);
  const heads = names.map((name) => [name, csvText(name)] as const);
  const format = Object.fromEntries(heads.map(([, head]) => [head, asText]));
  return table.rename(Object.fromEntries(heads)).toCSV({ format });
}
