/** Splits a text that arrives in chunks into lines. */
import { InputError } from "../../base/errors.js";

/** No line of these traces is longer than this many characters; a file with a longer line is not text. */
const LONGEST_LINE = 1 << 20;

/**
 * Calls `visit` with each line and its number from 1. Line ends may be LF or CRLF. With `multiline`, a line
 * that opens a quote without closing it is joined with the next one by a line feed; the result has the number
 * of its first line.
 * @throws InputError for a line of more than 2^20 characters.
 */
export async function splitIntoLines(
  bytes: AsyncIterable<Buffer>,
  name: string,
  multiline: boolean,
  visit: (line: string, number: number) => void,
): Promise<void> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let number = 0;
  let rest = "";
  let open: string[] = [];
  let length = 0;
  const takeLine = (raw: string): void => {
    number++;
    if (raw.length > LONGEST_LINE) throw tooLong(name, number);
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    const closes = hasOddQuotes(line) === open.length > 0;
    if (!multiline || (open.length === 0 && closes)) {
      visit(line, number);
      return;
    }
    open.push(line);
    length += line.length;
    if (length > LONGEST_LINE) throw tooLong(name, number);
    if (closes) visitOpen();
  };
  const visitOpen = (): void => {
    const lines = open;
    open = [];
    length = 0;
    visit(lines.join("\n"), number - lines.length + 1);
  };
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > LONGEST_LINE) throw tooLong(name, number + 1);
    for (const line of lines) takeLine(line);
  }
  if (rest !== "") takeLine(rest);
  if (open.length > 0) visitOpen();
}

function hasOddQuotes(line: string): boolean {
  return line.includes('"') && line.split('"').length % 2 === 0;
}

function tooLong(name: string, line: number): InputError {
  return new InputError(
    `${name}, line ${line}, the whole line: is longer than ${LONGEST_LINE} characters; ` +
      "download the file again, or remove the line",
  );
}
