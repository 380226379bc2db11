/** Gives mutated rows to the readers of the Google trace and holds what they say against judge-row.mjs. */
import { Buffer } from "node:buffer";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { judgeRow } from "./judge-row.mjs";
import { mutateRow } from "./mutate-rows.mjs";

const BATCH = 10_000;
const NAME = "part-00000-of-00001.csv";

/**
 * Mutates `rows` of the lines given, round and round. Every batch is read with its bad rows left out: the
 * rest must be what it is judged to be, from the strict reader and from the fast one, which must have been
 * the one that read where no quote or carriage return (its reasons to give up) is in the file. Then every bad
 * row is read as an error: of its file, line, column and reason.
 *
 * Returns how many lines were read, refused and located, and how many files the fast reader read. Throws for
 * the first difference.
 */
export async function checkRows({
  table,
  lines,
  rows,
  random,
  folder,
  readers,
  onProgress = () => undefined,
}) {
  const path = join(folder, NAME);
  const part = { number: 0, path, name: `${table}/${NAME}` };
  const sum = { table, mutated: 0, lines: 0, refused: 0, located: 0, fastFiles: 0, files: 0 };
  while (sum.mutated < rows) {
    const isPlain = sum.files % 2 === 0;
    const { judged, mutated } = mutateLines({
      table,
      lines,
      from: sum.mutated,
      rows: Math.min(BATCH, rows - sum.mutated),
      random,
      isPlain,
    });
    write(path, judged);
    const judgedRows = judged.filter(({ verdict }) => !verdict.isBlank);
    const expected = judgedRows.filter(({ verdict }) => verdict.reason === undefined);
    for (const isStrict of [true, false]) {
      const { columns, counts } = await read({ table, part, readers, isStrict, onError: "skip" });
      same(counts[`${table}.rows`], expected.length, "rows");
      same(counts[`${table}.skippedRows`], judgedRows.length - expected.length, "rows left out");
      compareColumns(columns, expected);
    }
    const scanned = await readers.scanFile(path, readers.SCHEMAS[table], () => undefined, {
      onError: "skip",
    });
    if (isPlain) same(scanned !== undefined, true, "read by the fast reader");
    sum.files++;
    sum.fastFiles += Number(scanned !== undefined);
    sum.located += await locate({ table, judged, lines, part, readers });
    sum.mutated += mutated;
    sum.lines += judged.length;
    sum.refused += judgedRows.length - expected.length;
    onProgress(sum);
  }
  return sum;
}

/**
 * Mutated rows as lines with their verdicts; a whole row goes first, lest a broken one be taken for a header
 * line.
 */
function mutateLines({ table, lines, from, rows, random, isPlain }) {
  const judged = [{ line: lines[0], verdict: judgeRow(table, lines[0]) }];
  for (let mutated = 0; mutated < rows;) {
    const row = lines[(from + mutated) % lines.length];
    const change = mutateRow(row, table, random);
    if (isPlain && /["\r]/.test(change.text)) continue;
    const pieces = change.text.split("\n").map((line) => ({ line, verdict: judgeRow(table, line) }));
    checkClaim(change, pieces[0].verdict, judgeRow(table, row));
    judged.push(...pieces);
    mutated++;
  }
  return { judged, mutated: rows };
}

/** What the mutator did on purpose must be what is judged. */
function checkClaim({ fault, column, value, same: isSame }, verdict, before) {
  if (verdict.isBlank) return;
  if (fault !== undefined) same(verdict.place, fault, "place of a fault made on purpose");
  if (value !== undefined) same(verdict.values?.[column], value, "value put in on purpose");
  if (isSame)
    before.values.forEach((was, i) => same(verdict.values?.[i], was, "value of an untouched column"));
}

async function read({ table, part, readers, isStrict, onError }) {
  const counts = {};
  const inputs = [];
  const source = readers.createMemorySource({ isStrict });
  const columns = await readers[table]([part], {
    source,
    onError,
    onProgress: undefined,
    counts,
    inputs,
  });
  return { columns, counts, inputs };
}

function compareColumns(columns, expected) {
  const stored = expected.flatMap(({ verdict }) => verdict.stored ?? []);
  for (const name of Object.keys(stored[0])) {
    same(columns[name].length, stored.length, `length of ${name}`);
    stored.forEach((row, i) => same(columns[name][i], row[name], `${name} of row ${i}`));
  }
}

/** How many of a file's skipped rows the readers name with their place. */
const TOLD = 5;

/**
 * Reads the refused lines a few at a time, in a file of the lines since the ones before and one more line: as
 * rows left out, each of which must be located, and the first of them as an error. Returns how many were
 * located.
 */
async function locate({ table, judged, lines, part, readers }) {
  let file = [judged[0]];
  let refused = [];
  let located = 0;
  const check = async () => {
    write(part.path, [...file, { line: lines[0] }]);
    for (const isStrict of [true, false]) {
      const { inputs } = await read({ table, part, readers, isStrict, onError: "skip" });
      refused.forEach((entry, i) => requireLocated(inputs[0].skipped?.[i] ?? "nothing", "", entry));
    }
    // The fast reader gives up at the first fault and leaves the rest to the strict one: now and then is
    // enough for it.
    const isStrict = located % (4 * TOLD) !== 0;
    const error = await read({ table, part, readers, isStrict, onError: "fail" }).then(
      () => "no error",
      (e) => e,
    );
    const text = error instanceof readers.InputError ? error.message : String(error);
    requireLocated(text, `${part.name}, `, refused[0]);
    located += refused.length;
    file = [judged[0]];
    refused = [];
  };
  for (const entry of judged.slice(1)) {
    file.push(entry);
    if (entry.verdict.reason !== undefined) refused.push({ ...entry, number: file.length });
    if (refused.length === TOLD) await check();
  }
  if (refused.length > 0) await check();
  return located;
}

/** Throws where a text does not say of a refused line which it is, where in it and why. */
function requireLocated(text, prefix, { line, number, verdict: { place, reason } }) {
  const start = `${prefix}line ${number}, ${place}: `;
  if (text.startsWith(start) && text.slice(start.length).includes(reason) && !text.includes("\n")) return;
  throw new Error(`expected ${start}... ${reason}\nbut got ${text}\nfor ${JSON.stringify(line)}`);
}

function write(path, judged) {
  writeFileSync(path, Buffer.from(judged.map(({ line }) => `${line}\n`).join(""), "latin1"));
}

function same(value, expected, what) {
  if (!Object.is(value, expected)) throw new Error(`${what}: ${value} instead of ${expected}`);
}
