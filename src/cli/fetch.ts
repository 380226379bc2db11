import { InvalidArgumentError, Option, type Command } from "commander";
import {
  BUCKET,
  FETCHED_TABLES,
  fetchGoogle2011,
  LAST_PART,
  type FetchedTable,
} from "../fetch/google2011.js";
import { wholeNumber } from "./numbers.js";
import { withProgress } from "./progress-bar.js";
import type { Streams } from "./streams.js";

interface FetchCommandOptions {
  readonly parts: readonly number[];
  readonly to: string;
  readonly from: string;
  readonly jobs: number;
  readonly tables?: readonly FetchedTable[];
}

/** `schedlab fetch google2011 --parts 0-9 --to DIR`: parts of a public trace, in the folders in which it is read. */
export function addFetch(program: Command, { stdout, stderr }: Streams): void {
  const command = program.command("fetch").description("download a public trace, or go on with a download");
  command
    .command("google2011")
    .description("the Google trace of 2011: a part covers 84 minutes, and its task_usage takes some 90 MB")
    .requiredOption("--parts <list>", `which parts of 0 to ${LAST_PART}, such as 0-9 or 0,4,8`, parseParts)
    .requiredOption("--to <dir>", "the folder to fetch into; what is there is kept")
    .option("--from <url>", "a mirror of the bucket", BUCKET)
    .option("--jobs <n>", "files at a time", wholeNumber({ min: 1, max: 64 }), 4)
    .addOption(
      new Option(
        "--tables <list>",
        "which tables (default: machine_events,task_events,task_usage)",
      ).argParser(parseTables),
    )
    .addHelpText("after", "\nExample:\n  $ schedlab fetch google2011 --parts 0-9 --to clusterdata-2011-2")
    .action(async ({ parts, to, ...options }: FetchCommandOptions) => {
      const { fetched, kept, verified, bytes } = await withProgress(stderr, (onProgress) =>
        fetchGoogle2011(to, parts, { ...options, onProgress }),
      );
      const unchecked = fetched + kept - verified;
      const checked =
        unchecked === 0 ? "all have the published SHA-256" : `${unchecked} checked for length alone`;
      stdout.write(
        `${to}: ${fetched} files fetched (${(bytes / 1e6).toFixed(1)} MB), ${kept} there already; ${checked}\n`,
      );
    });
}

function parseParts(text: string): number[] {
  const parts = text.split(",").flatMap((piece) => {
    const [, first, last = first] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(piece.trim()) ?? [];
    const length = Number(last) - Number(first) + 1;
    return length >= 1 ? Array.from({ length }, (_, i) => Number(first) + i) : [NaN];
  });
  if (parts.every((part) => part <= LAST_PART)) return parts;
  throw new InvalidArgumentError(`Give numbers from 0 to ${LAST_PART} and ranges of them, such as 0-9,20.`);
}

function parseTables(text: string): FetchedTable[] {
  const tables = text.split(",").map((name) => FETCHED_TABLES.find((table) => table === name.trim()));
  if (!tables.includes(undefined)) return tables as FetchedTable[];
  throw new InvalidArgumentError(`Give some of ${FETCHED_TABLES.join(",")}.`);
}
