/**
 * Answers Jupyter's questions about a cell: completion, help, and whether it is whole. TypeScript answers
 * them through tslab; names in strings and keys of settings are explained from the catalogues.
 */
import type ts from "typescript";
import { findPlace, type Place } from "./cell-place.js";
import { findKnown, METRIC_NAMES, type KnownName } from "./known-names.js";
import { moduleNames } from "./module-names.js";
import { namesAt } from "./names-at.js";
import { signatureAt } from "./signature.js";
import type { Seen } from "./cells/messages.js";
import type { Completion, Tslab } from "./tslab.js";

/** Requests as Jupyter sends them; `cursor_pos` counts Unicode's code points. */
interface CellQuestion {
  readonly code: string;
  readonly cursor_pos: number;
}

export interface Language {
  isComplete(request: unknown): unknown;
  complete(request: unknown): Promise<unknown>;
  inspect(request: unknown): Promise<unknown>;
}

/** What is known of the names of earlier cells. */
export interface Names {
  /** Returns what TypeScript knows of the name at the position. */
  inspect(code: string, position: number): ts.QuickInfo | undefined;
  complete(code: string, position: number): Completion;
  /** Returns what completion needs to know of the values of these names. */
  look(names: readonly string[]): Promise<Readonly<Record<string, Seen>>>;
}

interface Item {
  /** The name as the front end shows it. */
  readonly name: string;
  readonly kind: string;
  readonly brief: string;
  /** What is put into the cell. */
  readonly text: string;
  /** From a catalogue; absent where TypeScript has to be asked. */
  readonly card?: string;
}

/** The last answer, by which a front end's question about one of its items is recognized. */
interface Answer {
  readonly code: string;
  readonly at: number;
  readonly start: number;
  readonly items: readonly Item[];
}

/** tslab puts it in front of a cell, so that TypeScript takes it for a module. */
const PREFIX = "export {};\n".length;
const UNCANCELLED = { isCancellationRequested: () => false, throwIfCancellationRequested: () => undefined };

/** Returns the answers for cells that know these names. */
export function createLanguage(tslab: Tslab, known: Names): Language {
  const { typescript } = tslab;
  let last: Answer | undefined;
  let values: Readonly<Record<string, Seen>> = {};

  const file = (): ts.SourceFile =>
    tslab
      .program()
      .getSourceFiles()
      .find(({ fileName }) => fileName.endsWith("/__tslab__.ts"))!;

  function complete(code: string, at: number): Answer & { readonly end: number } {
    const whole = withModule(code, at);
    const { start, end, candidates, original } = known.complete(whole, at);
    const entries = new Map(original?.entries.map((entry) => [entry.name, entry]));
    const place = findPlace(typescript, tslab.program(), file(), at + PREFIX);
    const names = place && knownAt(place, [...entries.keys()]);
    const ofType = (name: string): Item => {
      const kind = entries.get(name)?.kind ?? "";
      return { name, kind, brief: "", text: name };
    };
    const answer = { code: whole, at, start, end, items: candidates.map(ofType) };
    if (!place || (names === undefined && place.is === "key")) return answer;
    const typed = whole.slice(place.start - PREFIX, at);
    const isQuoted = typescript.isStringLiteralLike(place.node);
    const items = names?.map((name) => itemOf(name, isQuoted)) ?? Array.from(entries.keys(), ofType);
    return {
      ...answer,
      start: place.start - PREFIX,
      end: place.end - PREFIX,
      items: matching(items, typed),
    };
  }

  function knownAt(place: Place, offered: readonly string[]): readonly KnownName[] | undefined {
    const { parent } = place.node as { parent?: ts.Node };
    if (parent && (typescript.isImportDeclaration(parent) || typescript.isExportDeclaration(parent)))
      return place.is === "string" ? moduleNames(place.node.getText().slice(1, -1)) : undefined;
    const checker = tslab.program().getTypeChecker();
    return namesAt(place, { typescript, checker, values, offered });
  }

  /** Explains an item of the last answer where the text is that of the cell with this item in it. */
  function describeItem(code: string): string | undefined {
    if (!last || !code.startsWith(last.code.slice(0, last.start))) return undefined;
    const text = code.slice(last.start);
    const item = last.items.find((one) => one.text === text);
    if (!item || item.card !== undefined) return item?.card;
    const { original } = known.complete(last.code, last.at);
    const source = original?.entries.find(({ name }) => name === item.name)?.source;
    const details = typescript.Completions.getCompletionEntryDetails(
      tslab.program(),
      () => undefined,
      file(),
      last.at + PREFIX,
      { name: item.name, source },
      {},
      undefined,
      {},
      UNCANCELLED,
    );
    return details && withMetric(item.name, tslab.printQuickInfo(details as unknown as ts.QuickInfo));
  }

  function inspect(code: string, at: number): string | undefined {
    const item = describeItem(code);
    if (item !== undefined) return item;
    const info = known.inspect(code, at);
    const place = findPlace(typescript, tslab.program(), file(), at + PREFIX);
    if (place) {
      const name = code.slice(place.start - PREFIX, place.end - PREFIX);
      const here = knownAt(place, []) ?? [];
      const card =
        here.find((one) => one.name === name) ?? (place.is === "string" ? findKnown(name) : undefined);
      if (card) return card.card;
    }
    if (info) {
      const { start, length } = info.textSpan;
      return withMetric(code.slice(start, start + length), tslab.printQuickInfo(info));
    }
    const signature = signatureAt(typescript, tslab.program(), file(), at + PREFIX);
    return signature && joinLines(signature);
  }

  return {
    isComplete(request) {
      const { completed, indent } = tslab.isCompleteCode((request as CellQuestion).code);
      return completed ? { status: "complete" } : { status: "incomplete", indent };
    },
    async complete(request) {
      const { code, cursor_pos } = request as CellQuestion;
      values = await known.look(identifiersIn(code));
      const answer = complete(code, toIndex(code, cursor_pos));
      last = answer;
      const { start, end, items } = answer;
      const [from, to] = [start, end].map((index) => Array.from(code.slice(0, index)).length);
      return {
        status: "ok",
        matches: items.map(({ text }) => text),
        cursor_start: from,
        cursor_end: to,
        metadata: {
          _jupyter_types_experimental: items.map(({ text, kind, brief }) => ({
            text,
            type: kind,
            signature: brief,
            start: from,
            end: to,
          })),
        },
      };
    },
    async inspect(request) {
      const { code, cursor_pos } = request as CellQuestion;
      values = await known.look(identifiersIn(code));
      const text = inspect(code, toIndex(code, cursor_pos));
      const data = text === undefined ? {} : { "text/plain": text };
      return { status: "ok", found: text !== undefined, data, metadata: {} };
    },
  };
}

