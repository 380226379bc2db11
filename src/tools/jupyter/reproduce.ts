/**
 * `npm run reproduce`: runs every notebook of the paper and writes figures/ and site/; with `--quick` into a
 * separate folder, in another language into folders below these.
 */
import { existsSync } from "node:fs";
import { copyFile, readdir, readFile, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { isAbsolute, join, relative, resolve } from "node:path";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { languageFolder, LANGUAGES, type Language } from "../../charts/figure.js";
import type { ParameterValue } from "../../notebook/notebook-parameters.js";
import { PLOTLY_FILE, plotlyPath } from "../../notebook/plotly-source.js";
import { InputError } from "../../base/errors.js";
import { makeFolder } from "../../base/files.js";
import { checkOutFolder, markOutFolder } from "../../base/out-folder.js";
import { ensureEnvironment } from "./environment.js";
import { inOrder } from "../../base/in-order.js";
import { parseTrace } from "../../traces/trace-spec.js";
import type { Notebook } from "./notebook-faults.js";
import { readDefaults } from "./parameter-cell.js";
import { isPaperNotebook, NOTEBOOKS, PROJECT } from "./project.js";
import { assignParameters, readSetting, type ReadNotebook } from "./set-parameters.js";
import { runNotebook, type NotebookOutcome } from "./run-notebook.js";
import { MATHJAX_FILE } from "./pages/document.js";
import { writeFrontPage } from "./pages/front-page.js";
import { commandOf, madeByHtml, madeNow } from "./pages/made-by.js";
import { EXECUTED, FIGURES } from "./pages/page.js";
import { linkPages } from "./pages/sequence.js";
import { writePage } from "./pages/write-page.js";

export interface ReproduceOptions {
  readonly trace?: string;
  readonly machines?: number;
  readonly steps?: number;
  readonly seed?: number;
  /** Values of parameters, as they were typed. */
  readonly set?: Readonly<Record<string, string>>;
  readonly language?: Language;
  readonly only?: readonly string[];
  readonly quick?: boolean;
  readonly jobs?: number;
  /**
   * Folder for figures/, site/ and out/notebooks/. Default: the project's folder, or `notebooks` where that
   * is given; for a quick run, out/quick in it.
   */
  readonly out?: string;
  /** Folder of the notebooks. Default: the project's. */
  readonly notebooks?: string;
}

/** Parses the arguments; undefined after --help. Throws InputError for unknown ones. */
export function parseReproduceArguments(given: readonly string[]): ReproduceOptions | undefined {
  const program = new Command("npm run reproduce --")
    .description("Runs every notebook, exports every figure and builds the site.")
    .option(
      "--set <name=value>",
      "set a parameter of a notebook's first cell, in every notebook that has it; may be repeated",
      readSetting,
    )
    .option("--trace <trace>", "synthetic, google2011:DIR, planetlab:DIR or FILE.arrow")
    .option("--machines <number>", "machines of the cluster, as --set machines=NUMBER", toWhole)
    .option("--steps <number>", "steps to simulate", toWhole)
    .option("--seed <number>", "root seed", toWhole)
    .addOption(
      new Option("--language <language>", "language of charts, tables and pages; zh: in zh/").choices(
        LANGUAGES,
      ),
    )
    .option("--only <numbers>", "only notebooks whose names start with these: 03, or 01,03", (text) =>
      text.split(","),
    )
    .option("--quick", "small clusters and few steps, in seconds instead of minutes")
    .option("--jobs <number>", "notebooks at a time", toWhole, Math.min(2, availableParallelism()))
    .option(
      "--out <folder>",
      "folder for figures/, site/ and out/; default: the project, or the --notebooks, with --quick " +
        "out/quick there",
    )
    .option("--notebooks <folder>", "where the notebooks are", NOTEBOOKS)
    .allowExcessArguments(false)
    .configureOutput({ writeErr: () => undefined })
    .exitOverride();
  try {
    return program.parse(given, { from: "user" }).opts<ReproduceOptions>();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw new InputError(error.message.replace(/^error: /, ""));
  }
}

function toWhole(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < 1) {
    throw new InvalidArgumentError("give a whole number of at least 1");
  }
  return value;
}

/**
 * Returns the parameters for the first cell of each notebook. Throws InputError for a parameter that no
 * notebook has and for a value of another type than the default's.
 */
export function parametersOf(
  options: ReproduceOptions,
  chosen: readonly ReadNotebook[],
): Record<string, ParameterValue>[] {
  const { trace, machines, steps, seed, language, quick } = options;
  const { out, notebooks } = foldersOf(options);
  const short = { trace, machines, steps, seed, ...options.set };
  const given = Object.entries(short).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [[name, name === "trace" ? seenFrom(notebooks, String(value)) : String(value)]],
  );
  // The path is relative to the kernel's working directory, so that notebooks' outputs contain no local
  // paths.
  const figures = relative(notebooks, join(out, "figures")) || ".";
  const shared = { ...(language && { language }), ...(quick && { quick }), figures };
  return assignParameters(chosen, Object.fromEntries(given) as Record<string, string>).map((own) => ({
    ...own,
    ...shared,
  }));
}

/** Returns the folders. Other notebooks and quick runs must not overwrite the project's charts and pages. */
function foldersOf({ notebooks = NOTEBOOKS, out, quick }: ReproduceOptions): {
  notebooks: string;
  out: string;
} {
  const home = resolve(notebooks) === NOTEBOOKS ? PROJECT : notebooks;
  return { notebooks, out: out ?? (quick ? join(home, "out", "quick") : home) };
}

