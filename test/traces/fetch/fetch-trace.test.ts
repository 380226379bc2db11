import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run } from "../../../src/tools/cli/run.js";
import { InputError } from "../../../src/base/errors.js";
import { FETCHABLE, type FetchableTrace } from "../../../src/traces/fetch/catalogue.js";
import { fetchTrace, type FetchOptions, type FetchReport } from "../../../src/traces/fetch/fetch-trace.js";
import type { Progress } from "../../../src/base/progress.js";
import { openWorkload } from "../../../src/traces/open.js";
import { captureStreams, schedlab } from "../../tools/cli/capture.js";
import { tarGz, zip } from "./archives.js";
import { startServer, type UnreliableServer } from "./unreliable-server.js";

const MACHINES = "machine_events/part-00000-of-00001.csv.gz";
const part = (table: string, number: number): string => `${table}/part-0000${number}-of-00500.csv.gz`;
const CONTENT: Readonly<Record<string, Buffer>> = {
  [MACHINES]: gzipSync("0,5,0,,1,1\n"),
  [part("task_events", 0)]: gzipSync("0,,3,0,5,1,,0,0,.25,.25,,\n"),
  [part("task_events", 1)]: gzipSync("700000000,,3,0,5,4,,0,0,.25,.25,,\n"),
  [part("task_usage", 0)]: gzipSync("600000000,700000000,3,0,5,.125,.125,,,,,,,,,,,,,\n"),
  [part("task_usage", 1)]: gzipSync("600000000,700000000,4,0,5,.125,.125,,,,,,,,,,,,,\n"),
};
const NAMES = Object.keys(CONTENT);

let folder: string;
let server: UnreliableServer;
let options: FetchOptions;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-fetch-"));
  server = await startServer();
  for (const [name, bytes] of Object.entries(CONTENT)) server.files.set(name, { bytes, etag: `"${name}"` });
  const sums = NAMES.map((name) => `${createHash("sha256").update(CONTENT[name]).digest("hex")}  ./${name}`);
  server.files.set("SHA256SUM", { bytes: Buffer.from(`${sums.join("\n")}\n`), etag: undefined });
  options = { from: `${server.url}/`, attempts: 3, pauseMs: 1 };
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const GOOGLE = FETCHABLE.find(({ name }) => name === "google2011") as FetchableTrace;
const choose = (parts: readonly number[]): Parameters<typeof fetchTrace>[2] => ({
  parts,
  pieces: GOOGLE.pieces?.usual,
});
const fetchParts = (parts: readonly number[], options: FetchOptions): Promise<FetchReport> =>
  fetchTrace(GOOGLE, folder, choose(parts), options);

async function expectAll(): Promise<void> {
  for (const name of NAMES) expect((await readFile(join(folder, name))).equals(CONTENT[name])).toBe(true);
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  expect(files.filter((entry) => entry.isFile()).length).toBe(NAMES.length);
}

const gets = (): string[] => server.requests.filter(({ method }) => method === "GET").map(({ path }) => path);

