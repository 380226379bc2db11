/** `fetch` from a server that means harm: it ends soon, takes little, and leaves nothing. */
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTcpServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { FETCHABLE, type FetchableTrace } from "../../src/traces/fetch/catalogue.js";
import { download, type DownloadOptions } from "../../src/traces/fetch/download.js";
import { fetchTrace } from "../../src/traces/fetch/fetch-trace.js";
import { unpack } from "../../src/traces/fetch/unpack.js";
import { run } from "../../src/tools/cli/run.js";
import { captureStreams } from "../tools/cli/capture.js";
import { tarGz, zip } from "../traces/fetch/archives.js";

const GOOGLE = FETCHABLE.find(({ name }) => name === "google2011") as FetchableTrace;
const TASK_EVENTS = "task_events/part-00000-of-00500.csv.gz";
const QUICK = { attempts: 3, pauseMs: 1, stallMs: 200 };
/** What lies in the buffers of a connection on this machine, at most, in bytes. */
const UNDER_WAY = 16e6;

let folder: string;
let server: Server;
let url: string;
let answers: Record<string, (request: IncomingMessage, response: ServerResponse) => void>;
/** The bytes of bodies that the server has handed to connections. */
let sent: number;
const closing: (() => void)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-hostile-"));
  answers = {};
  sent = 0;
  const http = createServer((request, response) => {
    const answer = answers[(request.url ?? "/").slice(1)] as (typeof answers)[string] | undefined;
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response);
  });
  closing.push(() => {
    http.closeAllConnections();
  });
  await listen(http);
});
afterEach(async () => {
  for (const close of closing.splice(0)) close();
  server.close();
  await rm(folder, { recursive: true });
});

async function listen(to: Server): Promise<void> {
  server = to.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Sends pieces until the client goes, with whatever header; HEAD is answered with the given length. */
function endless(
  piece: Buffer,
  { header = {}, pauseMs, length }: { header?: object; pauseMs?: number; length?: number } = {},
) {
  async function* pieces(): AsyncGenerator<Buffer> {
    for (;;) {
      sent += piece.length;
      yield piece;
      if (pauseMs !== undefined) await sleep(pauseMs);
    }
  }
  return ({ method }: IncomingMessage, response: ServerResponse): void => {
    if (method === "HEAD") {
      response.writeHead(200, length === undefined ? {} : { "content-length": length }).end();
      return;
    }
    response.writeHead(200, { ...header });
    void pipeline(Readable.from(pieces()), response).catch(() => undefined);
  };
}

function whole(bytes: Buffer, header: object = {}) {
  return ({ method }: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(200, { "content-length": bytes.length, ...header });
    response.end(method === "HEAD" ? undefined : bytes);
  };
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).message).not.toContain("\n");
  return (error as InputError).message;
}

const bring = (options: DownloadOptions = {}): Promise<unknown> =>
  download(`${url}/file`, join(folder, "file"), { ...QUICK, ...options });
const fetchGoogle = (): Promise<unknown> =>
  fetchTrace(GOOGLE, folder, { parts: [0], pieces: ["task_events"] }, { ...QUICK, from: url });