/**
 * Converts a trace's path from relative to here to relative to the folder. Throws the same errors as
 * `parseTrace`.
 */
function seenFrom(folder: string, trace: string): string {
  const spec = parseTrace(trace);
  const path = "folder" in spec ? spec.folder : "file" in spec ? spec.file : undefined;
  if (path === undefined || isAbsolute(path)) return trace;
  return `${trace.slice(0, -path.length)}${relative(folder, path) || "."}`;
}

/**
 * Runs the notebooks; returns 0 where all of them ran to the end, else 1. Throws InputError for bad
 * arguments.
 */
export async function reproduce(given: readonly string[]): Promise<number> {
  const options = parseReproduceArguments(given);
  if (!options) return 0;
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const { only, language, jobs = 2 } = options;
  const { out, notebooks } = foldersOf(options);
  const names = await findNotebooks(notebooks, only);
  const parameters = parametersOf(options, await Promise.all(names.map((name) => read(notebooks, name))));
  const folders = [join(out, "site"), join(out, "out", "notebooks")];
  for (const folder of folders) await checkOutFolder(folder, "reproduce");
  await ensureEnvironment(say);

  const [site, executed] = folders.map((folder) => join(folder, languageFolder(language)));
  await clear({ site, executed, ...(only && { names }) });
  for (const folder of folders) await markOutFolder(folder, "reproduce");
  makeFolder(site);
  await copyFile(plotlyPath(), join(site, PLOTLY_FILE));
  await copyFile(mathjaxPath(), join(site, MATHJAX_FILE));

  const made = await madeNow();
  const outcomes = await inOrder(names, jobs, async (name) => {
    const paths = {
      source: join(notebooks, `${name}.ipynb`),
      executed: join(executed, `${name}.ipynb`),
      // Read and removed when the page is made.
      cells: join(site, `${name}.cells.tmp`),
    };
    const outcome = await runNotebook({
      ...paths,
      parameters: parameters[names.indexOf(name)],
      onCell: (cell, cells) => {
        if (cell === 1) say(`${name}: running ${cells} cells`);
      },
    });
    for (const line of describeOutcome(name, outcome)) say(line);
    const madeBy = madeByHtml(commandOf({ ...options, only: [name] }), made, language);
    // Without cells the runner itself failed.
    if (existsSync(paths.cells))
      await writePage({ ...paths, name, site, madeBy, ...(language && { language }) });
    return outcome;
  });
  await linkPages(site, language);
  const madeBy = madeByHtml(commandOf(options), made, language);
  await writeFrontPage({ executed, site, madeBy, ...(language && { language }) });

  const failed = names.filter((_, i) => !outcomes[i].isWhole);
  const here = (path: string): string => relative(process.cwd(), path) || ".";
  say(
    `${names.length - failed.length} of ${names.length} notebooks ran; see ${here(join(site, "index.html"))}`,
  );
  if (failed.length > 0) say(`failed: ${failed.join(", ")}`);
  return failed.length === 0 ? 0 : 1;
}

async function read(folder: string, name: string): Promise<ReadNotebook> {
  const path = join(folder, `${name}.ipynb`);
  try {
    return { name, defaults: readDefaults(JSON.parse(await readFile(path, "utf8")) as Notebook) };
  } catch {
    // The runner says what is wrong with the file.
    return { name, defaults: undefined };
  }
}

/** Removes earlier results, all or of some notebooks, which could be mistaken for results of this run. */
async function clear({
  site,
  executed,
  names,
}: {
  readonly site: string;
  readonly executed: string;
  readonly names?: readonly string[];
}): Promise<void> {
  const stale = names
    ? names.flatMap((name) => [
        join(site, `${name}.html`),
        join(site, EXECUTED, `${name}.ipynb`),
        join(executed, `${name}.ipynb`),
      ])
    : [
        ...(await endingIn(site, ".html")),
        ...(await endingIn(executed, ".ipynb")),
        join(site, EXECUTED),
        join(site, FIGURES),
      ];
  for (const path of stale) await rm(path, { recursive: true, force: true });
}

async function endingIn(folder: string, extension: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  return (await readdir(folder)).filter((name) => name.endsWith(extension)).map((name) => join(folder, name));
}

function describeOutcome(name: string, { isWhole, seconds, cells, error, noise }: NotebookOutcome): string[] {
  if (isWhole) return [`${name}: ok, ${cells} cells in ${seconds.toFixed(1)} s`];
  if (!error) return [`${name}: FAILED`, noise];
  const where = error.cell === 0 ? "" : ` in code cell ${error.cell} of ${cells}`;
  const first = `${name}: FAILED${where}: ${error.name}: ${error.message}`;
  return [first, ...error.traceback.slice(1).map((line) => `    ${stripColors(line).trimEnd()}`)];
}

function stripColors(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\u001b\[\d+m/g, "");
}

async function findNotebooks(folder: string, only: readonly string[] | undefined): Promise<string[]> {
  const names = (await readdir(folder))
    .filter(resolve(folder) === NOTEBOOKS ? isPaperNotebook : (name) => name.endsWith(".ipynb"))
    .map((name) => name.replace(/\.ipynb$/, ""))
    .sort();
  if (names.length === 0) throw new InputError(`no notebook in ${folder}`);
  for (const start of only ?? []) {
    if (!names.some((name) => name.startsWith(start))) {
      throw new InputError(`no notebook starts with ${start}; there are ${names.join(", ")}`);
    }
  }
  return only ? names.filter((name) => only.some((start) => name.startsWith(start))) : names;
}

function mathjaxPath(): string {
  return join(PROJECT, "node_modules", "mathjax", "es5", "tex-svg.js");
}