const identifiersIn = (code: string): string[] => [...new Set(code.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu))];

function toIndex(code: string, codePoints: number): number {
  return Array.from(code).slice(0, codePoints).join("").length;
}

function itemOf({ name, kind, brief, card }: KnownName, isQuoted: boolean): Item {
  const text = isQuoted || /^\w+$/.test(name) ? name : JSON.stringify(name);
  return { name, kind, brief, text, card };
}

/** Returns the items whose names contain the typed text, those that begin with it first. */
function matching(items: readonly Item[], typed: string): Item[] {
  const wanted = typed.toLowerCase();
  const place = ({ name }: Item): number => name.toLowerCase().indexOf(wanted);
  return items.filter((item) => place(item) >= 0).sort((a, b) => Number(place(a) > 0) - Number(place(b) > 0));
}

/** Returns the text for a name, with the metric's meaning for a bare property with a metric's name. */
function withMetric(name: string, text: string): string {
  const metric = METRIC_NAMES.find((one) => one.name === name);
  const isBare = /^\(property\) \w+: [\w<>]+$/.test(text);
  return metric && isBare ? `${text}\n\n${metric.card}` : joinLines(text);
}

/** Completes `import { si` at the cursor to an import from schedlab, whose names are then known. */
function withModule(code: string, at: number): string {
  const [before, after] = [code.slice(0, at), code.slice(at)];
  if (!/(^|\n)\s*import\s+(type\s+)?\{[^}"']*$/.test(before)) return code;
  const names = /^[\w\s,]*\}?/.exec(after)![0];
  const rest = after.slice(names.length);
  if (/^\s*from\b/.test(rest)) return code;
  return `${before}${names.replace(/\}$/, "")}} from "schedlab";${rest}`;
}

/** Joins the lines of a docstring's paragraphs, which front ends break anew; the first paragraph is code. */
function joinLines(text: string): string {
  const [code, ...paragraphs] = text.split("\n\n");
  return [code, ...paragraphs.map((lines) => lines.replace(/\n(?=[\w`"'(])(?!\w+:)/g, " "))].join("\n\n");
}