describe("a file", () => {
  const ZEROS = Buffer.alloc(50_000);

  it("without end and without a length", async () => {
    answers.file = endless(ZEROS);
    expect(await refusal(bring({ longest: 1e6 }))).toMatch(
      /^http:\S+\/file is longer than 1000000 bytes, and the server does not name its length; .*--from$/,
    );
    expect(sent).toBeLessThan(1e6 + UNDER_WAY);
    expect(await readdir(folder)).toEqual([]);
  });

  it("without end, where another length was announced", async () => {
    answers[TASK_EVENTS] = endless(ZEROS, { length: 120_000 });
    expect(await refusal(fetchGoogle())).toMatch(/ is longer than the 120000 bytes that the server names/);
    expect(sent).toBeLessThan(QUICK.attempts * UNDER_WAY);
    expect(await readdir(join(folder, "task_events"))).toEqual([]);
  });

  it("that unpacks itself to more than its length", async () => {
    answers.file = whole(gzipSync(Buffer.alloc(20e6)), { "content-encoding": "gzip" });
    expect(await refusal(bring())).toMatch(/ is longer than the \d{5} bytes that the server names/);
    expect(await readdir(folder)).toEqual([]);
  });

  it("announced to be longer than the disk", async () => {
    answers.file = endless(ZEROS, { header: { "content-length": 1e18 } });
    expect(await refusal(bring())).toMatch(
      /^not enough disk space in .*: the download may take 1000000000\.0 GB/,
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it("of which a byte comes now and then", async () => {
    answers.file = endless(Buffer.from("x"), { header: { "content-length": 1e6 }, pauseMs: 20 });
    expect(await refusal(bring())).toMatch(/^the connection to .* drops, again and again/);
  });

  it("behind a header without end", async () => {
    server.close();
    const tcp = createTcpServer((socket) => {
      closing.push(() => socket.destroy());
      const lines = async function* (): AsyncGenerator<string> {
        yield "HTTP/1.1 200 OK\r\n";
        for (let line = `x: ${"y".repeat(1000)}\r\n`; ; sent += line.length)
          yield await Promise.resolve(line);
      };
      void pipeline(Readable.from(lines()), socket).catch(() => undefined);
    });
    await listen(tcp);
    expect(await refusal(bring())).toMatch(/^cannot reach 127\.0\.0\.1:\d+: Headers Overflow/);
    expect(sent).toBeLessThan(QUICK.attempts * UNDER_WAY);
  });
});

describe("a list of checksums", () => {
  const LINE = Buffer.from(`${"0".repeat(64)}  ./other.csv.gz\n`.repeat(500));
  const TOO_LONG = /\/SHA256SUM is longer than 1 MB, so it is no list of checksums; give a mirror by --from$/;
  beforeEach(() => {
    answers[TASK_EVENTS] = whole(gzipSync("0,,3,0,5,1,,0,0,.25,.25,,\n"));
  });

  it("without end", async () => {
    answers.SHA256SUM = endless(LINE);
    expect(await refusal(fetchGoogle())).toMatch(TOO_LONG);
    expect(sent).toBeLessThan(UNDER_WAY);
  });

  it("that is short until it is unpacked", async () => {
    const packed = gzipSync(Buffer.alloc(100e6));
    expect(packed.length).toBeLessThan(1e6);
    answers.SHA256SUM = whole(packed, { "content-encoding": "gzip" });
    expect(await refusal(fetchGoogle())).toMatch(TOO_LONG);
  });

  it("of which a byte comes now and then", async () => {
    answers.SHA256SUM = endless(Buffer.from("0"), { pauseMs: 20 });
    expect(await refusal(fetchGoogle())).toMatch(/^the connection to .*SHA256SUM drops, again and again/);
  });

  it.each([
    ["is missing", undefined, /: there is no http:\S+\/SHA256SUM\n$/],
    ["names other files", whole(LINE), /: http:\S+\/SHA256SUM does not name task_events\/\S+\n$/],
  ])("that %s is named at the end, and refused where checksums are required", async (_, list, fault) => {
    if (list !== undefined) answers.SHA256SUM = list;
    const argv = ["fetch", "google2011", "--parts", "0", "--tables", "task_events", "--to", folder];
    argv.push("--from", url);
    const strict = captureStreams();
    expect(await run([...argv, "--require-checksum"], strict.streams)).toBe(2);
    expect(strict.stderr()).toMatch(
      /no SHA-256 to check against: .*SHA256SUM.*; leave out --require-checksum/,
    );
    expect(await readdir(folder)).toEqual([]);
    const { streams, stdout } = captureStreams();
    expect(await run(argv, streams)).toBe(0);
    expect(stdout()).toMatch(/1 checked for length alone: /);
    expect(stdout()).toMatch(fault);
  });

  it("that nobody publishes is refused where checksums are required", async () => {
    const { streams, stderr } = captureStreams();
    const argv = ["--logs", "KTH-SP2-1996-2.1-cln", "--to", folder, "--from", url, "--require-checksum"];
    expect(await run(["fetch", "swf", ...argv], streams)).toBe(2);
    expect(stderr()).toMatch(/no SHA-256 is published for swf; leave out --require-checksum/);
  });
});

describe("an archive that unpacks to a thousand times its size", () => {
  const zeros = "0".repeat(101e6);

  it.each([
    ["day.tar.gz", tarGz],
    ["day.zip", (files: Record<string, string>) => Promise.resolve(zip(files))],
  ])("as %s", async (name, pack) => {
    const path = join(folder, name);
    await writeFile(path, await pack({ "day/vm": zeros }));
    expect(await refusal(unpack(path, folder, ["day"]))).toMatch(
      /^cannot unpack .* \(now removed\): it would unpack to more than 100 MB; try again/,
    );
    expect(await readdir(folder)).toEqual([]);
  });
});

it("states the limits in --help", async () => {
  for (const argv of [["fetch"], ["fetch", "swf"]]) {
    const { streams, stdout } = captureStreams();
    await run([...argv, "--help"], streams);
    expect(stdout().replaceAll(/\s+/g, " ")).toContain(
      "A connection that brings less than 64 kB in 60 s counts as dropped; after 6 of them in a row",
    );
  }
});
