import { InvalidArgumentError, type Command } from "commander";
import { InputError } from "../../../base/errors.js";
import { ELSEWHERE, FETCHABLE, type FetchableTrace } from "../../../traces/fetch/catalogue.js";
import { LIMITS } from "../../../traces/fetch/limits.js";
import type { FetchOptions } from "../fetch.js";
import { wholeNumber } from "../numbers.js";
import type { Streams } from "../streams.js";
import { wrap } from "../wrap.js";

/**
 * `schedlab fetch TRACE --to DIR`: downloads a public trace in the layout that its reader expects. Each trace
 * of the catalogue has its own subcommand.
 */
export function addFetch(program: Command, streams: Streams): void {
  const command = program.command("fetch").description("download a public trace, or continue a download");
  for (const trace of FETCHABLE) addTrace(command, trace, streams);
  for (const [name, remedy] of Object.entries(ELSEWHERE))
    command
      .command(name)
      .description("cannot be fetched: prints what to do instead")
      .allowUnknownOption()
      .allowExcessArguments()
      .action(() => {
        throw new InputError(remedy);
      });
  command.addHelpText("after", `\n${wrap(LIMITS, 80)}`);
  command.addHelpText("after", "\nExample:\n  $ schedlab fetch swf --logs KTH-SP2-1996-2.1-cln --to logs");
}

function addTrace(fetch: Command, trace: FetchableTrace, streams: Streams): void {
  const { name, about, base, licence, example, parts, pieces } = trace;
  const command = fetch.command(name).description(about);
  if (parts !== undefined) {
    const { first, last } = parts;
    const help =
      `${parts.about} of ${first} to ${last}, such as ${first}-${first + 9} or ` + `${first},${first + 4}`;
    command.requiredOption("--parts <list>", help, partsWithin(first, last));
  }
  if (pieces !== undefined) {
    const { option, known, usual } = pieces;
    const flags = `--${option} <list>`;
    const help = `${pieces.about} of ${known.join(", ")}`;
    if (usual === undefined) command.requiredOption(flags, help, someOf(known));
    else command.option(flags, `${help} (default: ${usual.join(",")})`, someOf(known));
  }
  command
    .requiredOption("--to <dir>", "the folder to fetch into; files already there are kept")
    .option("--from <url>", "a mirror of the files", base)
    .option("--jobs <n>", "files at a time", wholeNumber({ min: 1, max: 64 }), 4)
    .option("--dry-run", "list the missing files with their sizes, and fetch nothing")
    .option("--require-checksum", "refuse files for which no SHA-256 is published")
    .addHelpText(
      "after",
      `\n${wrap(LIMITS, 80)}\nLicence: ${licence}\n\nExample:\n  $ schedlab fetch ${name} ${example}`,
    )
    .action(async (options: FetchOptions) => {
      const { fetch } = await import("../fetch.js");
      await fetch(trace, options, streams);
    });
}

function partsWithin(first: number, last: number): (text: string) => number[] {
  return (text) => {
    const parts = text.split(",").flatMap((piece) => {
      const [, from, to = from] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(piece.trim()) ?? [];
      const length = Number(to) - Number(from) + 1;
      return length >= 1 ? Array.from({ length }, (_, i) => Number(from) + i) : [NaN];
    });
    if (parts.every((part) => part >= first && part <= last)) return parts;
    throw new InvalidArgumentError(
      `Give numbers from ${first} to ${last} and ranges of them, such as ` +
        `${first}-${first + 9},${first + 20}.`,
    );
  };
}

function someOf(known: readonly string[]): (text: string) => string[] {
  return (text) => {
    const names = [...new Set(text.split(",").map((name) => name.trim()))];
    if (names.every((name) => known.includes(name))) return names;
    throw new InvalidArgumentError(`Give some of ${known.join(",")}.`);
  };
}
