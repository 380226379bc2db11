import { PassThrough } from "node:stream";
import { run } from "../../../src/tools/cli/run.js";
import type { Streams } from "../../../src/tools/cli/streams.js";

/**
 * Streams that remember what was written; `terminal` makes standard error look like one, `columns` standard
 * output like one of that width.
 */
export function captureStreams({
  terminal = false,
  columns,
}: { terminal?: boolean; columns?: number } = {}): {
  streams: Streams;
  stdout: () => string;
  stderr: () => string;
} {
  const collect = (
    isTTY: boolean,
    width = 100,
  ): { stream: PassThrough & { isTTY: boolean; columns: number }; text: () => string } => {
    const chunks: Buffer[] = [];
    const stream = Object.assign(new PassThrough(), { isTTY, columns: width });
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    return { stream, text: () => Buffer.concat(chunks).toString() };
  };
  const stdout = collect(columns !== undefined, columns);
  const stderr = collect(terminal);
  return {
    streams: { stdout: stdout.stream, stderr: stderr.stream },
    stdout: stdout.text,
    stderr: stderr.text,
  };
}

/** Runs a command in this process and returns its exit code and what it wrote. */
export async function schedlab(
  ...argv: readonly string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { streams, stdout, stderr } = captureStreams();
  const code = await run(argv, streams);
  return { code, stdout: stdout(), stderr: stderr() };
}
