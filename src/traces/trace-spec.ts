/** How a trace is named in one line of text. */
import { InputError } from "../base/errors.js";
import { didYouMean } from "../base/nearest.js";

/** The trace that one line of text specifies: the result of `parseTrace`. */
export type TraceSpec =
  | { readonly format: "synthetic"; readonly options: string }
  | { readonly format: FolderFormat; readonly folder: string }
  | { readonly format: FileFormat | "arrow"; readonly file: string };

/** Formats whose traces are one file. */
const FILE_FORMATS = ["swf", "table"] as const;
type FileFormat = (typeof FILE_FORMATS)[number];

/** Formats whose traces are folders. */
const FOLDER_FORMATS = [
  "google2011",
  "google2019",
  "alibaba2018",
  "azure2019",
  "bitbrains",
  "opendc",
  "planetlab",
] as const;
export type FolderFormat = (typeof FOLDER_FORMATS)[number];

const FORMATS = ["synthetic", ...FOLDER_FORMATS, ...FILE_FORMATS];

/** The syntax of trace specifications, for help and errors. */
export const TRACE_SYNTAX: string = [
  "synthetic[:KEY=VALUE,...]",
  ...FOLDER_FORMATS.map((format) => `${format}:DIR`),
  ...FILE_FORMATS.map((format) => `${format}:FILE`),
  "FILE.arrow",
].join(", ");

/**
 * Parses a trace specification without reading any file: `synthetic` or `synthetic:KEY=VALUE,...`,
 * `FORMAT:DIR` for a trace in a folder (docs/formats.md lists them), `swf:FILE`, `table:FILE.json` for a
 * user's own tables, or `FILE.arrow`.
 * @throws InputError for anything else, with the nearest known format.
 */
export function parseTrace(spec: string): TraceSpec {
  const colon = spec.indexOf(":");
  const name = colon < 0 ? spec : spec.slice(0, colon);
  const rest = colon < 0 ? "" : spec.slice(colon + 1);
  if (name === "synthetic") return { format: name, options: rest };
  if (isFolderFormat(name)) {
    if (rest === "") throw new InputError(`no folder in trace ${spec}; write ${name}:DIR`);
    return { format: name, folder: rest };
  }
  if (isFileFormat(name)) {
    if (rest === "") throw new InputError(`no file in trace ${spec}; write ${name}:FILE`);
    return { format: name, file: rest };
  }
  if (spec.endsWith(".arrow")) return { format: "arrow", file: spec };
  throw new InputError(`unknown trace: ${spec}${didYouMean(name, FORMATS)}; give one of ${TRACE_SYNTAX}`);
}

function isFolderFormat(name: string): name is FolderFormat {
  return FOLDER_FORMATS.some((format) => format === name);
}

function isFileFormat(name: string): name is FileFormat {
  return FILE_FORMATS.some((format) => format === name);
}