describe("fetchTrace", () => {
  it("brings what google2011:DIR opens, with the published SHA-256", async () => {
    const seen: Progress[] = [];
    const report = await fetchParts([1, 0, 1], {
      ...options,
      jobs: 2,
      onProgress: (progress) => seen.push(progress),
    });
    const bytes = Object.values(CONTENT).reduce((sum, { length }) => sum + length, 0);
    expect(report).toEqual({
      fetched: 5,
      kept: 0,
      verified: 5,
      unpacked: 0,
      bytes,
      listFault: undefined,
    });
    await expectAll();
    expect(seen.at(-1)?.phase).toBe("fetching");
    expect(seen.at(-1)?.unit).toMatch(/^MB, [\d.]+ MB\/s$/);
    const { machines, executions: runs } = await openWorkload(`google2011:${folder}`);
    expect([...machines.id, ...runs.job]).toEqual([5n, 3n, 4n]);
  });

  it("keeps what is there and right, fetches what is there and wrong", async () => {
    await fetchParts([0, 1], options);
    server.requests.length = 0;
    await writeFile(join(folder, NAMES[1]), Buffer.alloc(CONTENT[NAMES[1]].length));
    expect(await fetchParts([0, 1], options)).toMatchObject({
      fetched: 1,
      kept: 4,
      verified: 5,
    });
    expect(gets()).toEqual(["SHA256SUM", NAMES[1]]);
    await expectAll();
  });

  it("does without published sums, and says how much is verified", async () => {
    server.files.delete("SHA256SUM");
    expect(await fetchParts([0], options)).toMatchObject({ fetched: 3, verified: 0 });
    expect(await fetchParts([0], options)).toMatchObject({ fetched: 0, kept: 3, verified: 0 });
  });

  it("comes through with a server that fails in every way", async () => {
    server.faults.set("SHA256SUM", [{ status: 503 }, { drop: 10 }]);
    server.faults.set(NAMES[0], [{ status: 500 }, { drop: 5 }, { drop: 5 }]);
    server.faults.set(NAMES[1], [{ drop: 20 }, "ignore range"]);
    server.faults.set(NAMES[2], [{ truncate: 20 }]);
    server.faults.set(NAMES[3], [{ drop: 20 }, "ignore if-range"]);
    expect(
      await fetchParts([0, 1], {
        ...options,
        jobs: 5,
        attempts: 6,
      }),
    ).toMatchObject({ verified: 5 });
    await expectAll();
  });

  it("refuses files that do not exist, other addresses, and what a full disk cannot hold", async () => {
    const refusal = async (parts: number[], more: Partial<FetchOptions>): Promise<string> => {
      const error: unknown = await fetchParts(parts, { ...options, ...more }).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(InputError);
      return (error as InputError).message;
    };
    expect(await refusal([0], { from: "gs://clusterdata-2011-2" })).toMatch(/^invalid mirror: gs:.*https:/);
    expect(await refusal([7], {})).toMatch(/^no such file: .*part-00007-of-00500\.csv\.gz \(404\)/);
    // Only its length is asked for.
    const huge = Object.assign(Object.create(null) as object, {
      length: 1e18,
      subarray: () => huge,
    }) as unknown as Buffer;
    server.files.set(NAMES[3], { bytes: huge, etag: undefined });
    expect(await refusal([0], {})).toMatch(
      /^not enough disk space in .*: the download may take 1000000000\.0 GB/,
    );
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("fetchTrace, of archives", () => {
  it("unpacks one that is there already, and counts its bytes once more for that", async () => {
    const BITBRAINS = FETCHABLE.find(({ name }) => name === "bitbrains") as FetchableTrace;
    // Twice 150 kB that do not pack.
    const noise = randomBytes(150_000)
      .toString("latin1")
      .replaceAll(/[^\0-\x7f]/g, "x");
    const bytes = zip({ "rnd/2013-7/1.csv": noise, "rnd/2013-7/2.csv": noise });
    server.files.set("gwa_t_12_rnd.zip", { bytes, etag: '"1"' });
    await writeFile(join(folder, "gwa_t_12_rnd.zip"), bytes);
    const seen: Progress[] = [];
    const report = await fetchTrace(
      BITBRAINS,
      folder,
      { pieces: ["rnd"] },
      { ...options, onProgress: (progress) => seen.push(progress) },
    );
    expect(report).toMatchObject({ fetched: 0, kept: 1, verified: 0, unpacked: 1, bytes: 0 });
    expect(gets()).toEqual([]);
    expect(await readFile(join(folder, "rnd/2013-7/2.csv"), "utf8")).toBe(noise);
    // To a tenth of a megabyte, without the zip file's own tables.
    expect(seen.at(-1)?.done).toBe(Math.round(bytes.length / 1e5) / 10);
    expect(seen.at(-1)?.total).toBe(Math.round(bytes.length / 1e5) / 10);
  });
});

describe("fetchTrace, of an archive whose length the server does not say", () => {
  const PLANETLAB = FETCHABLE.find(({ name }) => name === "planetlab") as FetchableTrace;
  const fetchDays = (...pieces: string[]): Promise<FetchReport> =>
    fetchTrace(PLANETLAB, folder, { pieces }, options);
  const days = (): Promise<string[]> => readdir(folder, { recursive: true });
  const serve = (bytes: Buffer): void => {
    server.files.set("archive/HEAD.tar.gz", { bytes, etag: undefined, isChunked: true });
  };

  it("takes out the days that are not there yet", async () => {
    serve(await tarGz({ "r/20110303/vm": "5\n", "r/20110306/vm": "6\n" }));
    expect(await fetchDays("20110303")).toMatchObject({ fetched: 1, kept: 0, unpacked: 1, bytes: 0 });
    await writeFile(join(folder, "20110303/vm"), "7\n");
    expect(await fetchDays("20110303", "20110306")).toMatchObject({ fetched: 1, kept: 0 });
    expect((await days()).sort()).toEqual(["20110303", "20110303/vm", "20110306", "20110306/vm"]);
    expect(await readFile(join(folder, "20110303/vm"), "utf8")).toBe("7\n");
    expect(await fetchDays("20110306", "20110303")).toMatchObject({ fetched: 0, kept: 1, unpacked: 1 });
  });

  it("fetches it whole again where the connection drops, and leaves no half of it", async () => {
    const bytes = await tarGz({ "r/20110303/vm": "5\n" });
    serve(bytes);
    server.faults.set("archive/HEAD.tar.gz", [{ drop: 20 }]);
    expect(await fetchDays("20110303")).toMatchObject({ fetched: 1 });
    await rm(join(folder, "20110303"), { recursive: true });
    serve(bytes.subarray(0, -9));
    await expect(fetchDays("20110303")).rejects.toThrow(/^cannot unpack .*HEAD\.tar\.gz \(now removed\)/);
    expect(await days()).toEqual([]);
  });
});

describe("schedlab fetch", () => {
  it("lists the traces, and says of each what there is, where, and on which terms", async () => {
    const { stdout } = await schedlab("fetch", "--help");
    for (const { name } of FETCHABLE) expect(stdout).toMatch(new RegExp(`^ {2}${name} `, "m"));
    for (const { name, base, licence } of FETCHABLE) {
      const help = (await schedlab("fetch", name, "--help")).stdout.replaceAll(/\s+/g, " ");
      expect(help).toContain(base);
      expect(help).toContain(`Licence: ${licence} Example: $ schedlab fetch ${name} --`);
    }
  });

  it("lists what is missing, and fetches nothing", async () => {
    await mkdir(join(folder, "machine_events"));
    await writeFile(join(folder, MACHINES), CONTENT[MACHINES]);
    const argv = ["--parts", "0", "--to", folder, "--from", server.url, "--dry-run"];
    const { code, stdout, stderr } = await schedlab("fetch", "google2011", ...argv);
    const lines = [part("task_events", 0), part("task_usage", 0)].map(
      (name) => `${server.url}/${name}  ${CONTENT[name].length} bytes\n`,
    );
    expect([code, stdout, stderr]).toEqual([0, lines.join(""), ""]);
    expect(gets()).toEqual(["SHA256SUM"]);
  });

  it("says how each file was checked, and on which terms the trace may be used", async () => {
    server.files.set("archive/HEAD.tar.gz", {
      bytes: await tarGz({ "r/20110303/vm": "5\n" }),
      etag: undefined,
    });
    const argv = ["--days", "20110303", "--to", folder, "--from", server.url];
    const { code, stdout, stderr } = await schedlab("fetch", "planetlab", ...argv);
    expect([code, stdout]).toEqual([
      0,
      `${folder}: 1 files fetched (0.0 MB), 0 there already; 1 unpacked whole\n`,
    ]);
    expect(stderr).toMatch(/^planetlab: no formal licence; cite .*\n$/);
  });

  it("says what to do instead of fetching google2019", async () => {
    const { code, stdout, stderr } = await schedlab("fetch", "google2019", "--parts", "0", "--to", "x");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/google2019 cannot be fetched: .* BigQuery .*google2019:DIR\n$/);
  });

  it("fetches and says what came", async () => {
    const { streams, stdout } = captureStreams();
    const argv = [
      "fetch",
      "google2011",
      "--parts",
      "0-1",
      "--to",
      folder,
      "--from",
      server.url,
      "--jobs",
      "2",
    ];
    expect(await run(argv, streams)).toBe(0);
    expect(stdout()).toBe(
      `${folder}: 5 files fetched (0.0 MB), 0 there already; all have the published SHA-256\n`,
    );
    await expectAll();
  });

  it.each([
    [["--parts", "9-0"], /'9-0' is invalid\. Give numbers from 0 to 499/],
    [["--parts", "500"], /'500' is invalid/],
    [[], /required option '--parts <list>' not specified/],
    [["--parts", "0", "--tables", "task_use"], /'task_use' is invalid\. Give some of machine_events/],
    [["--parts", "0", "--jobs", "0"], /'0' is invalid/],
  ])("refuses %j", async (argv, message) => {
    const { streams, stderr } = captureStreams();
    expect(await run(["fetch", "google2011", "--to", folder, ...argv], streams)).toBe(2);
    expect(stderr()).toMatch(message);
  });
});
