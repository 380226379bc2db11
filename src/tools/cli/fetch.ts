import { checkWritable } from "../../base/out-folder.js";
import type { FetchableTrace } from "../../traces/fetch/catalogue.js";
import { fetchTrace, planFetch, type FetchReport } from "../../traces/fetch/fetch-trace.js";
import { withProgress } from "./progress-bar.js";
import type { Streams } from "./streams.js";

/** The options of `schedlab fetch TRACE`. */
export interface FetchOptions {
  readonly to: string;
  readonly from: string;
  readonly jobs: number;
  readonly dryRun?: true;
  readonly requireChecksum?: true;
  readonly parts?: readonly number[];
  /** The chosen pieces; the catalogue defines the option's name. */
  readonly [pieces: string]: unknown;
}

/** Downloads what is missing of a trace, or lists it. */
export async function fetch(
  trace: FetchableTrace,
  { to, dryRun, requireChecksum, parts: numbers, from, jobs, ...rest }: FetchOptions,
  { stdout, stderr }: Streams,
): Promise<void> {
  const { name, licence, pieces } = trace;
  const named = pieces === undefined ? undefined : (rest[pieces.option] as readonly string[] | undefined);
  const choice = { parts: numbers, pieces: named ?? pieces?.usual };
  const options = { from, jobs, requireChecksum };
  if (dryRun === true) {
    const { files } = await planFetch(trace, to, choice, options);
    const missing = files.filter(({ isThere }) => !isThere);
    for (const { url, length } of missing) stdout.write(`${url}  ${length ?? "unknown"} bytes\n`);
    return;
  }
  await checkWritable(to);
  stderr.write(`${name}: ${licence}\n`);
  const report = await withProgress(stderr, (onProgress) =>
    fetchTrace(trace, to, choice, { ...options, onProgress }),
  );
  stdout.write(`${to}: ${describe(report)}\n`);
}

function describe({ fetched, kept, verified, unpacked, bytes, listFault }: FetchReport): string {
  const files = fetched + kept;
  const checks =
    verified === files
      ? ["all have the published SHA-256"]
      : [
          [verified, "with the published SHA-256"],
          [unpacked, "unpacked whole"],
          [files - verified - unpacked, "checked for length alone"],
        ]
          .filter(([count]) => count !== 0)
          .map(([count, what]) => `${count} ${what}`);
  const why = listFault === undefined ? "" : `: ${listFault}`;
  return (
    `${fetched} files fetched (${(bytes / 1e6).toFixed(1)} MB), ${kept} there already; ` +
    `${checks.join(", ")}${why}`
  );
}
